import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { accountOf } from './accounts.ts';
import { apiOf, uploadMaster } from './api.ts';
import { until } from './conditions.ts';
import { sql } from './database.ts';
import { type MasterOptions, makeNumberedMaster } from './numbered-master.ts';
import type { RunningPortal } from './portal-state.ts';

export interface PreparedMaster {
  id: string;
  lakeUri: string;
  fps: number;
  seconds: number;
}

/** Uploads a numbered master of MTL's game 1 of a season, and waits until the worker has prepared all of it. */
export async function prepareMaster(
  home: RunningPortal,
  season: string,
  options: MasterOptions,
): Promise<PreparedMaster> {
  const { rate, seconds } = options;
  const file = path.join(home.dataDir, `slices-${randomUUID().slice(0, 8)}.mp4`);
  await makeNumberedMaster(file, options);
  const admin = apiOf(accountOf('admin', 'MTL'), home);
  const { id } = await uploadMaster(admin, file, { team_code: 'MTL', season, game_id: '1' });
  const isPlayable = async () => {
    const query = 'SELECT playable_to_s FROM media.master_preparations WHERE master_id = $1';
    const [row] = await sql(query, [id], home);
    return Number(row?.playable_to_s) > seconds - 0.1;
  };
  await until(isPlayable, { what: 'the master to be prepared', timeoutMs: 60_000 });
  const [row] = await sql('SELECT lake_uri FROM media.masters WHERE id = $1', [id], home);
  const [num = 0, den = 1] = rate.split('/').map(Number);
  return { id, lakeUri: String(row?.lake_uri), fps: num / den, seconds };
}
