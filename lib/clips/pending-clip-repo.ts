import type { UserContext } from '#lib/auth/user-context.ts';
import { type DbOrTx, Prisma } from '#lib/db/prisma-client.ts';
import type { Clip, ClipFacts } from './clip.ts';
import { clipFactsSql, GIVEN_COLUMNS, namesSql, typeSql } from './clip-columns-sql.ts';
import { joinParts } from './clip-rows-sql.ts';
import type { CreateClip } from './clip-schemas.ts';
import { selectSlices } from './slice-repo.ts';

export interface NewClip extends Omit<CreateClip, 'master_id' | 'source_gcs_uri'> {
  clip_id: string;
  source_gcs_uri: string;
  /** The play that it is made of. */
  play_id?: number;
}

const NAMES = namesSql(GIVEN_COLUMNS);
const NAMES_AND_TYPES = Prisma.join(
  GIVEN_COLUMNS.map((column) => Prisma.sql`${namesSql([column])} ${typeSql(column)}`),
);

/** Tags of clips by their rows' ids. @returns them as a list has them, in order. */
function insertTags(tx: DbOrTx, tagged: { id: number; tags: string[] }[]): Promise<{ clip_id: number; tag: string }[]> {
  if (tagged.every(({ tags }) => tags.length === 0)) return Promise.resolve([]);
  return tx.$queryRaw`
    WITH added AS (
      INSERT INTO media.clip_tags (clip_id, tag, tag_type)
      SELECT g.id, t.tag, 'manual' FROM jsonb_to_recordset(${JSON.stringify(tagged)}::jsonb) AS g(id int, tags text[]),
        unnest(g.tags) AS t(tag)
      RETURNING clip_id, tag
    ) SELECT clip_id, tag FROM added ORDER BY tag`;
}

/**
 * Inserts pending clips with their tags, in three statements whatever their number, the last of which tells their slices. Their ids rise in the order given.
 * A `clip_id` that is taken, by whomever, is left out; no two of the given ones may be the same.
 * @returns those that were inserted, by their `clip_id`.
 */
export async function insertPendingClips(
  tx: DbOrTx,
  user: UserContext,
  clips: readonly NewClip[],
): Promise<Map<string, Clip>> {
  // Rows go in by clip_id, so that two batches with the same ones wait for each other rather than in a circle.
  const rows = await tx.$queryRaw<ClipFacts[]>`
    WITH given AS MATERIALIZED (
      SELECT nextval(pg_get_serial_sequence('media.clips', 'id'))::int AS new_id, g.*
      FROM jsonb_to_recordset(${JSON.stringify(clips)}::jsonb) AS g(${NAMES_AND_TYPES})
    )
    INSERT INTO media.clips AS c (id, ${NAMES}, duration_s)
    SELECT new_id, ${NAMES}, end_timecode_s - start_timecode_s FROM given ORDER BY clip_id
    ON CONFLICT (clip_id) DO NOTHING RETURNING ${clipFactsSql(user)}`;
  const ids = new Map(rows.map(({ id, clip_id }) => [clip_id, id]));
  const tagged = clips.flatMap(({ clip_id, tags }) => {
    const id = ids.get(clip_id);
    return id === undefined ? [] : { id, tags };
  });
  const tags = await insertTags(tx, tagged);
  const slices = rows.length > 0 ? await selectSlices(tx, Prisma.sql`${[...ids.values()]}::int[]`) : [];
  const inserted = joinParts(rows, { assets: [], tags, slices });
  return new Map(inserted.map((clip) => [clip.clip_id, clip]));
}
