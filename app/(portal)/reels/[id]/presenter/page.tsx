import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslator } from '#app/_i18n/server.ts';
import { requirePageUser } from '#app/_session/page-user.ts';
import { PresenterPage } from '#app/(portal)/reels/[id]/_components/presenter-page-client.tsx';
import { isAppError } from '#lib/errors.ts';
import { getReel } from '#lib/reels/get-reel.ts';
import { reelParamsSchema } from '#lib/reels/reel-schemas.ts';
import { getWebRuntime } from '#lib/runtime/web.ts';

interface PresenterRouteProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslator('reels');
  return { title: t('present.title') };
}

/** The presenter's own window, beside the one that everybody sees. */
export default async function PresenterRoute({ params }: PresenterRouteProps) {
  const { id } = await params;
  const [user, { deps }] = await Promise.all([requirePageUser(`/reels/${id}/presenter`), getWebRuntime()]);
  if (!reelParamsSchema.safeParse({ reel_id: id }).success) notFound();
  const reel = await getReel(deps, user, id).catch((error: unknown) => {
    if (isAppError(error) && error.status === 404) notFound();
    throw error;
  });
  return <PresenterPage served={reel} servedAtMs={Date.now()} />;
}
