import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { readWithinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { notFound } from '#lib/errors.ts';
import { decodeCursor, encodeCursor } from '#lib/http/cursor.ts';
import { readMasterName } from '#lib/masters/master-name-schemas.ts';
import {
  type GameFilm,
  type GamePlace,
  type GameRow,
  selectGame,
  selectGamePage,
  selectPlayedSeasons,
} from './game-repo.ts';
import type { GameJson, GameListJson, GameParams, GameWithRostersJson, ListGamesQuery } from './game-schemas.ts';

/** The only order of the list, as its cursors name it. */
const SORT = 'games';
const GAMES_A_PAGE = 20;

/** A period a row for each master that shows it, and those that no master shows. */
function periodsOf(films: readonly GameFilm[], playPeriods: readonly number[]): GameJson['periods'] {
  const shown = films.flatMap(({ id, period, anchored }) =>
    [...new Set([...(period === null ? [] : [period]), ...anchored])].map((each) => ({
      ...{ period: each, master_id: id, anchored: anchored.includes(each) },
    })),
  );
  const known = new Set(shown.map(({ period }) => period));
  const unshown = playPeriods.filter((period) => !known.has(period));
  const rows = [...shown, ...unshown.map((period) => ({ period, master_id: null, anchored: false }))];
  return rows.sort((a, b) => a.period - b.period);
}

/** A game as it is told: what nobody has said of it, the names of its masters may. */
function toGameJson(row: GameRow): GameJson {
  const names = row.films.map(({ filename }) => readMasterName(filename));
  const named = names.flatMap(({ teams = [] }) => teams.filter((team) => team !== row.team_code));
  return {
    ...{ team_code: row.team_code, season: row.season, game_id: row.game_id },
    game_date: row.game_date ?? names.find(({ gameDate }) => gameDate)?.gameDate ?? null,
    opponent_code: row.opponent_code ?? named[0] ?? null,
    home: row.is_home,
    score:
      row.own_goals === null || row.opponent_goals === null
        ? null
        : { own: row.own_goals, opponent: row.opponent_goals },
    ...{ masters: row.films.length, clips: row.clips, plays: row.plays },
    periods: periodsOf(row.films, row.play_periods),
  };
}

/**
 * One page of the games of which the caller sees a master, a clip or a play, the newest first.
 * @throws AppError 400 for a cursor that was never issued, 403.
 */
export async function listGames(
  deps: Pick<PortalDeps, 'db' | 'cursorSecret'>,
  user: UserContext,
  { cursor, ...query }: ListGamesQuery,
  limit = GAMES_A_PAGE,
): Promise<GameListJson> {
  authorize(user, 'plays.read');
  const issued = cursor === undefined ? null : decodeCursor(deps.cursorSecret, cursor, SORT).value;
  const after = issued === null ? null : (JSON.parse(issued) as GamePlace);
  const { games, next } = await readWithinReach(deps.db, user, (reads) =>
    selectGamePage(reads, user, query, { after, limit }),
  );
  const position = next && { sort: SORT, value: JSON.stringify(next), id: 0 };
  return { games: games.map(toGameJson), next_cursor: position && encodeCursor(deps.cursorSecret, position) };
}

/** One game with its rosters. @throws AppError 403, 404. */
export async function getGame(
  deps: Pick<PortalDeps, 'db'>,
  user: UserContext,
  game: GameParams,
): Promise<GameWithRostersJson> {
  authorize(user, 'plays.read');
  const row = await readWithinReach(deps.db, user, (reads) => selectGame(reads, user, game));
  if (!row) throw notFound('Game');
  return { ...toGameJson(row), rosters: row.rosters };
}

/** The teams and seasons of which the caller sees plays, for who chooses among them. @throws AppError 403. */
export async function listPlayedSeasons(
  deps: Pick<PortalDeps, 'db'>,
  user: UserContext,
): Promise<{ team_code: string; season: string }[]> {
  authorize(user, 'plays.read');
  return readWithinReach(deps.db, user, (reads) => selectPlayedSeasons(reads, user));
}
