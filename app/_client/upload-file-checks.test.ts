import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { masterFilenameSchema } from '#lib/storage/port/object-keys.ts';
import {
  cleanedFilename,
  containerOf,
  faultOfFile,
  faultUnderName,
  HEAD_BYTES,
  isNameFault,
} from './upload-file-checks.ts';

const ascii = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const MP4 = ascii('\0\0\0\x20ftypisom');
const MATROSKA = Uint8Array.of(0x1a, 0x45, 0xdf, 0xa3, 0x01);
const WEBM = ascii('\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm\x42\x87');

function transportStream(offset: number, packetLength: number): Uint8Array {
  const bytes = new Uint8Array(HEAD_BYTES);
  for (let at = offset; at < bytes.length; at += packetLength) bytes[at] = 0x47;
  return bytes;
}

describe('containerOf', () => {
  it.each([
    ['mp4', MP4, 'mp4'],
    ['old QuickTime', ascii('\0\0\0\x08wide\0\0\0\0mdat'), 'mp4'],
    ['Matroska', MATROSKA, 'mkv'],
    ['AVI', ascii('RIFF\0\0\0\0AVI LIST'), 'avi'],
    ['MPEG-TS', transportStream(0, 188), 'ts'],
    ['M2TS', transportStream(4, 192), 'ts'],
    ['MPEG-PS', Uint8Array.of(0, 0, 1, 0xba), 'mpg'],
  ])('knows %s', (_name, head, container) => {
    expect(containerOf(head)).toBe(container);
  });

  it.each([
    ['text', ascii('Period 1 was slow.')],
    ['a playlist', ascii('#EXTM3U\n#EXT-X-VERSION:3\n')],
    ['sound in RIFF', ascii('RIFF\0\0\0\0WAVEfmt ')],
    ['one lucky G', ascii('Goal!')],
    ['nothing', new Uint8Array()],
  ])('refuses %s', (_name, head) => {
    expect(containerOf(head)).toBeNull();
  });
});

describe('faultOfFile', () => {
  it.each([
    [{ name: 'p1.mp4', size: 0 }, MP4, 'empty'],
    [{ name: 'p1.mp4', size: 6 * 1024 ** 4 }, MP4, 'too_large'],
    [{ name: 'p1.txt', size: 10 }, MP4, 'suffix'],
    [{ name: 'p1', size: 10 }, MP4, 'suffix'],
    [{ name: 'p1.mp4', size: 10 }, ascii('#EXTM3U'), 'playlist'],
    [{ name: 'p1.mp4', size: 10 }, ascii('Period 1 was slow.'), 'not_a_video'],
    [{ name: 'p1.mp4', size: 10 }, MATROSKA, 'is_mkv'],
    [{ name: 'p1.mkv', size: 10 }, MP4, 'is_mp4'],
    [{ name: 'p1.MOV', size: 10 }, MP4, null],
    [{ name: 'p1.mp4', size: 10 }, ascii('\x89PNG\r\n\x1a\n'), 'picture'],
    [{ name: 'p1.MOV', size: 10 }, ascii('\0\0\0\x20ftypM4A '), 'sound'],
    [{ name: 'p1.mkv', size: 10 }, WEBM, 'webm'],
    [{ name: 'p1.mxf', size: 10 }, ascii('\x06\x0e\x2b\x34'), 'mxf'],
    [{ name: 'p1.braw', size: 10 }, ascii('\0\0\0\x08wide\0\0\0\0mdat'), 'camera_raw'],
    [{ name: 'p1.wmv', size: 10 }, ascii('?'), 'windows_media'],
    [{ name: 'période 1.mp4', size: 10 }, MP4, 'name'],
    [{ name: '../p1.mp4', size: 10 }, MP4, 'name'],
    [{ name: 'p1-20251011-MTLvsCHI.MP4', size: 10 }, MP4, null],
  ])('%j is %s', (file, head, fault) => {
    expect(faultOfFile(file, head)).toBe(fault);
  });
});

describe('a fault of the name', () => {
  it('is gone under a name that is sound and agrees with the bytes', () => {
    expect(faultUnderName('is_mkv', 'p1.avi')).toBe('is_mkv');
    expect(faultUnderName('is_mkv', 'p 1.mkv')).toBe('is_mkv');
    expect(faultUnderName('is_mkv', 'p1.MKV')).toBeNull();
    expect(faultUnderName('name', 'p1.mp4')).toBeNull();
    expect(faultUnderName('empty', 'p1.mp4')).toBe('empty');
    expect((['name', 'is_ts', 'suffix', null] as const).map(isNameFault)).toEqual([true, true, false, false]);
  });

  it('comes with another name that has the right suffix', () => {
    expect(cleanedFilename('p1.final.mp4', 'is_mkv')).toBe('p1.final.mkv');
    expect(cleanedFilename('Période 1.avi', 'is_ts')).toBe('Periode-1.ts');
  });
});

describe('cleanedFilename', () => {
  it.each([
    ['Période 1 (MTL à CHI).mp4', 'Periode-1-MTL-a-CHI.mp4'],
    ['../../etc/p1.mov', 'etc-p1.mov'],
    ['..hidden.mkv', 'hidden.mkv'],
    ['p1\u202Egpj.mp4', 'p1-gpj.mp4'],
    ['p1..final.MP4', 'p1.final.mp4'],
    ['Период 1 против Чикаго.mp4', 'Period-1-protiv-Chikago.mp4'],
    ['Матч.mkv', 'Match.mkv'],
    ['Περίοδος 2.mov', 'Periodos-2.mov'],
    ['Größe – Übung.mp4', 'Groesse-Uebung.mp4'],
    ['Pe\u0301riode.mp4', 'Periode.mp4'],
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
