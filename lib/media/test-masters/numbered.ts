import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { promisify } from 'node:util';
import type { ByteSource } from '#lib/storage/port/byte-source.ts';

/*
 * For tests: masters whose every frame carries its number as a row of black and white blocks, which any decoder can
 * read back, and a reader for them. They call ffmpeg themselves, so that a fault of `run-ffmpeg.ts` cannot hide itself.
 */

const run = promisify(execFile);

const BITS = 10;

/** Blocks along the top: bit i of the frame number at i tenths of the width. Shades far from black and white between. */
const numberBlocks = Array.from(
  { length: BITS },
  (_, bit) => `drawbox=x=iw*${bit}/${BITS}:y=0:w=iw/${BITS}:h=ih/3:c=white:t=fill:enable='mod(floor(n/${2 ** bit}),2)'`,
).join(',');

export interface NumberedMaster {
  file: string;
  /** Frames a second of the numbers, as ffmpeg reads them: `30000/1001`. */
  rate: string;
  seconds: number;
  size?: string;
  /** More filters after the numbers are drawn: `select=…` for a variable frame rate, `tinterlace`. */
  filters?: string;
  video: string[];
  /** `yuv420p` when left out. */
  pixelFormat?: string;
  /** Encoder of the sound: a beep in the first tenth of every second; none when left out. */
  audio?: string[];
}

/** A folder that is gone after the tests. */
export async function scratchFolder(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'media-test-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

export async function ffmpeg(args: string[], cwd: string): Promise<string> {
  return (await run('ffmpeg', ['-y', '-nostdin', '-v', 'error', ...args], { cwd, maxBuffer: 1e8 })).stdout;
}

function masterArgs(master: NumberedMaster): string[] {
  const { rate, seconds, size = '320x180', audio } = master;
  const picture = `color=c=black:s=${size}:r=${rate}:d=${seconds},${numberBlocks}${master.filters ? `,${master.filters}` : ''}`;
  const beep = `aevalsrc='if(lt(mod(t,1),0.1),0.8*sin(2*PI*1000*t),0)':s=48000:d=${seconds}`;
  return [
    ...['-f', 'lavfi', '-i', picture],
    ...(audio ? ['-f', 'lavfi', '-i', beep] : []),
    ...['-map', '0:v', '-fps_mode', 'passthrough', '-pix_fmt', master.pixelFormat ?? 'yuv420p', ...master.video],
    ...(audio ? ['-map', '1:a', ...audio] : []),
  ];
}

/** What was made before, on this machine, of the same arguments by the same ffmpeg. */
const KEPT = join(tmpdir(), 'heartbeat-kept-masters');
let version: Promise<string> | undefined;

/** Makes a file by ffmpeg of these arguments, its own name left out; one that is kept is copied there. */
export async function makeOrCopy(args: readonly string[], file: string): Promise<void> {
  version ??= ffmpeg(['-version'], tmpdir());
  const made = createHash('sha256')
    .update(JSON.stringify([await version, args]))
    .digest('hex');
  const kept = join(KEPT, `${made}${extname(file)}`);
  if (!existsSync(kept)) {
    await mkdir(KEPT, { recursive: true });
    const making = await mkdtemp(join(KEPT, 'making-'));
    await ffmpeg([...args, basename(file)], making);
    await rename(join(making, basename(file)), kept);
    await rm(making, { recursive: true });
  }
  await copyFile(kept, file);
}

/** Makes one master in `folder`. */
export async function makeMaster(folder: string, master: NumberedMaster): Promise<string> {
  const file = join(folder, master.file);
  await makeOrCopy(masterArgs(master), file);
  return file;
}

/** The numbers of all frames of a file, in the order shown. */
export async function frameNumbers(file: string, inputArgs: string[] = []): Promise<number[]> {
  const { stdout } = await run(
    'ffmpeg',
    [
      ...['-nostdin', '-v', 'error', ...inputArgs, '-i', file, '-map', '0:v:0', '-fps_mode', 'passthrough'],
      ...['-vf', `crop=iw:ih/3:0:0,scale=${BITS}:1:flags=area,format=gray`, '-f', 'rawvideo', '-'],
    ],
    { encoding: 'buffer', maxBuffer: 1e8 },
  );
  return Array.from({ length: stdout.length / BITS }, (_, frame) => {
    const row = stdout.subarray(frame * BITS, (frame + 1) * BITS);
    return row.reduce((number, shade, bit) => number + (shade > 127 ? 2 ** bit : 0), 0);
  });
}

/** Seconds at which the beeps begin. */
export async function beeps(file: string): Promise<number[]> {
  const { stdout } = await run(
    'ffmpeg',
    ['-nostdin', '-v', 'error', '-i', file, '-map', '0:a:0', '-ac', '1', '-ar', '8000', '-f', 's16le', '-'],
    { encoding: 'buffer', maxBuffer: 1e8 },
  );
  const samples = Array.from({ length: stdout.length / 2 }, (_, i) => Math.abs(stdout.readInt16LE(i * 2)));
  const isLoud = (i: number) => Math.max(...samples.slice(Math.max(0, i), i + 40)) > 5000;
  const onsets: number[] = [];
  for (let i = 0; i < samples.length; i += 8) {
    if (isLoud(i) && !isLoud(i - 48)) {
      onsets.push(i / 8000);
      i += 2000;
    }
  }
  return onsets;
}

/** A file as a store would give it, counting what is read. */
export function fileSource(path: string): ByteSource & { bytesRead: () => number } {
  let bytes = 0;
  return {
    sizeBytes: statSync(path).size,
    read: async ({ first, last }) =>
      createReadStream(path, { start: first, end: last }).on('data', (chunk) => {
        bytes += chunk.length;
      }),
    bytesRead: () => bytes,
  };
}
