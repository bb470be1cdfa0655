import type { UserContext } from '#lib/auth/user-context.ts';
import { Prisma, type Reads } from '#lib/db/prisma-client.ts';
import type { GameParams } from './game-schemas.ts';
import { asksForWholeGames, sourcesSql } from './play-counts-repo.ts';
import type { PlayFilter } from './play-field-schemas.ts';
import { playsSql } from './play-filter-sql.ts';

/** How many of the plays under a filter a game has. */
export interface PlaysOfGame extends GameParams {
  game_date: string | null;
  opponent_code: string | null;
  plays: number;
}

/** How many plays each game has: counted when they were written, where nothing narrows within games. */
function countedSql(user: UserContext, filter: PlayFilter): Prisma.Sql {
  if (!asksForWholeGames(user, filter, ['source']))
    return Prisma.sql`SELECT p.team_code, p.season, p.game_id, count(*)::int AS plays
      ${playsSql(user, filter)} GROUP BY p.team_code, p.season, p.game_id`;
  return Prisma.sql`SELECT g.team_code, g.season, g.game_id, sum(g.plays)::int AS plays
    FROM media.play_counts g WHERE ${sourcesSql(filter)} GROUP BY g.team_code, g.season, g.game_id`;
}

/** The games with plays under a filter, the newest first, in one statement. */
export const selectPlaysByGame = (reads: Reads, user: UserContext, filter: PlayFilter): Promise<PlaysOfGame[]> =>
  reads.$queryRaw`
    WITH counted AS MATERIALIZED (${countedSql(user, filter)})
    SELECT c.team_code, c.season, c.game_id, g.game_date::text, g.opponent_code, c.plays
    FROM counted c JOIN media.games g ON g.team_code = c.team_code AND g.season = c.season AND g.game_id = c.game_id
    ORDER BY g.day DESC, c.team_code DESC, c.season DESC, c.game_id DESC`;
