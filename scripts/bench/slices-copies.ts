import { stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import type { Database } from '#lib/db/prisma-client.ts';
import { type BenchReport, timed } from './bench-report.ts';
import { peakMib } from './process-facts.ts';
import type { SlicesRun } from './slices.ts';

const MASTERS = 3;
const MOST_TIMES = 4;
const MOST_MIB = 400;
const MOST_BYTES = 1.02;
const EVERY_MS = 20;

/** Waits until the answer is yes, and says when that was, in seconds of this process. */
export async function momentOf(check: () => Promise<boolean>, signal: AbortSignal): Promise<number> {
  while (!(await check())) await sleep(EVERY_MS, undefined, { signal });
  return performance.now() / 1000;
}

const copiesDone = (db: Database) => db.preparedRendition.count({ where: { name: 'source', complete: true } });

async function preparedBytes(db: Database): Promise<number> {
  const rows = await db.preparedRendition.findMany({ where: { name: 'source' }, include: { segments: true } });
  const sizes = rows.flatMap(({ initSizeBytes, segments }) => [initSizeBytes, ...segments.map((one) => one.sizeBytes)]);
  return sizes.reduce((sum, bytes) => sum + bytes, 0);
}

/** Copies of three masters by one worker, beside ffmpeg copying the same file three times; nothing else is in line. */
export async function measureCopies(run: SlicesRun, minutes: number): Promise<BenchReport> {
  const { bench, period, ingest, say, signal } = run;
  const { db, portal, dataDir } = bench;
  for (let period_number = 1; period_number <= MASTERS; period_number++) await ingest(`p${period_number}.mp4`);
  say('ffmpeg copies');
  const fragments = ['-c', 'copy', '-f', 'mp4', '-movflags', 'frag_keyframe+empty_moov'];
  const copy = ['-nostdin', '-v', 'error', '-y', '-i', period, ...fragments, path.join(dataDir, 'copy.mp4')];
  let plainS = 0;
  for (let n = 0; n < MASTERS; n++) plainS += await timed(() => execa('ffmpeg', copy, { cancelSignal: signal }));
  say('a worker copies');
  const worker = await portal.startWorker();
  try {
    const isBegun = async () => (await db.masterPreparation.count({ where: { status: { not: 'pending' } } })) > 0;
    const beganS = await momentOf(isBegun, signal);
    const tookS = (await momentOf(async () => (await copiesDone(db)) === MASTERS, signal)) - beganS;
    const workerMib = await peakMib(worker.pid);
    const { size } = await stat(period);
    const plain = `ffmpeg -c copy of ${MASTERS} to one local file each`;
    const masters = `${MASTERS} masters`;
    return {
      title: `Source of ${MASTERS} masters of ${minutes} min, 1080p30 at 8 Mbit/s, disk store`,
      figures: [
        { what: plain, value: plainS, unit: 's' },
        { what: 'source of all, playable', value: tookS, unit: 's', against: plain, atMost: plainS * MOST_TIMES },
        { what: 'most memory of the worker', value: workerMib, unit: 'MiB', atMost: MOST_MIB },
        { what: masters, value: (size * MASTERS) / 1e6, unit: 'MB' },
        {
          ...{ what: 'their source', value: (await preparedBytes(db)) / 1e6, unit: 'MB', against: masters },
          atMost: (size * MASTERS * MOST_BYTES) / 1e6,
        },
      ],
    };
  } finally {
    await worker.stop();
  }
}
