import { masterReachSql } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import type { RenditionRow } from '#lib/clips/slice-repo.ts';
import type { Reads } from '#lib/db/prisma-client.ts';

/** A master that can be watched, as far as it is prepared. */
export interface WatchedMaster {
  durationS: number | null;
  playableToS: number;
}

/** A ready master that the caller may watch, or `null`. */
export async function selectWatchedMaster(reads: Reads, user: UserContext, id: string): Promise<WatchedMaster | null> {
  const [row] = await reads.$queryRaw<WatchedMaster[]>`
    SELECT m.duration_s AS "durationS", coalesce(p.playable_to_s, 0) AS "playableToS"
    FROM media.masters m LEFT JOIN media.master_preparations p ON p.master_id = m.id
    WHERE m.id = ${id}::uuid AND m.status = 'ready' AND m.deleted_at IS NULL AND ${masterReachSql(user, 'masters.watch')}`;
  return row ?? null;
}

/**
 * The renditions of a master that go as far as it can be played, best first, each with its segments from the one that
 * timecode zero lies in. Those that are behind still would end before the others do.
 */
export const selectMasterRenditions = (reads: Reads, user: UserContext, id: string): Promise<RenditionRow[]> =>
  reads.$queryRaw`
    SELECT m.team_code AS "teamCode", m.season, m.game_id AS "gameId", m.id::text AS "masterId", r.name, r.codecs,
      r.width, r.height, r.frame_rate AS "frameRate", r.init_generation AS "initGeneration", s.segments,
      NOT r.complete AND p.status IN ('pending', 'running') AS grows
    FROM media.masters m
    JOIN media.master_preparations p ON p.master_id = m.id
    JOIN media.prepared_renditions r ON r.master_id = m.id AND r.name <> 'sound' AND r.to_s >= p.playable_to_s - 0.05
    CROSS JOIN LATERAL (
      SELECT jsonb_agg(to_jsonb(s) ORDER BY s.start_s) AS segments FROM media.prepared_segments s
      WHERE s.rendition_id = r.id AND s.start_s >= (
        SELECT max(b.start_s) FROM media.prepared_segments b WHERE b.rendition_id = r.id AND b.start_s <= 0.001
      )
    ) s
    WHERE m.id = ${id}::uuid AND m.status = 'ready' AND m.deleted_at IS NULL AND s.segments IS NOT NULL
      AND ${masterReachSql(user, 'masters.watch')}
    ORDER BY r.height DESC, r.name = 'source' DESC`;
