import pg from 'pg';
import { clipFactsSql } from '#lib/clips/clip-columns-sql.ts';
import { sessionOptions } from '#lib/db/prisma-client.ts';
import { EVERYTHING } from './api-calls.ts';

const CLIPS = `SELECT ${clipFactsSql(EVERYTHING).sql} FROM media.clips c WHERE c.deleted_at IS NULL`;
const ASSETS = `SELECT a.id, a.clip_id, a.asset_type, a.gcs_uri, a.cdn_path, a.file_size_bytes, a.duration_s, a.width,
    a.height, a.codec, a.bitrate_kbps, a.generation, a.delivery_index ->> 'kind' AS index_kind
  FROM media.clip_assets a WHERE a.clip_id = ANY($1)`;
const TAGS = 'SELECT t.clip_id, t.tag FROM media.clip_tags t WHERE t.clip_id = ANY($1)';

/** Rows by the shortest way that there is; what a call of the API is measured by. */
export interface Reference {
  /** The newest clips with their assets and tags. */
  page(limit: number): Promise<void>;
  one(clipId: string): Promise<void>;
  close(): Promise<void>;
}

/** Plain prepared statements of `pg` as the owner of the tables: no reach, no total, no signature, no HTTP. */
export function openReference(databaseUrl: string): Reference {
  const pool = new pg.Pool({ connectionString: databaseUrl, options: sessionOptions(), max: 8 });
  const partsOf = async (client: pg.PoolClient, clips: { id: number }[]) => {
    const ids = clips.map(({ id }) => id);
    const { rows } = await client.query({ name: 'assets', text: ASSETS, values: [ids] });
    await client.query({ name: 'tags', text: TAGS, values: [ids] });
    if (clips.length === 0 || rows.length === 0) throw new Error('The reference has found nothing.');
  };
  const withClient = async (use: (client: pg.PoolClient) => Promise<void>) => {
    const client = await pool.connect();
    await use(client).finally(() => client.release());
  };
  return {
    page: (limit) =>
      withClient(async (client) => {
        const text = `${CLIPS} ORDER BY c.created_at DESC, c.id DESC LIMIT ${limit}`;
        await partsOf(client, (await client.query({ name: `page of ${limit}`, text })).rows);
      }),
    one: (clipId) =>
      withClient(async (client) => {
        const text = `${CLIPS} AND c.clip_id = $1`;
        await partsOf(client, (await client.query({ name: 'one', text, values: [clipId] })).rows);
      }),
    close: () => pool.end(),
  };
}
