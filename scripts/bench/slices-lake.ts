import { rm } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { parseEnv } from '#lib/config/env.ts';
import { openPortal } from '#lib/runtime/portal.ts';
import { userContextOf } from '#lib/users/user-context-of.ts';
import { findUserByEmail } from '#lib/users/user-repo.ts';
import { cliLogger } from '#scripts/cli/open-portal.ts';
import { type IngestProgress, ingestMaster } from '#scripts/media/ingest-master.ts';
import { openLocalMaster } from '#scripts/media/local-master.ts';
import type { BenchPortal } from './bench-portal.ts';

/** Where the masters of this benchmark lie. */
export const PLACE = { team_code: 'MTL', season: '2025-2026', game_id: '20031' } as const;

const PICTURE = 'testsrc2=size=1920x1080:rate=30:duration=60,noise=alls=12:allf=t';
const CONSTANT = ['-b:v', '8M', '-minrate', '8M', '-maxrate', '8M', '-bufsize', '8M', '-x264-params', 'nal-hrd=cbr'];

/** Minutes of 1080p30 at 8 Mbit/s with sound: the picture of one, again and again. */
export async function makePeriod(file: string, minutes: number, signal: AbortSignal): Promise<string> {
  const minute = `${file}.minute.mp4`;
  const run = (...args: string[]) =>
    execa('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...args], { cancelSignal: signal });
  const encode = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '60', ...CONSTANT, '-pix_fmt', 'yuv420p'];
  await run('-f', 'lavfi', '-i', PICTURE, ...encode, minute);
  const sound = `sine=frequency=440:sample_rate=48000:duration=${minutes * 60}`;
  const again = ['-stream_loop', String(minutes - 1), '-i', minute, '-f', 'lavfi', '-i', sound];
  await run(...again, '-map', '0:v', '-map', '1:a', '-c:v', 'copy', '-c:a', 'aac', '-movflags', '+faststart', file);
  await rm(minute);
  return file;
}

/** Puts the file into the lake under a name, and says the master's id; its preparation is in line. */
export type Ingest = (
  filename: string,
  more?: { period?: number; onProgress?: (progress: IngestProgress) => void },
) => Promise<string>;

/** Opens the lake of a portal: what is put there is checked and put in line by the use-cases, as by any upload. */
export async function withLake<T>(
  { portal: { env: text }, account, dataDir }: BenchPortal,
  file: string,
  { say, signal }: { say: (line: string) => void; signal: AbortSignal },
  use: (ingest: Ingest) => Promise<T>,
): Promise<T> {
  const env = parseEnv({ ...text, MEDIA_DISK_ROOT: path.join(dataDir, 'objects') });
  const portal = await openPortal(env, { logger: cliLogger(env.LOG_LEVEL), name: 'heartbeat-bench' });
  try {
    const row = await findUserByEmail(portal.deps.db, account.email);
    const admin = row && userContextOf(row);
    if (!admin) throw new Error('The benchmark has no admin.');
    return await use(async (filename, { period, onProgress = () => {} } = {}) => {
      say(`uploading ${filename}`);
      const master = await openLocalMaster(file, filename);
      const place = period === undefined ? PLACE : { ...PLACE, period };
      return (await ingestMaster(portal, admin, master, place, { signal, onProgress })).id;
    });
  } finally {
    await portal.close();
  }
}
