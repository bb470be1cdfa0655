import { createHash } from 'node:crypto';
import { readdir, readlink } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import pg from 'pg';
import { parseEnv } from '#lib/config/env.ts';
import { openStore } from '#lib/runtime/portal.ts';
import { parseGsUri } from '#lib/storage/port/object-keys.ts';
import { ROOT } from '#scripts/portal/build-web.ts';
import type { PortalProcesses } from '#scripts/portal/start-portal.ts';
import type { ChaosMaster } from './chaos-work.ts';

/** Files of the lake whose bytes are not the ones that were sent. */
export async function countWrongUploads(
  portal: PortalProcesses,
  ready: ReadonlyMap<ChaosMaster, string>,
): Promise<number> {
  const env = parseEnv(portal.env);
  const { store } = openStore(env);
  const buckets = { lake: env.MEDIA_LAKE_BUCKET, media: env.MEDIA_GCS_BUCKET };
  const rows = await select<{ id: string; lake_uri: string }>(portal, 'SELECT id, lake_uri FROM media.masters');
  let wrong = 0;
  for (const [master, id] of ready) {
    const uri = rows.find((row) => row.id === id)?.lake_uri;
    const hash = createHash('sha256');
    if (uri) for await (const bytes of await store.read(parseGsUri(buckets, uri))) hash.update(bytes);
    if (hash.digest('hex') !== master.sha256) wrong++;
  }
  return wrong;
}

/** Clips that were told to be ready just once, and have each of their assets once. */
export async function countReadyOnce(portal: PortalProcesses): Promise<number> {
  const rows = await select<{ clips: string }>(
    portal,
    `SELECT count(*) AS clips FROM media.clips c
     WHERE c.processing_status = 'ready'
       AND 1 = (SELECT count(*) FROM media.events e WHERE e.clip_id = c.clip_id AND e.type = 'clip.ready')
       AND (SELECT count(*) FROM media.clip_assets a WHERE a.clip_id = c.id)
         = (SELECT count(DISTINCT a.gcs_uri) FROM media.clip_assets a WHERE a.clip_id = c.id)
       AND EXISTS (SELECT FROM media.clip_assets a WHERE a.clip_id = c.id AND a.asset_type = 'mp4')`,
  );
  return Number(rows[0]?.clips);
}

/** Work folders of cuts, and processes that work in one, once nothing is to be done any more. */
export async function countLeftovers(workRoot: string): Promise<{ folders: number; processes: number }> {
  const folders = await readdir(workRoot);
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const places = await Promise.all(pids.map((pid) => readlink(path.join('/proc', pid, 'cwd')).catch(() => '')));
  const processes = places.filter((place) => place.startsWith(`${workRoot}${path.sep}`)).length;
  return { folders: folders.length, processes };
}

/** What the audit of the library finds, every byte read, and no grace for an object that nobody owns. */
export async function countFindings(portal: PortalProcesses): Promise<number> {
  const command = [path.join(ROOT, 'scripts/media/audit.ts'), '--grace', '0', '--read-bytes'];
  const { exitCode, stdout } = await execa(process.execPath, command, {
    ...{ env: portal.env, extendEnv: false, reject: false },
  });
  const findings = stdout.split('\n').filter(Boolean).length;
  // An audit that fails, or looked at nothing, is no clean one.
  return exitCode === 0 ? findings : Math.max(1, findings);
}

async function select<T extends pg.QueryResultRow>(portal: PortalProcesses, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: portal.postgres.url });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}
