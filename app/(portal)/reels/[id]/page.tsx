import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { pathWithQuery } from '#app/_components/path-with-query.ts';
import { titleWhileThere } from '#app/_session/page-metadata.ts';
import { requirePageUser } from '#app/_session/page-user.ts';
import { isAppError } from '#lib/errors.ts';
import { getReel } from '#lib/reels/get-reel.ts';
import { reelParamsSchema } from '#lib/reels/reel-schemas.ts';
import { getWebRuntime } from '#lib/runtime/web.ts';
import { ReelPage } from './_components/reel-page-client.tsx';

interface ReelRouteProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** One read for the page and its title. A reel that is not shown to the reader is not there. */
const loadReel = cache(async (id: string, path: string) => {
  const [user, { deps }] = await Promise.all([requirePageUser(path), getWebRuntime()]);
  if (!reelParamsSchema.safeParse({ reel_id: id }).success) notFound();
  return getReel(deps, user, id).catch((error: unknown) => {
    if (isAppError(error) && error.status === 404) notFound();
    throw error;
  });
});

const loadRoute = async ({ params, searchParams }: ReelRouteProps) => {
  const [{ id }, search] = await Promise.all([params, searchParams]);
  return { reel: await loadReel(id, pathWithQuery(`/reels/${id}`, search)), search };
};

export function generateMetadata(props: ReelRouteProps): Promise<Metadata> {
  return titleWhileThere(async () => ({ title: (await loadRoute(props)).reel.title }));
}

export default async function ReelRoute(props: ReelRouteProps) {
  const { reel, search } = await loadRoute(props);
  const firstId = [search.item ?? ''].flat()[0] ?? null;
  return <ReelPage key={reel.id} served={reel} servedAtMs={Date.now()} firstId={firstId} />;
}
