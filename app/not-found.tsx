import { NotFoundState } from './_components/not-found-state.tsx';

export default function NotFoundPage() {
  return (
    <main>
      <NotFoundState />
    </main>
  );
}
