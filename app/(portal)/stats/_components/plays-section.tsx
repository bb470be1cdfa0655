import type { PlayParams } from '#app/_client/play-query.ts';
import { PlayStats } from '#app/(portal)/_games/play-stats-client.tsx';
import type { UserContext } from '#lib/auth/user-context.ts';
import { getPlayStats } from '#lib/plays/get-play-stats.ts';
import { playStatsQuerySchema } from '#lib/plays/play-stats-schemas.ts';
import { getWebRuntime } from '#lib/runtime/web.ts';

interface PlaysSectionProps {
  user: UserContext;
  filter: PlayParams;
}

/** The hockey of all games in reach; it comes when it is counted, and the rest of the screen does not wait for it. */
export async function PlaysSection({ user, filter }: PlaysSectionProps) {
  const { deps } = await getWebRuntime();
  const stats = await getPlayStats(deps, user, playStatsQuerySchema.parse(filter));
  return <PlayStats stats={stats} scope={{ game: null, filters: filter }} />;
}
