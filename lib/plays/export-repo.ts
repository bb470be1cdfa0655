import type { UserContext } from '#lib/auth/user-context.ts';
import type { Reads } from '#lib/db/prisma-client.ts';
import type { PlayFilter, PlayJson } from './play-field-schemas.ts';
import { filteredPageSql, PLACES, PLAY_FACTS, playOrderSql } from './play-list-repo.ts';

/** A play with where it is seen, and where its master begins among those of the game. */
export interface PlayToExport extends Omit<PlayJson, 'video' | 'clip_id'> {
  source_id: string;
  video_s: number | null;
  end_video_s: number | null;
  master_id: string | null;
  at_s: number | null;
  end_at_s: number | null;
  begins_s: number | null;
}

/** The plays of a list with their places, at most so many, in one statement. */
export const selectPlaysToExport = (
  reads: Reads,
  user: UserContext,
  filter: PlayFilter,
  limit: number,
): Promise<PlayToExport[]> => reads.$queryRaw`
  WITH ${filteredPageSql(user, { filter, sort: 'clock', limit, after: null })}
  SELECT ${PLAY_FACTS}, p.source_id, p.video_s, p.end_video_s, v.master_id::text, v.at_s, v.end_at_s, v.begins_s
  FROM page p LEFT JOIN ${PLACES} v ON v.id = p.id
  ORDER BY ${playOrderSql('clock')}`;

/** Where each master begins among those of its game, by its place in the lake: seconds of those before it. */
export async function selectFilmStarts(reads: Reads, lakeUris: readonly string[]): Promise<Map<string, number>> {
  const rows = await reads.$queryRaw<{ lake_uri: string; begins_s: number }[]>`
    SELECT f.lake_uri, f.begins_s FROM (
      SELECT m.lake_uri, coalesce(sum(m.duration_s) OVER (
        PARTITION BY m.team_code, m.season, m.game_id ORDER BY m.period NULLS LAST, m.filename, m.id
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS begins_s
      FROM media.masters m WHERE m.status = 'ready' AND m.deleted_at IS NULL
        AND (m.team_code, m.season, m.game_id) IN (
          SELECT o.team_code, o.season, o.game_id FROM media.masters o WHERE o.lake_uri = ANY(${[...lakeUris]}::text[]))
    ) f WHERE f.lake_uri = ANY(${[...lakeUris]}::text[])`;
  return new Map(rows.map(({ lake_uri, begins_s }) => [lake_uri, begins_s]));
}
