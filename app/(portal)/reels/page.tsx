import type { Metadata } from 'next';
import { readReelQuery, reelListInput } from '#app/_client/reel-query.ts';
import { pathWithQuery } from '#app/_components/path-with-query.ts';
import { getTranslator } from '#app/_i18n/server.ts';
import { requirePageUser } from '#app/_session/page-user.ts';
import { capabilitiesOf } from '#lib/auth/permissions.ts';
import { listReels } from '#lib/reels/get-reel.ts';
import { listReelsQuerySchema } from '#lib/reels/reel-schemas.ts';
import { getWebRuntime } from '#lib/runtime/web.ts';
import { ReelsPage } from './_components/reels-page-client.tsx';

interface ReelsRouteProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslator('reels');
  return { title: t('title') };
}

export default async function ReelsRoute({ searchParams }: ReelsRouteProps) {
  const [{ deps }, search] = await Promise.all([getWebRuntime(), searchParams]);
  const user = await requirePageUser(pathWithQuery('/reels', search));
  const { canMakeReels } = capabilitiesOf(user);
  const query = readReelQuery(search, canMakeReels ? 'all' : 'for_me');
  const list = await listReels(deps, user, listReelsQuerySchema.parse(reelListInput(query)));
  return (
    <ReelsPage
      query={query}
      first={{ list, loadedAtMs: Date.now() }}
      userId={user.userId}
      ownTeams={[...user.teamAccess]}
      canMakeReels={canMakeReels}
    />
  );
}
