import type { Metadata } from 'next';
import { getTranslator } from '#app/_i18n/server.ts';
import { NotFoundState } from './_components/not-found-state.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslator('common');
  return { title: t('error.notFoundTitle') };
}

export default function NotFoundPage() {
  return (
    <main>
      <NotFoundState />
    </main>
  );
}
