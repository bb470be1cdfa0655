import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { findPiece } from '#lib/media/reel-film/find-item.ts';
import { type FilmScene, makeFilm } from '#lib/media/reel-film/make-film.ts';
import type { ByteSource } from '#lib/storage/port/byte-source.ts';
import { type BenchReport, median, timed } from './bench-report.ts';

const RUNS = 1;
const CLIPS = 20;
const CLIP_S = 8;
/** So many differ; the reel shows them again and again. */
const FILES = 4;
const MOST_RATIO = 1.3;

/** Eight seconds of moving picture with grain and sound, as a cut leaves them: 1080p at 30 frames a second. */
async function makeClip(file: string, tone: number, signal: AbortSignal): Promise<void> {
  const picture = `testsrc2=size=1920x1080:rate=30:duration=${CLIP_S},noise=alls=12:allf=t`;
  const tags = 'setparams=range=limited:color_primaries=bt709:color_trc=bt709:colorspace=bt709';
  const inputs = [
    '-f',
    'lavfi',
    '-i',
    picture,
    '-f',
    'lavfi',
    '-i',
    `sine=frequency=${tone}:duration=${CLIP_S}:r=48000`,
  ];
  const video = [
    '-vf',
    `format=yuv420p,${tags}`,
    '-c:v',
    'libx264',
    '-preset',
    'veryfast',
    '-crf',
    '22',
    '-maxrate',
    '8000k',
  ];
  const args = ['-nostdin', '-v', 'error', '-y', ...inputs, ...video, '-bufsize', '16000k', '-c:a', 'aac', '-ac', '2'];
  await execa('ffmpeg', [...args, '-movflags', '+faststart', file], { cancelSignal: signal });
}

/** The plainest command that puts the same clips into one file, with the same encoder and the same settings. */
function plainArgs(files: readonly string[], out: string): string[] {
  const streams = files.map((_, i) => `[${i}:v][${i}:a]`).join('');
  return [
    ...['-nostdin', '-v', 'error', '-y', ...files.flatMap((file) => ['-i', file])],
    ...['-filter_complex', `${streams}concat=n=${files.length}:v=1:a=1[v][a]`, '-map', '[v]', '-map', '[a]'],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'high', '-crf', '22', '-maxrate', '8000k'],
    ...['-bufsize', '16000k', '-g', '60', '-threads:v', String(availableParallelism())],
    ...['-c:a', 'aac', '-b:a', '160k', '-movflags', '+faststart', out],
  ];
}

const sourceOf = async (file: string): Promise<ByteSource> => ({
  sizeBytes: (await stat(file)).size,
  read: async ({ first, last }) => createReadStream(file, { start: first, end: last }),
});

/** The film of a reel, from looking at its clips to the file, as a worker makes it. */
async function makeReelFilm(files: readonly string[], workDir: string, signal: AbortSignal): Promise<void> {
  const scenes: FilmScene[] = [];
  for (const file of files) {
    const source = await sourceOf(file);
    const piece = await findPiece(source, { inS: 0, outS: null }, signal);
    scenes.push({ ...piece, source, card: null, notes: [] });
  }
  await makeFilm({ scenes, card: null, workDir, signal, onProgress: () => undefined, isPatient: false });
}

/** A reel of 20 clips of 8 s in 1080p as one film, beside plain ffmpeg that puts the same files together. */
export async function benchExport(say: (line: string) => void, signal: AbortSignal): Promise<BenchReport> {
  const folder = await mkdtemp(path.join(tmpdir(), 'heartbeat-bench-'));
  try {
    const made = Array.from({ length: FILES }, (_, i) => path.join(folder, `clip-${i}.mp4`));
    say(`export: ${FILES} clips of ${CLIP_S} s are made`);
    for (const [i, file] of made.entries()) await makeClip(file, 300 + 20 * i, signal);
    const files = Array.from({ length: CLIPS / FILES }, () => made).flat();
    const [plain, film]: [number[], number[]] = [[], []];
    for (let run = 1; run <= RUNS; run++) {
      say(`export: run ${run} of ${RUNS}`);
      const out = path.join(folder, 'plain.mp4');
      plain.push(await timed(() => execa('ffmpeg', plainArgs(files, out), { cancelSignal: signal })));
      const workDir = await mkdtemp(path.join(folder, 'film-'));
      film.push(await timed(() => makeReelFilm(files, workDir, signal)));
    }
    const baseline = 'plain ffmpeg, concat and encode';
    const base = median(plain);
    return {
      title: `One film of ${CLIPS} clips of ${CLIP_S} s, 1080p30`,
      figures: [
        { what: baseline, value: base, unit: 's' },
        { what: 'film of a reel', value: median(film), unit: 's', against: baseline, atMost: base * MOST_RATIO },
      ],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
