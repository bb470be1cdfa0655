import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { notFound } from 'next/navigation';
import { getTranslator } from '#app/_i18n/server.ts';
import { inPageRequest } from '#app/_session/page-request.ts';
import { isAppError } from '#lib/errors.ts';
import { openLink } from '#lib/links/open-link.ts';
import { stayCookie } from '#lib/links/stay.ts';
import { getWebRuntime } from '#lib/runtime/web.ts';
import { LockedReel } from './_components/locked-reel-client.tsx';
import { SharedReel } from './_components/shared-reel-client.tsx';

interface SharedPageProps {
  params: Promise<{ secret: string }>;
}

/** The same for every link: what it shows may have a name in it. */
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslator('links');
  return { title: t('shared.pageTitle'), robots: { index: false, follow: false }, referrer: 'no-referrer' };
}

/** A reel for whoever has the link: nobody is signed in here, and the secret in the address is the whole permission. */
export default async function SharedPage({ params }: SharedPageProps) {
  const [{ secret }, { deps }, jar] = await Promise.all([params, getWebRuntime(), cookies()]);
  const stay = jar.get(stayCookie(deps))?.value ?? null;
  const reel = await inPageRequest(() => openLink(deps, { secret }, stay)).catch((error: unknown) => {
    if (isAppError(error) && error.status === 403) return null;
    if (isAppError(error) && (error.status === 404 || error.status === 429)) notFound();
    throw error;
  });
  return reel ? <SharedReel first={reel} /> : <LockedReel secret={secret} />;
}
