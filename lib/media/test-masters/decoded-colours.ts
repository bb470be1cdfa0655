import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/* For tests: the colours of a file as a browser computes them, from the numbers that are stored, exactly. */

const run = promisify(execFile);

/** Weights of red and blue in the luma (ITU-R BT.709 and BT.601). */
const WEIGHTS = { bt709: [0.2126, 0.0722], bt601: [0.299, 0.114] } as const;

export type Rgb = [red: number, green: number, blue: number];

/** The first frame of a file, whose pixels tell their colour, 0 to 255: of a JPEG by JFIF, of a video as BT.709 in TV range. */
export async function coloursOf(file: string): Promise<(at: { x: number; y: number }) => Rgb> {
  const isJpeg = file.endsWith('.jpg');
  const pixels = isJpeg ? 'yuvj444p' : 'yuv444p';
  const { stdout: frame } = await run(
    'ffmpeg',
    [
      ...['-nostdin', '-v', 'error', '-i', file, '-map', '0:v:0', '-frames:v', '1'],
      // Each pixel with the chroma that is stored for it.
      ...['-vf', 'scale=flags=neighbor', '-pix_fmt', pixels, '-f', 'rawvideo', '-'],
    ],
    { encoding: 'buffer', maxBuffer: 1e9 },
  );
  const width = await widthOf(file);
  const plane = frame.length / 3;
  const [red, blue] = WEIGHTS[isJpeg ? 'bt601' : 'bt709'];
  return ({ x, y }) => {
    const [luma = 0, cb = 0, cr = 0] = [0, 1, 2].map((part) => frame[part * plane + y * width + x]);
    const level = isJpeg ? luma / 255 : (luma - 16) / 219;
    const [u, v] = [cb, cr].map((difference) => (difference - 128) / (isJpeg ? 255 : 224)) as [number, number];
    const r = level + 2 * (1 - red) * v;
    const b = level + 2 * (1 - blue) * u;
    const g = (level - red * r - blue * b) / (1 - red - blue);
    return [r, g, b].map((part) => 255 * Math.min(1, Math.max(0, part))) as Rgb;
  };
}

async function widthOf(file: string): Promise<number> {
  const args = ['-v', 'error', '-select_streams', 'v:0', '-show_entries', 'stream=width', '-of', 'csv=p=0', file];
  return Number((await run('ffprobe', args)).stdout.trim());
}

/** What a file says of its colours: format of the pixels, range, matrix, transfer, primaries. */
export async function colourTags(file: string): Promise<string> {
  const entries = 'stream=pix_fmt,color_range,color_space,color_transfer,color_primaries';
  const args = ['-v', 'error', '-select_streams', 'v:0', '-show_entries', entries, '-of', 'csv=p=0', file];
  return (await run('ffprobe', args)).stdout.trim();
}

/** How alike two pictures are, in dB (peak signal to noise ratio over all planes). */
export async function likeness(a: string, b: string, filters = 'null'): Promise<number> {
  const graph = `[0:v]${filters}[a];[1:v]${filters}[b];[a][b]psnr`;
  const args = ['-nostdin', '-hide_banner', '-i', a, '-i', b, '-filter_complex', graph, '-f', 'null', '-'];
  const { stderr } = await run('ffmpeg', args);
  const [, average = '0'] = /average:([\d.]+|inf)/.exec(stderr) ?? [];
  return average === 'inf' ? Number.POSITIVE_INFINITY : Number(average);
}
