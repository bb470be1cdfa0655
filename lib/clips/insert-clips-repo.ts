import { libraryReachSql } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { type DbOrTx, Prisma, type Reads } from '#lib/db/prisma-client.ts';
import type { Clip } from './clip.ts';
import { CLIP_FACTS, type ClipRow, withParts } from './clip-rows-sql.ts';
import type { CreateClip } from './clip-schemas.ts';

export interface NewClip extends Omit<CreateClip, 'master_id' | 'source_gcs_uri'> {
  clip_id: string;
  source_gcs_uri: string;
}

/** The columns that a new clip fills, as they come in JSON. */
const GIVEN = Prisma.sql`clip_id text, player_id text, player_name text, team_code text, opponent_code text,
  game_id text, game_date date, season text, period int, event_type text, outcome text, zone text, strength text,
  start_timecode_s float8, end_timecode_s float8, source_gcs_uri text`;

/**
 * Inserts pending clips with their tags, in two statements whatever their number. Their ids rise in the order given.
 * A `clip_id` that is taken, by whomever, is left out; no two of the given ones may be the same.
 * @returns the `clip_id`s that were inserted.
 */
export async function insertClips(tx: DbOrTx, clips: readonly NewClip[]): Promise<Set<string>> {
  // Rows go in by clip_id, so that two batches with the same ones wait for each other rather than in a circle.
  const inserted = await tx.$queryRaw<{ id: number; clip_id: string }[]>`
    WITH given AS MATERIALIZED (
      SELECT nextval(pg_get_serial_sequence('media.clips', 'id'))::int AS new_id, g.*
      FROM jsonb_to_recordset(${JSON.stringify(clips)}::jsonb) AS g(${GIVEN})
    )
    INSERT INTO media.clips (id, clip_id, player_id, player_name, team_code, opponent_code, game_id, game_date, season,
      period, event_type, outcome, zone, strength, start_timecode_s, end_timecode_s, duration_s, source_gcs_uri)
    SELECT new_id, clip_id, player_id, player_name, team_code, opponent_code, game_id, game_date, season,
      period, event_type, outcome, zone, strength, start_timecode_s, end_timecode_s,
      end_timecode_s - start_timecode_s, source_gcs_uri FROM given ORDER BY clip_id
    ON CONFLICT (clip_id) DO NOTHING RETURNING id, clip_id`;
  const ids = new Map(inserted.map(({ id, clip_id }) => [clip_id, id]));
  const tagged = clips.flatMap(({ clip_id, tags }) => (ids.has(clip_id) ? [{ id: ids.get(clip_id), tags }] : []));
  await tx.$executeRaw`
    INSERT INTO media.clip_tags (clip_id, tag, tag_type)
    SELECT g.id, t.tag, 'manual' FROM jsonb_to_recordset(${JSON.stringify(tagged)}::jsonb) AS g(id int, tags text[]),
      unnest(g.tags) AS t(tag)`;
  return new Set(ids.keys());
}

/** Clips of the caller's reach by their ids, in no order. */
export async function selectClipsById(reads: Reads, user: UserContext, clipIds: readonly string[]): Promise<Clip[]> {
  const rows = await reads.$queryRaw<ClipRow[]>`SELECT ${CLIP_FACTS} FROM media.clips c
    WHERE c.clip_id = ANY(${[...clipIds]}::text[]) AND (${libraryReachSql(user)})`;
  return withParts(reads, rows, { assets: true, tags: true, indexes: false });
}
