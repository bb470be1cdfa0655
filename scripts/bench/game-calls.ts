import pg from 'pg';
import { sessionOptions } from '#lib/db/prisma-client.ts';
import { PLAY_FACTS } from '#lib/plays/play-list-repo.ts';
import { PLACE } from './slices-lake.ts';

const { game_id: _, ...SEASON } = PLACE;

const FILTER_MOST_MS = 10;
const FACETS_MOST_MS = 30;
const GAMES_MOST_MS = 30;
const STATS_MOST_MS = 300;

/** A call that is measured, and the same rows by the shortest way. */
export interface GameCall {
  name: string;
  path: string;
  atMostMs?: number;
  /** A condition over `media.plays p`, with its values. */
  rows?: { where: string; values: unknown[]; limit: number };
  /** The answer has at least one of what is asked for. */
  isThere(answer: Record<string, unknown>): boolean;
}

interface Filter {
  name: string;
  query: string;
  where: string;
  values: readonly unknown[];
}

/** What the page of a game narrows its plays by. */
const FILTERS: readonly Filter[] = [
  { name: 'by name', query: 'name=shot', where: 'p.name = $1', values: ['shot'] },
  { name: 'by player', query: 'player_id=8480003', where: 'p.player_id = $1', values: ['8480003'] },
  {
    ...{ name: 'by shorthand and zone', query: 'shorthand=PASS+SLOT&zone=oz' },
    ...{ where: 'p.shorthand = $1 AND p.zone = $2', values: ['PASS SLOT', 'oz'] },
  },
  {
    ...{ name: 'by two on the ice and one against', query: 'on_ice=8480001&on_ice=8480002&against=8490005' },
    ...{ where: 'p.on_ice @> $1::text[] AND p.against @> $2::text[]', values: [['8480001', '8480002'], ['8490005']] },
  },
  {
    ...{ name: 'by a box on the rink', query: 'rink=69,-17,89,17' },
    where: 'p.x_ft BETWEEN $1 AND $2 AND p.y_ft BETWEEN $3 AND $4',
    values: [69, 89, -17, 17],
  },
];

const hasPlays = ({ plays }: Record<string, unknown>): boolean => Array.isArray(plays) && plays.length > 0;
const hasGames = ({ games }: Record<string, unknown>): boolean => Array.isArray(games) && games.length > 0;
const hasShots = ({ shots }: Record<string, unknown>): boolean => Array.isArray(shots) && shots.length > 0;
const hasNames = ({ name }: Record<string, unknown>): boolean => Array.isArray(name) && name.length > 0;

function playsCall(scope: Record<string, string>, what: string, filter: Filter | null, limit: number): GameCall {
  const scoped = new URLSearchParams(scope).toString();
  const values = [...(filter?.values ?? []), ...Object.values(scope)];
  const named = Object.keys(scope).map(
    (name, n) => `p.${name} = $${values.length - Object.keys(scope).length + n + 1}`,
  );
  return {
    name: filter ? `${what}, ${filter.name}` : what,
    path: `/plays?${scoped}&limit=${limit}${filter ? `&${filter.query}` : ''}`,
    ...(filter ? { atMostMs: FILTER_MOST_MS } : {}),
    rows: { where: [...named, ...(filter ? [filter.where] : [])].join(' AND '), values, limit },
    isThere: hasPlays,
  };
}

const facetsCall = (name: string, query: object): GameCall => ({
  ...{ name, path: `/plays/facets?${new URLSearchParams({ ...query })}`, atMostMs: FACETS_MOST_MS, isThere: hasNames },
});

const statsCall = (name: string, query: object, atMostMs?: number): GameCall => ({
  ...{ name, path: `/plays/stats?${new URLSearchParams({ ...query })}`, isThere: hasShots },
  ...(atMostMs === undefined ? {} : { atMostMs }),
});

const PAGE = 500;
const ALL = 5000;

export const GAME_CALLS: readonly GameCall[] = [
  ...FILTERS.map((filter) => playsCall(PLACE, 'a game', filter, PAGE)),
  ...FILTERS.map((filter) => playsCall(SEASON, 'a season of a team', filter, PAGE)),
  playsCall(PLACE, `the first ${PAGE} of a game`, null, PAGE),
  playsCall(PLACE, 'a whole game', null, ALL),
  facetsCall('facets of a game', PLACE),
  facetsCall('facets of a game, narrowed', { ...PLACE, name: 'shot', zone: 'oz' }),
  facetsCall('facets of a season', SEASON),
  facetsCall('facets of a season, one name', { ...SEASON, name: 'shot' }),
  statsCall('statistics of a game', PLACE, STATS_MOST_MS),
  statsCall('statistics of a season', SEASON, STATS_MOST_MS),
  statsCall('statistics of all games', {}),
  { name: 'games', path: '/games', atMostMs: GAMES_MOST_MS, isThere: hasGames },
  { name: 'games of a team', path: '/games?team_code=MTL', atMostMs: GAMES_MOST_MS, isThere: hasGames },
  {
    ...{ name: 'one game', path: `/games/${Object.values(PLACE).join('/')}`, atMostMs: FILTER_MOST_MS },
    isThere: ({ rosters }) => Array.isArray(rosters) && rosters.length > 0,
  },
];

export interface GameReference {
  rows(call: GameCall): Promise<void>;
  close(): Promise<void>;
}

/** Plain prepared statements of `pg` as the owner of the tables: no reach, no total, no place in a master, no HTTP. */
export function openGameReference(databaseUrl: string): GameReference {
  const pool = new pg.Pool({ connectionString: databaseUrl, options: sessionOptions(), max: 1 });
  return {
    async rows({ name, rows }) {
      if (!rows) return;
      const text = `SELECT ${PLAY_FACTS.sql} FROM media.plays p WHERE ${rows.where}
        ORDER BY p.team_code, p.season, p.game_id, p.place, p.id LIMIT ${rows.limit}`;
      const found = await pool.query({ name, text, values: rows.values });
      if (found.rowCount === 0) throw new Error(`The reference of ${name} has found nothing.`);
    },
    close: () => pool.end(),
  };
}
