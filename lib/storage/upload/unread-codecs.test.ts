import { describe, expect, it } from 'vitest';
import { hasUnreadPicture } from './unread-codecs.ts';

const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const codecId = (name: string) => `\x86${String.fromCharCode(0x80 | name.length)}${name}`;
const entry = (name: string) => `stsd\0\0\0\0\0\0\0\x01\0\0\0\x56${name}\0\0\0\0\0\0\0\x01`;

describe('a picture that cannot be read', () => {
  it.each([
    ['VP9 in Matroska', 'mkv', codecId('V_VP9') + codecId('A_OPUS')],
    ['AV1 in MP4', 'mp4', entry('av01') + entry('mp4a')],
    ['CineForm in MOV', 'mp4', entry('CFHD')],
    ['Motion JPEG of an old camera', 'avi', 'strhvidsMJPG'],
  ] as const)('is told by the first bytes: %s', (_name, container, text) => {
    expect(hasUnreadPicture(bytes(text), container)).toBe(true);
  });

  it.each([
    ['H.264 in Matroska', 'mkv', codecId('V_MPEG4/ISO/AVC') + codecId('A_AAC')],
    ['ProRes, with a picture of Motion JPEG beside it', 'mp4', entry('apch') + entry('jpeg')],
    ['an index at the end', 'mp4', '\0\0\0\x20ftypisom\0\0\0\x08mdat'],
    ['a sound that is unknown', 'mp4', entry('hvc1') + entry('apac')],
    ['MPEG-4 in AVI', 'avi', 'strhvidsXVID'],
    ['a transport stream', 'ts', 'MJPG'],
  ] as const)('is not %s', (_name, container, text) => {
    expect(hasUnreadPicture(bytes(text), container)).toBe(false);
  });
});
