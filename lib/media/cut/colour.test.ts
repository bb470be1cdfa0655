import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectMaster } from '#lib/media/inspect/inspect-master.ts';
import { COLOURED_MASTERS, EXACT, fromSdr, SHADES, tags, X264 } from '#lib/media/test-masters/coloured.ts';
import { coloursOf, colourTags, likeness, type Rgb } from '#lib/media/test-masters/decoded-colours.ts';
import { ffmpeg, fileSource, scratchFolder } from '#lib/media/test-masters/numbered.ts';
import { cutClip } from './cut-clip.ts';

let scratch: Awaited<ReturnType<typeof scratchFolder>>;
beforeAll(async () => {
  scratch = await scratchFolder();
});
afterAll(() => scratch.remove());

async function cut(file: string, endS: number) {
  const workDir = await mkdtemp(join(scratch.path, 'cut-'));
  await cutClip({ source: fileSource(join(scratch.path, file)), startS: 0, endS, workDir });
  return (name: string) => join(workDir, name);
}

const BT709_IN_8_BITS = 'yuv420p,tv,bt709,bt709,bt709';
const FILES = ['clip.mp4', 'thumb.jpg', 'grid.jpg'];
/** How wide a file shows the picture at most; of the storyboard, its first tile. */
const WIDTHS: Record<string, number> = { '360.m4s': 640, 'thumb.jpg': 640, 'grid.jpg': 320 };

const rgbOf = (hex: string): Rgb => [2, 4, 6].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as Rgb;

function expectNear(found: Rgb, wanted: Rgb, what: string): void {
  const off = Math.max(...found.map((part, i) => Math.abs(part - (wanted[i] ?? 0))));
  expect(off, `${what}: ${found.map((part) => part.toFixed(1))} for ${wanted}`).toBeLessThanOrEqual(3);
}

describe('pure colours come out within 3 of 255, in every file that shows them', () => {
  it.for(Object.entries(COLOURED_MASTERS))('of %s', { timeout: 120_000 }, async ([, kind]) => {
    const { file, size, filters, args, shades = SHADES } = kind;
    // One colour a quarter.
    const [width = 0, height = 0] = size.split('x').map(Number);
    const quarters = shades.slice(1).map((shade, i) => {
      const [x, y] = [((i + 1) % 2) * (width / 2), Math.floor((i + 1) / 2) * (height / 2)];
      return `drawbox=x=${x}:y=${y}:w=iw/2:h=ih/2:c=${shade}:t=fill`;
    });
    const picture = `color=${shades[0]}:s=${size}:r=25:d=0.4,format=gbrp,${quarters.join(',')},${filters}`;
    await ffmpeg(['-f', 'lavfi', '-i', picture, ...args, file], scratch.path);
    const made = await cut(file, 0.4);
    for (const name of height < 360 ? FILES : [...FILES, '360.m4s']) {
      if (!name.endsWith('.jpg')) expect(await colourTags(made(name)), name).toBe(BT709_IN_8_BITS);
      const w = Math.min(width, WIDTHS[name] ?? width);
      const h = (w * height) / width;
      const colourAt = await coloursOf(made(name));
      for (const [i, shade] of shades.entries()) {
        const at = { x: Math.round(w * (0.25 + 0.5 * (i % 2))), y: Math.round(h * (0.25 + 0.5 * Math.floor(i / 2))) };
        expectNear(colourAt(at), rgbOf(shade), `${name}, ${shade}`);
      }
    }
  });
});

describe('HDR', () => {
  const SDR = 'sdr.mp4';
  const RATE = 30;
  const SECONDS = 1;
  let reference: Awaited<ReturnType<typeof cut>>;

  beforeAll(async () => {
    const picture = `testsrc2=s=640x360:r=${RATE}:d=${SECONDS},scale=out_color_matrix=bt709:${EXACT},format=yuv420p`;
    await ffmpeg(['-f', 'lavfi', '-i', picture, ...X264, ...tags('bt709', 'bt709', 'bt709'), SDR], scratch.path);
    reference = await cut(SDR, SECONDS);
  });

  it.for([
    ['HLG of a phone', 'arib-std-b67', 'hlg.MOV', ['-c:v', 'libx265', '-preset', 'ultrafast', '-tag:v', 'hvc1']],
    ['PQ of a camera', 'smpte2084', 'pq.mkv', ['-c:v', 'libx265', '-preset', 'ultrafast']],
    ['HLG in ProRes', 'arib-std-b67', 'hlg-prores.mov', ['-c:v', 'prores_ks', '-profile:v', '3']],
  ] as const)('%s looks like the picture that it was made of', { timeout: 120_000 }, async (testCase) => {
    const [, transfer, file, encoder] = testCase;
    const x265 = `log-level=error:keyint=60:colorprim=bt2020:transfer=${transfer}:colormatrix=bt2020nc`;
    await ffmpeg(
      [
        ...['-i', SDR, '-vf', fromSdr(transfer, 'yuv420p10le'), ...encoder],
        ...(encoder.some((arg) => arg === 'libx265') ? ['-x265-params', x265] : ['-pix_fmt', 'yuv422p10le']),
        ...[...tags('bt2020nc', 'bt2020', transfer), file],
      ],
      scratch.path,
    );
    const made = await cut(file, SECONDS);
    expect(await likeness(made('clip.mp4'), join(scratch.path, SDR))).toBeGreaterThan(23);
    expect(await colourTags(made('clip.mp4'))).toBe(BT709_IN_8_BITS);
    // The poster is the frame in the middle, and so is the reference's.
    expect(await likeness(made('thumb.jpg'), reference('thumb.jpg'))).toBeGreaterThan(23);
    expect(await likeness(made('grid.jpg'), reference('grid.jpg'))).toBeGreaterThan(23);
  });

  it('that is Dolby Vision 5 is refused, when it is checked and when it is cut', async () => {
    await ffmpeg(['-i', SDR, '-c:v', 'libx265', '-preset', 'ultrafast', '-tag:v', 'hvc1', 'base.mp4'], scratch.path);
    const bytes = await readFile(join(scratch.path, 'base.mp4'));
    const file = join(scratch.path, 'dv5.mp4');
    await writeFile(file, withDolbyVision(bytes, 5));
    const fault = { code: 'unsupported_codec', retryable: false, message: expect.stringMatching(/Dolby Vision/) };
    await expect(inspectMaster(fileSource(file), { filename: 'dv5.mp4' })).rejects.toMatchObject(fault);
    await expect(cut('dv5.mp4', 1)).rejects.toMatchObject(fault);
  });
});

/** Adds a `dvcC` box to the sample entry `hvc1`, and its size to those around it (ISO/IEC 14496-12). */
function withDolbyVision(bytes: Buffer, profile: number): Buffer {
  const box = Buffer.alloc(32);
  box.writeUInt32BE(32, 0);
  box.write('dvcC', 4, 'latin1');
  box.writeUInt8(1, 8);
  box.writeUInt16BE((profile << 9) | (6 << 3) | 5, 10);
  const entry = bytes.indexOf('hvc1', bytes.indexOf('stsd')) - 4;
  const grown = Buffer.from(bytes);
  const around = ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stsd'].map((name) => grown.lastIndexOf(name, entry) - 4);
  for (const at of [...around, entry]) grown.writeUInt32BE(grown.readUInt32BE(at) + box.length, at);
  const end = entry + bytes.readUInt32BE(entry);
  return Buffer.concat([grown.subarray(0, end), box, grown.subarray(end)]);
}
