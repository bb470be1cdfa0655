import { describe, expect, it } from 'vitest';
import { type ForeignFile, foreignByBytes, foreignBySuffix } from './foreign-files.ts';
import { masterFilenameSchema } from './object-keys.ts';

const bytes = (text: string) => Uint8Array.from(text.padEnd(64, 'x'), (letter) => letter.charCodeAt(0));
const ebml = (docType: string) =>
  bytes(`\x1a\x45\xdf\xa3\x01\0\0\0\0\0\0\x1f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\x82\x88${docType}`);

describe('the first bytes', () => {
  it.each<[string, Uint8Array, ForeignFile]>([
    ['HEIC of a phone', bytes('\0\0\0\x24ftypheic'), 'picture'],
    ['AVIF', bytes('\0\0\0\x24ftypavif'), 'picture'],
    ['JPEG', bytes('\xff\xd8\xff\xe1\0\x10Exif'), 'picture'],
    ['PNG', bytes('\x89PNG\r\n\x1a\n'), 'picture'],
    ['WebP', bytes('RIFF\x10\0\0\0WEBPVP8 '), 'picture'],
    ['sound of a phone', bytes('\0\0\0\x1cftypM4A '), 'sound'],
    ['WAVE', bytes('RIFF\x10\0\0\0WAVEfmt '), 'sound'],
    ['WAVE beyond 4 GiB', bytes('RF64\xff\xff\xff\xffWAVEds64'), 'sound'],
    ['MP3', bytes('ID3\x04'), 'sound'],
    ['FLAC', bytes('fLaC'), 'sound'],
    ['ZIP', bytes('PK\x03\x04'), 'archive'],
    ['HLS', bytes('#EXTM3U\n'), 'playlist'],
    ['AppleDouble', bytes('\0\x05\x16\x07'), 'sidecar'],
    ['AVCHD’s list', bytes('MPLS0200'), 'sidecar'],
    ['a saved page of a sign-in', bytes('<!DOCTYPE html>'), 'document'],
    ['a file that was never written', new Uint8Array(768), 'blank'],
    ['MXF', bytes('\x06\x0e\x2b\x34\x02\x05\x01\x01'), 'mxf'],
    ['ASF', bytes('\x30\x26\xb2\x75\x8e\x66\xcf\x11'), 'windows_media'],
    ['FLV', bytes('FLV\x01\x05'), 'flash'],
    ['WebM', ebml('webm\0\0\0\0'), 'webm'],
    ['RED', bytes('\0\0\x01\x40RED2'), 'camera_raw'],
    ['Canon’s raw', bytes('\0\0\0\x18ftypcrx '), 'camera_raw'],
    ['H.264 without a container', bytes('\0\0\0\x01\x67'), 'bare_stream'],
    ['MPEG-2 without a container', bytes('\0\0\x01\xb3'), 'bare_stream'],
    ['Ogg', bytes('OggS\0'), 'other_video'],
  ])('tell %s', (_name, head, kind) => {
    expect(foreignByBytes(head)).toBe(kind);
  });

  it.each([
    ['MP4', bytes('\0\0\0\x20ftypisom')],
    ['QuickTime', bytes('\0\0\0\x14ftypqt  ')],
    ['M4V', bytes('\0\0\0\x20ftypM4V ')],
    ['QuickTime of old', bytes('\0\0\0\x08wide\0\0\0\0mdat')],
    ['Matroska', ebml('matroska')],
    ['a transport stream', bytes('\x47\x40\x11\x10')],
    ['a program stream', bytes('\0\0\x01\xba\x44')],
    ['AVI', bytes('RIFF\x10\0\0\0AVI LIST')],
    ['nothing', new Uint8Array()],
  ])('leave %s alone', (_name, head) => {
    expect(foreignByBytes(head)).toBeNull();
  });
});

describe('the name', () => {
  it('tells what is no master, and the schema says what it is and what to do', () => {
    expect(['mxf', 'webm', 'm4a', 'heic', 'braw', 'r3d', 'xyz', 'mp4', ''].map(foreignBySuffix)).toEqual([
      ...['mxf', 'webm', 'sound', 'picture', 'camera_raw', 'camera_raw', null, null, null],
    ]);
    const messages = (name: string) => masterFilenameSchema.safeParse(name).error?.issues.map(({ message }) => message);
    expect(messages('p1.MXF')).toEqual([
      expect.stringMatching(/^MXF cannot be read here\. Export .* A master ends in/),
    ]);
    expect(messages('p1.xyz')).toEqual([expect.stringMatching(/^A master ends in \.mp4/)]);
    expect(messages('p1.mp4')).toBeUndefined();
  });
});
