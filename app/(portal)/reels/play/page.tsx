import type { Metadata } from 'next';
import { clipQueryText, filterInput, PAGE_SIZE, readClipQuery } from '#app/_client/clip-query.ts';
import { pathWithQuery } from '#app/_components/path-with-query.ts';
import { getTranslator } from '#app/_i18n/server.ts';
import { requirePageUser } from '#app/_session/page-user.ts';
import { listClipsQuerySchema } from '#lib/clips/clip-filter-schemas.ts';
import { listClips } from '#lib/clips/list-clips.ts';
import { getWebRuntime } from '#lib/runtime/web.ts';
import { ListReel } from './_components/list-reel-client.tsx';

interface ListReelRouteProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslator('reels');
  return { title: t('list.asReel') };
}

/** What a list of clips finds, played as a reel that nobody has to make. */
export default async function ListReelRoute({ searchParams }: ListReelRouteProps) {
  const [{ deps }, params] = await Promise.all([getWebRuntime(), searchParams]);
  const user = await requirePageUser(pathWithQuery('/reels/play', params));
  const { query } = readClipQuery(params);
  const asked = { ...filterInput(query.filters), sort: query.sort, limit: `${PAGE_SIZE}` };
  const list = await listClips(deps, user, listClipsQuerySchema.parse(asked));
  return <ListReel key={clipQueryText(query)} query={query} list={list} servedAtMs={Date.now()} />;
}
