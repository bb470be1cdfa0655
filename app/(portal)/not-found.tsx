import type { Metadata } from 'next';
import { NotFoundState } from '#app/_components/not-found-state.tsx';
import { getTranslator } from '#app/_i18n/server.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslator('common');
  return { title: t('error.notFoundTitle') };
}

export default function PortalNotFoundPage() {
  return <NotFoundState />;
}
