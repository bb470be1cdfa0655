import { SharedGone } from './_components/shared-gone-client.tsx';

export default function SharedNotFound() {
  return <SharedGone />;
}
