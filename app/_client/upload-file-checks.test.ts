import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { masterFilenameSchema } from '#lib/storage/object-keys.ts';
import { cleanedFilename, contentTypeOf, faultOfFile, HEAD_BYTES, looksLikeVideo } from './upload-file-checks.ts';

const ascii = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const MP4 = ascii('\0\0\0\x20ftypisom');

function transportStream(offset: number, packetLength: number): Uint8Array {
  const bytes = new Uint8Array(HEAD_BYTES);
  for (let at = offset; at < bytes.length; at += packetLength) bytes[at] = 0x47;
  return bytes;
}

describe('looksLikeVideo', () => {
  it.each([
    ['mp4', MP4],
    ['old QuickTime', ascii('\0\0\0\x08wide\0\0\0\0mdat')],
    ['Matroska', Uint8Array.of(0x1a, 0x45, 0xdf, 0xa3, 0x01)],
    ['AVI', ascii('RIFF\0\0\0\0AVI LIST')],
    ['MPEG-TS', transportStream(0, 188)],
    ['M2TS', transportStream(4, 192)],
    ['MPEG-PS', Uint8Array.of(0, 0, 1, 0xba)],
  ])('knows %s', (_name, head) => {
    expect(looksLikeVideo(head)).toBe(true);
  });

  it.each([
    ['text', ascii('Period 1 was slow.')],
    ['a playlist', ascii('#EXTM3U\n#EXT-X-VERSION:3\n')],
    ['sound in RIFF', ascii('RIFF\0\0\0\0WAVEfmt ')],
    ['one lucky G', ascii('Goal!')],
    ['nothing', new Uint8Array()],
  ])('refuses %s', (_name, head) => {
    expect(looksLikeVideo(head)).toBe(false);
  });
});

describe('faultOfFile', () => {
  it.each([
    [{ name: 'p1.mp4', size: 0 }, MP4, 'empty'],
    [{ name: 'p1.mp4', size: 6 * 1024 ** 4 }, MP4, 'too_large'],
    [{ name: 'p1.txt', size: 10 }, MP4, 'suffix'],
    [{ name: 'p1', size: 10 }, MP4, 'suffix'],
    [{ name: 'p1.mp4', size: 10 }, ascii('#EXTM3U'), 'not_a_video'],
    [{ name: 'période 1.mp4', size: 10 }, MP4, 'name'],
    [{ name: '../p1.mp4', size: 10 }, MP4, 'name'],
    [{ name: 'p1-20251011-MTLvsCHI.MP4', size: 10 }, MP4, null],
  ])('%j is %s', (file, head, fault) => {
    expect(faultOfFile(file, head)).toBe(fault);
  });
});

describe('cleanedFilename', () => {
  it.each([
    ['Période 1 (MTL à CHI).mp4', 'Periode-1-MTL-a-CHI.mp4'],
    ['../../etc/p1.mov', 'etc-p1.mov'],
    ['..hidden.mkv', 'hidden.mkv'],
    ['p1\u202Egpj.mp4', 'p1-gpj.mp4'],
    ['p1..final.MP4', 'p1.final.mp4'],
    ['notes.txt', null],
    ['★.mp4', null],
  ])('%j becomes %j', (name, cleaned) => {
    expect(cleanedFilename(name)).toBe(cleaned);
  });

  it('is acceptable, or none, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (stem) => {
        const cleaned = cleanedFilename(`${stem}.mp4`);
        expect(cleaned === null || masterFilenameSchema.safeParse(cleaned).success).toBe(true);
      }),
    );
  });
});

it('stores each suffix under its content type', () => {
  expect(['a.MP4', 'a.mov', 'a.m2ts', 'a.txt'].map(contentTypeOf)).toEqual([
    'video/mp4',
    'video/quicktime',
    'video/mp2t',
    '',
  ]);
});
