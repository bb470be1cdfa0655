import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslator } from '#app/_i18n/server.ts';
import { findPageUser } from '#app/_session/page-user.ts';
import { BrandMark } from '#app/_ui/brand-mark.tsx';
import { Button } from '#app/_ui/button.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { ApiReference } from './_components/api-reference-client.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslator('docs');
  return { title: t('title') };
}

/** The reference of `/api/v2`, drawn from its OpenAPI document. Whoever may read the document may read this. */
export default async function DocsPage() {
  const [user, t] = await Promise.all([findPageUser(), getTranslator('docs')]);
  const reference = (
    <div className="mx-auto max-w-[80rem]">
      <PageHeader title={t('title')} description={t('lead')} />
      <ApiReference loading={t('loading')} failed={t('failed')} />
    </div>
  );
  if (user) return reference;
  // The portal's bar is for those who are signed in; everybody else gets as much of it as is theirs.
  return (
    <>
      <header className="sticky top-0 z-30 border-b border-line bg-bg/95 backdrop-blur-sm">
        <div className="flex h-14 items-center justify-between gap-2 px-3 md:px-5">
          <Link href="/" aria-label={t('home')} className="flex items-center gap-2 font-semibold tracking-tight">
            <BrandMark />
            <span>{t('brand')}</span>
          </Link>
          <Button asChild>
            <Link href="/signin?callbackUrl=%2Fdocs">{t('signIn')}</Link>
          </Button>
        </div>
      </header>
      <main className="px-3 py-4 md:px-5 md:py-5">{reference}</main>
    </>
  );
}
