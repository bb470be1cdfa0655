import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { readWithinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps } from '#lib/deps.ts';
import type { PlayFilter } from './play-field-schemas.ts';
import { type PlaysOfGame, selectPlaysByGame } from './play-games-repo.ts';
import { playStats } from './play-stats.ts';
import { playStatsCsv } from './play-stats-csv.ts';
import { selectPlayGroups } from './play-stats-repo.ts';
import type { ExportPlayStats, PlayStatsJson } from './play-stats-schemas.ts';

/** Shots, entries, face-offs and time on ice of the plays in reach under a filter. @throws AppError 403. */
export async function getPlayStats(
  deps: Pick<PortalDeps, 'db'>,
  user: UserContext,
  filter: PlayFilter,
): Promise<PlayStatsJson> {
  authorize(user, 'plays.read');
  return playStats(filter, await readWithinReach(deps.db, user, (reads) => selectPlayGroups(reads, user, filter)));
}

/** One of the tables for a spreadsheet. @throws AppError 403. */
export async function exportPlayStats(
  deps: Pick<PortalDeps, 'db'>,
  user: UserContext,
  { table, ...filter }: ExportPlayStats,
): Promise<string> {
  return playStatsCsv(await getPlayStats(deps, user, filter), table);
}

/** The games that have plays under a filter, with how many. @throws AppError 403. */
export async function listPlaysByGame(
  deps: Pick<PortalDeps, 'db'>,
  user: UserContext,
  filter: PlayFilter,
): Promise<PlaysOfGame[]> {
  authorize(user, 'plays.read');
  return readWithinReach(deps.db, user, (reads) => selectPlaysByGame(reads, user, filter));
}
