import { execa } from 'execa';
import { makeOrCopy } from '#lib/media/test-masters/numbered.ts';

/** Each frame carries its number, from 0, as sixteen squares along the top: white is 1, the lowest bit is on the left. */
export const BITS = 16;
const STRIP_HEIGHT = 48;

export interface MasterOptions {
  /** As ffmpeg takes it: `30`, `30000/1001`. */
  rate: string;
  seconds: number;
  /** Of a picture of 16 to 9; 360 unless told. */
  height?: number;
  /** A tone all along, or a tenth of a second of it with each whole second. */
  sound?: 'tone' | 'beeps';
}

const TONE = 'sine=frequency=440:sample_rate=48000';
const BEEPS = "aevalsrc=exprs='if(lt(mod(t,1),0.1),sin(2*PI*440*t)/8,0)':sample_rate=48000";

/** Makes an H.264 master with sound, moving shapes and numbered frames; key frames are 90 frames apart. */
export async function makeNumberedMaster(
  file: string,
  { rate, seconds, height = 360, sound = 'tone' }: MasterOptions,
): Promise<void> {
  const width = (height / 9) * 16;
  const number = `color=c=black:size=${BITS}x2:rate=${rate},format=gray,geq=lum='255*mod(floor(N/pow(2,X)),2)'`;
  const strip = `scale=${width}:${(STRIP_HEIGHT * height) / 360}:flags=neighbor`;
  const args = [
    ...['-f', 'lavfi', '-i', `testsrc2=size=${width}x${height}:rate=${rate}`],
    ...['-f', 'lavfi', '-i', `${number},${strip}`],
    ...['-f', 'lavfi', '-i', sound === 'tone' ? TONE : BEEPS],
    ...['-filter_complex', '[0:v][1:v]overlay=0:0,format=yuv420p[v]', '-map', '[v]', '-map', '2:a'],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-g', '90', '-bf', '2', '-c:a', 'aac', '-b:a', '96k'],
    ...['-t', String(seconds), '-movflags', '+faststart'],
  ];
  await makeOrCopy(args, file);
}

/** The numbers of all frames of anything that ffmpeg reads, in order of presentation. */
export async function readFrameNumbers(input: string): Promise<number[]> {
  const filter = `scale=640:360,crop=640:${STRIP_HEIGHT}:0:0,scale=${BITS}:1:flags=area,format=gray`;
  const { stdout } = await execa(
    'ffmpeg',
    ['-v', 'error', '-nostdin', '-i', input, '-map', '0:v:0', '-vf', filter, '-fps_mode', 'passthrough'].concat([
      '-f',
      'rawvideo',
      '-',
    ]),
    { encoding: 'buffer' },
  );
  const numbers: number[] = [];
  for (let frame = 0; frame + BITS <= stdout.length; frame += BITS) {
    const bits = Array.from(stdout.subarray(frame, frame + BITS));
    numbers.push(bits.reduce((sum, level, bit) => sum + (level > 127 ? 2 ** bit : 0), 0));
  }
  return numbers;
}

/** Whole numbers from `first` to `last`. */
export const numbersFrom = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);
