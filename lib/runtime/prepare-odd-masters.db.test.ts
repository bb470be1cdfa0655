import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ffmpeg,
  frameNumbers,
  makeMaster,
  type NumberedMaster,
  scratchFolder,
} from '#lib/media/test-masters/numbered.ts';
import { joinedRecordings, tunedIn, withTwoDescriptions, withTwoEdits } from '#lib/media/test-masters/odd.ts';
import { type PortalFixture, portalFixture } from './portal-fixture.ts';
import { encodeParts, joined, preparation, prepare, putMaster } from './preparing-fixture.ts';

let portal: PortalFixture;
let scratch: Awaited<ReturnType<typeof scratchFolder>>;
const inScratch = (name: string) => join(scratch.path, name);
const x264 = (...rest: string[]) => ['-c:v', 'libx264', '-preset', 'ultrafast', ...rest];

const PLAIN = { rate: '25', seconds: 8, video: x264('-g', '50', '-bf', '2'), audio: ['-c:a', 'aac'] };

/** Makes a file from nothing, or from what lies in the folder. */
const made = (master: NumberedMaster) => makeMaster(scratch.path, master);
async function remade(file: string, ...args: string[]): Promise<string> {
  await ffmpeg([...args, file], scratch.path);
  return inScratch(file);
}
async function changed(file: string, change: (bytes: Buffer) => Buffer, from = 'plain.mp4'): Promise<string> {
  await writeFile(inScratch(file), change(await readFile(inScratch(from))));
  return inScratch(file);
}

beforeAll(async () => {
  [portal, scratch] = [await portalFixture(), await scratchFolder()];
  for (const file of ['plain.mp4', 'plain.ts']) await made({ file, ...PLAIN });
}, 60_000);
afterAll(async () => {
  await portal.close();
  await scratch.remove();
});

/** Prepares a master to its end, and joins what it is played from. */
async function prepared(file: string) {
  const id = await putMaster(portal, file);
  await prepare(portal, id);
  await encodeParts(portal, id);
  const { renditions, sheets, ...row } = await preparation(portal, id);
  const name = row.kind === 'source' ? 'source' : '180';
  const film = await joined(portal, id, { name, file: inScratch(`${id}.mp4`) });
  const { segments = [] } = renditions.find((one) => one.name === name) ?? {};
  return { ...row, sheets, segments, numbers: await frameNumbers(film) };
}

describe('a master that is odd is prepared to the frame', () => {
  it.for<[string, 'source' | 'ladder', () => Promise<string>]>([
    ['begins 5 s late', 'source', () => remade('five.mkv', '-i', 'plain.mp4', '-c', 'copy', '-output_ts_offset', '5')],
    [
      'whose clock wraps',
      'source',
      () => remade('wrap.ts', '-i', 'plain.ts', '-c', 'copy', '-output_ts_offset', '95438'),
    ],
    [
      'that begins in a group of pictures',
      'source',
      async () => {
        await tunedIn(inScratch('plain.ts'), inScratch('late.ts'), 0.9);
        return inScratch('late.ts');
      },
    ],
    [
      'that an edit list leaves two parts of',
      'ladder',
      async () => {
        await withTwoEdits(inScratch('plain.mp4'), inScratch('edited.mp4'));
        return inScratch('edited.mp4');
      },
    ],
    [
      'whose sound ends early',
      'source',
      () =>
        remade('hush.mp4', '-i', 'plain.mp4', '-t', '4', '-i', 'plain.mp4', '-map', '0:v', '-map', '1:a', '-c', 'copy'),
    ],
    ['of two recordings, 2 s apart', 'source', () => joinedRecordings(scratch.path, 'gap.ts', { offsetS: 6 })],
    ['of two recordings, 96 s apart', 'source', () => joinedRecordings(scratch.path, 'long.ts', { offsetS: 100 })],
    [
      'of two recordings that are coded in two ways',
      'ladder',
      () => joinedRecordings(scratch.path, 'two.ts', { offsetS: 4, second: ['-refs', '4', '-x264-params', 'cabac=1'] }),
    ],
    [
      'that says of itself that it is coded in two ways',
      'ladder',
      async () => {
        await withTwoDescriptions(inScratch('plain.mp4'), inScratch('joined.mp4'));
        return inScratch('joined.mp4');
      },
    ],
    [
      'of 240 frames a second',
      'source',
      () => made({ file: 'fast.mp4', rate: '240', seconds: 4.2, size: '160x96', video: x264('-g', '1000') }),
    ],
    [
      'whose key frames are too far apart for any pipe',
      'ladder',
      () =>
        made({
          file: 'far.mp4',
          rate: '60',
          seconds: 17,
          size: '320x180',
          video: x264('-g', '2000'),
          audio: ['-c:a', 'aac'],
        }),
    ],
    [
      'whose key frames follow each other',
      'source',
      () => made({ file: 'intra.mp4', rate: '25', seconds: 3, video: x264('-g', '1') }),
    ],
    [
      'that lost its end',
      'source',
      () =>
        changed('lost.ts', (bytes) => bytes.subarray(0, Math.floor((bytes.length * 0.7) / 188) * 188 + 90), 'plain.ts'),
    ],
  ])('%s', { timeout: 60_000 }, async ([, kind, make]) => {
    const file = await make();
    const { numbers, ...row } = await prepared(file);
    expect([row.kind, row.status, row.errorMessage]).toEqual([kind, 'ready', null]);
    const shown = await frameNumbers(file);
    expect(numbers).toEqual(shown);
    expect(row.sheets).toHaveLength(row.chunks.length);
    const ends = row.segments.map(({ startS, durationS }) => startS + durationS);
    expect(ends.slice(0, -1)).toEqual(row.segments.slice(1).map(({ startS }) => expect.closeTo(startS, 4)));
    expect(row.playableToS).toBeGreaterThan((ends.at(-1) ?? 0) - 0.05);
  });
});

describe('a master whose middle is damaged', () => {
  /** In a transport stream all but the headers of packets and frames: what is lost there altogether is a gap. */
  const spoilt = (bytes: Buffer, isTransport: boolean) => {
    const from = Math.floor(bytes.length * 0.6);
    for (let at = from; at < from + 3000; at++) {
      const packet = at - (at % 188);
      if (!isTransport || (at - packet > 40 && bytes.readUInt16BE(packet + 1) === 0x0100)) bytes[at] = 0xff;
    }
    return bytes;
  };
  it.for(['plain.mp4', 'noisy.ts', 'plain.mkv'])(
    '%s is prepared up to it, and it is said where',
    {
      timeout: 60_000,
    },
    async (whole) => {
      if (whole === 'plain.mkv') await remade(whole, '-i', 'plain.mp4', '-c', 'copy');
      // Frames of several packets.
      if (whole === 'noisy.ts') await made({ ...PLAIN, file: whole, filters: 'noise=alls=20:allf=t' });
      const file = await changed(`spoilt-${whole}`, (bytes) => spoilt(bytes, whole.endsWith('ts')), whole);
      const id = await putMaster(portal, file, inScratch(whole));
      await prepare(portal, id, { isLastAttempt: true });
      await encodeParts(portal, id);
      const { status, errorMessage, playableToS } = await preparation(portal, id);
      const [, nearS] = /damaged near (\d+\.\d) s/.exec(errorMessage ?? '') ?? [];
      expect([status, errorMessage, Number(nearS), playableToS]).toEqual([
        ...['failed', expect.any(String), expect.closeTo(4.8, -0.6), expect.closeTo(6, -0.9)],
      ]);
    },
  );
});
