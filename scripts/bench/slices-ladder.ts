import path from 'node:path';
import { execa } from 'execa';
import { encoderArgs, X264_ARGS } from '#lib/media/cut/ffmpeg-args.ts';
import { renditionLadder } from '#lib/media/cut/ladder.ts';
import { type BenchReport, timed } from './bench-report.ts';
import type { SlicesRun } from './slices.ts';
import { momentOf } from './slices-copies.ts';

const WORKERS = 2;
const MOST_TIMES = 1.1;
const FRAME = { width: 1920, height: 1080, frameRate: { num: 30, den: 1 } };

/** The plainest command that makes the rungs below 1080 of all of it in one go, with the ladder's encoder settings. */
function plainArgs(file: string, folder: string): string[] {
  const rungs = renditionLadder({ video: FRAME }).slice(1);
  const outputs = rungs.map((_, i) => `[s${i}]`).join('');
  const scaled = rungs.map(({ width, height }, i) => `[s${i}]scale=${width}:${height}[v${i}]`);
  return [
    ...['-nostdin', '-v', 'error', '-y', '-i', file],
    ...['-filter_complex', [`[0:v]split=${rungs.length}${outputs}`, ...scaled].join(';')],
    ...rungs.flatMap((rung, i) => [
      ...['-map', `[v${i}]`, '-map', '0:a', ...X264_ARGS, '-g', '60', ...encoderArgs(rung), '-c:a', 'copy'],
      path.join(folder, `plain-${rung.name}.mp4`),
    ]),
  ];
}

/** A ladder that two workers make, beside one ffmpeg that makes the same rungs. */
export async function measureLadder(run: SlicesRun, minutes: number): Promise<BenchReport> {
  const { bench, period, ingest, say, signal } = run;
  const { db, portal, dataDir } = bench;
  say('a ladder by plain ffmpeg');
  const plainS = await timed(() => execa('ffmpeg', plainArgs(period, dataDir), { cancelSignal: signal }));
  const masterId = await ingest('ladder.mp4');
  say(`a ladder by ${WORKERS} workers`);
  const workers = await Promise.all(Array.from({ length: WORKERS }, () => portal.startWorker()));
  try {
    const isBegun = async () =>
      (await db.preparationChunk.count({ where: { masterId, claimToken: { not: null } } })) > 0;
    const beganS = await momentOf(isBegun, signal);
    const isReady = async () => (await db.masterPreparation.count({ where: { masterId, status: 'ready' } })) > 0;
    const tookS = (await momentOf(isReady, signal)) - beganS;
    const plain = 'one plain ffmpeg, in one go';
    return {
      title: `720 and 360 of ${minutes} min of 1080p30`,
      figures: [
        { what: plain, value: plainS, unit: 's' },
        {
          what: `by ${WORKERS} workers, in parts`,
          value: tookS,
          unit: 's',
          against: plain,
          atMost: plainS * MOST_TIMES,
        },
      ],
    };
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()));
  }
}
