import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslator } from '#app/_i18n/server.ts';
import { BrandMark } from '#app/_ui/brand-mark.tsx';
import { ApiReference } from './_components/api-reference-client.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslator('docs');
  return { title: t('title') };
}

/** The reference of `/api/v2`, drawn from its OpenAPI document. Whoever may read the document may read this. */
export default async function DocsPage() {
  const t = await getTranslator('docs');
  return (
    <main className="mx-auto max-w-screen-xl px-4 py-6">
      <header className="mb-2 flex items-center gap-3">
        <Link href="/" aria-label={t('home')}>
          <BrandMark className="size-8" />
        </Link>
        <h1 className="text-lg font-semibold">{t('title')}</h1>
      </header>
      <ApiReference loading={t('loading')} failed={t('failed')} />
    </main>
  );
}
