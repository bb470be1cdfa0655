import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { cutClip } from '#lib/media/cut/cut-clip.ts';
import type { ByteSource } from '#lib/storage/port/byte-source.ts';
import { type BenchReport, median, timed } from './bench-report.ts';

const RUNS = 3;
const CUT = { startS: 20, endS: 30 };
const ALL = '1080, 720, 360, mp4, poster, storyboard';

/** A minute of moving picture with grain and sound: 1080p at 30 frames a second. */
async function makeMaster(file: string, signal: AbortSignal): Promise<void> {
  const picture = 'testsrc2=size=1920x1080:rate=30:duration=60,noise=alls=12:allf=t';
  const encode = [
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-crf',
    '20',
    '-g',
    '60',
    '-c:a',
    'aac',
    '-movflags',
    '+faststart',
  ];
  const inputs = ['-f', 'lavfi', '-i', picture, '-f', 'lavfi', '-i', 'sine=frequency=440:duration=60'];
  await execa('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...inputs, ...encode, '-pix_fmt', 'yuv420p', file], {
    cancelSignal: signal,
  });
}

const sourceOf = async (file: string): Promise<ByteSource> => ({
  sizeBytes: (await stat(file)).size,
  read: async ({ first, last }) => createReadStream(file, { start: first, end: last }),
});

/** The plainest command that makes the top rendition of the same ten seconds with the same encoder settings. */
const plainArgs = (file: string, out: string) => [
  ...['-nostdin', '-v', 'error', '-y', '-ss', String(CUT.startS), '-t', String(CUT.endS - CUT.startS), '-i', file],
  ...[
    '-c:v',
    'libx264',
    '-preset',
    'veryfast',
    '-profile:v',
    'high',
    '-crf',
    '21',
    '-maxrate',
    '6000k',
    '-bufsize',
    '12000k',
  ],
  ...['-pix_fmt', 'yuv420p', '-c:a', 'aac', '-b:a', '128k', out],
];

/** One 10 s cut of a 1080p master with everything that a clip has, beside plain ffmpeg making its top rendition. */
export async function benchCut(say: (line: string) => void, signal: AbortSignal): Promise<BenchReport> {
  const folder = await mkdtemp(path.join(tmpdir(), 'heartbeat-bench-'));
  try {
    const master = path.join(folder, 'master.mp4');
    await makeMaster(master, signal);
    const [plain, whole, sliced]: [number[], number[], number[]] = [[], [], []];
    for (let run = 1; run <= RUNS; run++) {
      say(`cut: run ${run} of ${RUNS}`);
      plain.push(
        await timed(() => execa('ffmpeg', plainArgs(master, path.join(folder, 'plain.mp4')), { cancelSignal: signal })),
      );
      const workDir = await mkdtemp(path.join(folder, 'cut-'));
      const source = await sourceOf(master);
      whole.push(await timed(() => cutClip({ source, ...CUT, workDir, signal })));
      const sliceDir = await mkdtemp(path.join(folder, 'cut-'));
      sliced.push(await timed(() => cutClip({ source, ...CUT, workDir: sliceDir, signal, isSliced: true })));
    }
    const baseline = 'plain ffmpeg, 1080 alone';
    return {
      title: `A 10 s cut from 1080p30 H.264 (median of ${RUNS})`,
      figures: [
        { what: baseline, value: median(plain), unit: 's' },
        { what: ALL, value: median(whole), unit: 's', against: baseline },
        { what: 'mp4, poster, storyboard: of a prepared master', value: median(sliced), unit: 's', against: ALL },
      ],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
