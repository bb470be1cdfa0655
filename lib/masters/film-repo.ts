import { masterReachSql } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { Prisma, type Reads } from '#lib/db/prisma-client.ts';
import { PLANNED_EACH_TIME } from '#lib/db/statement-names.ts';
import type { FilmJson, ListFilmsQuery } from './film-schemas.ts';
import { PREPARATION } from './master-repo.ts';

const FILM_COLUMNS = Prisma.sql`
  m.id::text, m.team_code, m.season, m.game_id, m.period, m.filename, m.duration_s, m.frame_rate, m.gaps, m.damage,
  ${PREPARATION} AS preparation`;

/** What can be a film for the caller, over `media.masters m`. */
const filmReachSql = (user: UserContext): Prisma.Sql =>
  Prisma.sql`m.status = 'ready' AND m.deleted_at IS NULL AND ${masterReachSql(user, 'masters.watch')}`;

/** One film in reach, or `null`. */
export async function selectFilm(reads: Reads, user: UserContext, id: string): Promise<FilmJson | null> {
  const [film] = await reads.$queryRaw<FilmJson[]>`
    SELECT ${FILM_COLUMNS} FROM media.masters m WHERE m.id = ${id}::uuid AND ${filmReachSql(user)}`;
  return film ?? null;
}

/** The film that lies at a place of the lake, or `null`. */
export async function selectFilmAt(reads: Reads, user: UserContext, lakeUri: string): Promise<string | null> {
  const [film] = await reads.$queryRaw<{ id: string }[]>`
    SELECT m.id::text FROM media.masters m WHERE m.lake_uri = ${lakeUri} AND ${filmReachSql(user)}`;
  return film?.id ?? null;
}

/** A game's place in the list: when its newest film came, to the microsecond, and its name. */
export interface GamePlace {
  newest: string;
  team_code: string;
  season: string;
  game_id: string;
}

/**
 * The films of so many games, the newest game first, each game's by period. No game is split.
 * @param after the last game of the page before.
 */
export async function selectFilms(
  reads: Reads,
  user: UserContext,
  query: Omit<ListFilmsQuery, 'cursor'>,
  { after, games }: { after: GamePlace | null; games: number },
): Promise<{ films: FilmJson[]; next: GamePlace | null }> {
  const conditions = [filmReachSql(user)];
  for (const column of ['team_code', 'season', 'game_id'] as const) {
    const value = query[column];
    if (value !== undefined) conditions.push(Prisma.sql`m.${Prisma.raw(column)} = ${value}`);
  }
  const where = Prisma.sql`${PLANNED_EACH_TIME} ${Prisma.join(conditions, ' AND ')}`;
  const below = after
    ? Prisma.sql`WHERE (g.newest, g.team_code, g.season, g.game_id)
        < (${after.newest}::timestamptz, ${after.team_code}, ${after.season}, ${after.game_id})`
    : Prisma.empty;
  const rows = await reads.$queryRaw<(FilmJson & GamePlace & { place: number })[]>`
    WITH games AS (
      SELECT g.*, row_number() OVER (ORDER BY g.newest DESC, g.team_code DESC, g.season DESC, g.game_id DESC)::int AS place
      FROM (
        SELECT m.team_code, m.season, m.game_id, max(m.created_at) AS newest FROM media.masters m WHERE ${where}
        GROUP BY m.team_code, m.season, m.game_id
      ) g ${below} ORDER BY place LIMIT ${games + 1}
    )
    SELECT ${FILM_COLUMNS}, games.place, games.newest::text AS newest
    FROM games JOIN media.masters m USING (team_code, season, game_id) WHERE ${where}
    ORDER BY games.place, m.period NULLS LAST, m.filename`;
  const films = rows.filter(({ place }) => place <= games);
  const last = films.at(-1);
  return {
    films: films.map(({ newest: _, place: __, ...film }) => film),
    next: last && films.length < rows.length ? placeOf(last) : null,
  };
}

const placeOf = ({ newest, team_code, season, game_id }: GamePlace): GamePlace => ({
  newest,
  team_code,
  season,
  game_id,
});
