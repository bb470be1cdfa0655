import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { isMediaError } from '#lib/media/media-types.ts';
import { runTool } from '#lib/media/tools/run-ffmpeg.ts';

export const SAMPLE_MASTER_S = 60;
const FRAME_RATE = 30;
const WIDTH = 1280;
const HEIGHT = 720;

export interface SampleMaster {
  /** Burnt in at the lower left: `P1  MTL - CHI`. */
  caption: string;
  period: number;
  /** Shorter and smaller ones are for tests. */
  seconds?: number;
  height?: number;
}

/** A TrueType font that is there wherever Next is. */
function findFont(): string {
  return createRequire(import.meta.url).resolve('next/dist/compiled/@vercel/og/Geist-Regular.ttf');
}

/** In a filter's option inside a graph, `\`, `:` and `'` have meanings of their own (ffmpeg-filters, "Notes on filtergraph escaping"). */
const escaped = (value: string): string => value.replaceAll(/[\\:']/g, '\\$&');

const box = (x: number, y: number, w: number, h: number, color: string) =>
  `drawbox=x=${x}:y=${y}:w=${w}:h=${h}:c=${color}:t=fill`;

/** One frame for ever: drawn once, however slow, and repeated without being drawn again. */
const still = `trim=end_frame=1,loop=-1:1,setpts=N/${FRAME_RATE}/TB`;

const RINK = [
  `color=c=0xe9f1f6:s=${WIDTH}x${HEIGHT}:r=${FRAME_RATE}`,
  ...[box(90, 0, 4, 640, '0xc8102e'), box(1186, 0, 4, 640, '0xc8102e'), box(636, 0, 8, 640, '0xc8102e')],
  ...[box(430, 0, 8, 640, '0x1f4e9b'), box(842, 0, 8, 640, '0x1f4e9b')],
  ...[box(94, 280, 40, 80, '0xa9c9e6'), box(1146, 280, 40, 80, '0xa9c9e6')],
  ...[box(0, 640, WIDTH, 80, '0x10161d'), 'format=yuv420p', still],
].join(',');

/** A disc on transparent ground; alpha is computed for one small frame only. */
const disc = (color: string, diameter: number) => {
  const middle = (diameter - 1) / 2;
  const alpha = `if(lte(hypot(X-${middle},Y-${middle}),${middle}),255,0)`;
  return [
    `color=c=${color}:s=${diameter}x${diameter}:r=${FRAME_RATE},format=yuva420p`,
    `geq=lum='p(X,Y)':cb='p(X,Y)':cr='p(X,Y)':a='${alpha}'`,
    still,
  ].join(',');
};

/** Who moves where: the centre of a path and how fast it is walked, another one for each period. */
const SKATERS = [
  { color: '0xaf1e2d', diameter: 44, reachX: 420, reachY: 230, speedX: 0.7, speedY: 1.1, phase: 0 },
  { color: '0xaf1e2d', diameter: 44, reachX: 380, reachY: 240, speedX: 0.5, speedY: 0.9, phase: 2 },
  { color: '0x13294b', diameter: 44, reachX: 430, reachY: 220, speedX: 0.6, speedY: 0.8, phase: 3 },
  { color: '0x13294b', diameter: 44, reachX: 350, reachY: 250, speedX: 0.8, speedY: 0.6, phase: 5 },
  { color: '0x000000', diameter: 18, reachX: 500, reachY: 270, speedX: 1.3, speedY: 1.7, phase: 1 },
] as const;

const overlays = (period: number): string[] =>
  SKATERS.map(({ diameter, reachX, reachY, speedX, speedY, phase }, index) => {
    const shift = phase + period;
    const x = `${WIDTH / 2 - diameter / 2}+${reachX}*sin(t*${speedX}+${shift})`;
    const y = `${320 - diameter / 2}+${reachY}*cos(t*${speedY}+${shift})`;
    return `[m${index}][${index + 1}:v]overlay=x='${x}':y='${y}'[m${index + 1}]`;
  });

const COUNTER_BITS = 12;

/** The frame number once more, as white cells, the lowest bit at the left: legible for programs, and without a font. */
const counter = Array.from(
  { length: COUNTER_BITS },
  (_, bit) => `${box(926 + bit * 28, 668, 24, 24, 'white')}:enable='mod(floor(n/${2 ** bit}),2)'`,
);

function captions(caption: string, font: string): string[] {
  const text = (size: number, x: number, y: number, what: string) =>
    `drawtext=fontfile=${escaped(escaped(font))}:fontsize=${size}:fontcolor=white:x=${x}:y=${y}:${what}`;
  return [
    text(36, 24, 662, `text='${escaped(caption)}'`),
    text(42, 360, 659, `timecode='00\\:00\\:00\\:00':r=${FRAME_RATE}`),
    text(34, 660, 663, "text='frame %{n}'"),
  ];
}

function argsOf(master: SampleMaster, font: string | null, output: string): string[] {
  const { period, caption, seconds = SAMPLE_MASTER_S, height = HEIGHT } = master;
  const discs = SKATERS.flatMap(({ color, diameter }) => ['-f', 'lavfi', '-i', disc(color, diameter)]);
  const tone = `sine=frequency=${220 + 110 * period}:beep_factor=2:sample_rate=48000:duration=${seconds}`;
  const drawn = [...(font ? captions(caption, font) : []), ...counter];
  const sized = height === HEIGHT ? [] : [`scale=-2:${height}`];
  const last = `[m${SKATERS.length}]${[...drawn, ...sized, 'format=yuv420p'].join(',')}[v]`;
  const graph = ['[0:v]null[m0]', ...overlays(period), last].join(';');
  return [
    ...['-v', 'error', '-progress', 'pipe:1', '-y', '-f', 'lavfi', '-i', RINK, ...discs, '-f', 'lavfi', '-i', tone],
    ...['-filter_complex', graph, '-map', '[v]', '-map', `${SKATERS.length + 1}:a`, '-t', String(seconds)],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '26', '-g', String(FRAME_RATE * 2)],
    ...['-c:a', 'aac', '-b:a', '96k', '-fflags', '+bitexact', '-movflags', '+faststart', '-f', 'mp4', output],
  ];
}

/**
 * Makes one period of a game that nobody played: a rink, skaters and a puck under way, a tone, and burnt-in timecode
 * (`HH:MM:SS:FF`) and frame number. The file appears whole or not at all. Where ffmpeg was built without drawtext,
 * only the frame number's cells are there.
 *
 * @throws MediaError; the signal's reason when it is aborted.
 */
export async function makeSampleMaster(
  file: string,
  master: SampleMaster,
  options: { signal: AbortSignal; onProgress?(fraction: number): void },
): Promise<void> {
  const { seconds = SAMPLE_MASTER_S } = master;
  const cwd = path.dirname(file);
  const staging = `.${path.basename(file)}.${randomBytes(4).toString('hex')}`;
  const onStdoutLine = (line: string) => {
    const us = /^out_time_us=(\d+)/.exec(line)?.[1];
    if (us) options.onProgress?.(Math.min(1, Number(us) / 1e6 / seconds));
  };
  const draw = (font: string | null) =>
    runTool('ffmpeg', argsOf(master, font, staging), { cwd, signal: options.signal, onStdoutLine });
  await mkdir(cwd, { recursive: true });
  try {
    await draw(findFont()).catch((error: unknown) => {
      const withoutText = isMediaError(error) && /drawtext|font/i.test(error.technical ?? '');
      if (!withoutText) throw error;
      return draw(null);
    });
    await rename(path.join(cwd, staging), file);
  } finally {
    await rm(path.join(cwd, staging), { force: true });
  }
}
