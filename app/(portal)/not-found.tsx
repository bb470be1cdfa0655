import { NotFoundState } from '#app/_components/not-found-state.tsx';

export default function PortalNotFoundPage() {
  return <NotFoundState />;
}
