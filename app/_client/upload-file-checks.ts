import { MAX_MASTER_BYTES } from '#lib/masters/master-schemas.ts';
import { MASTER_CONTENT_TYPES, masterFilenameSchema } from '#lib/storage/object-keys.ts';

/** Why a file cannot be sent; each has its words in the catalogue (`upload.fileFaults`). */
export type FileFault = 'unreadable' | 'empty' | 'too_large' | 'suffix' | 'name' | 'not_a_video';

/** How many of the first bytes are looked at: three packets of an M2TS stream, and more than any other signature. */
export const HEAD_BYTES = 768;

const SUFFIXES = Object.keys(MASTER_CONTENT_TYPES);

const suffixOf = (name: string): string => /\.([A-Za-z0-9]{1,5})$/.exec(name)?.[1]?.toLowerCase() ?? '';

/** The content type that a master of this name is stored under; empty for an unknown suffix. */
export function contentTypeOf(name: string): string {
  const found = Object.entries(MASTER_CONTENT_TYPES).find(([suffix]) => suffix === suffixOf(name));
  return found?.[1] ?? '';
}

const startsWith = (bytes: Uint8Array, offset: number, expected: readonly number[]) =>
  expected.every((value, index) => bytes[offset + index] === value);

const asciiAt = (bytes: Uint8Array, offset: number, length: number) =>
  String.fromCharCode(...bytes.subarray(offset, offset + length));

/** First boxes of ISO base media and QuickTime files (ISO/IEC 14496-12 §4.2; older .mov files start without `ftyp`). */
const FIRST_BOXES = new Set(['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip', 'pnot']);

/** MPEG transport packets of a given length start with 0x47, from `offset` on (ISO/IEC 13818-1 §2.4.3.2). */
const hasSyncBytes = (bytes: Uint8Array, offset: number, packetLength: number) =>
  [0, 1, 2].every((packet) => bytes[offset + packet * packetLength] === 0x47);

/** Whether the first bytes of a file are those of a video container that a master may have. */
export function looksLikeVideo(head: Uint8Array): boolean {
  return (
    FIRST_BOXES.has(asciiAt(head, 4, 4)) ||
    startsWith(head, 0, [0x1a, 0x45, 0xdf, 0xa3]) ||
    (asciiAt(head, 0, 4) === 'RIFF' && asciiAt(head, 8, 4) === 'AVI ') ||
    hasSyncBytes(head, 0, 188) ||
    hasSyncBytes(head, 4, 192) ||
    startsWith(head, 0, [0, 0, 1, 0xba]) ||
    startsWith(head, 0, [0, 0, 1, 0xb3])
  );
}

/** The first thing wrong with a file, before a byte of it is sent; `null` when nothing is. */
export function faultOfFile(file: { name: string; size: number }, head: Uint8Array): FileFault | null {
  if (file.size === 0) return 'empty';
  if (file.size > MAX_MASTER_BYTES) return 'too_large';
  if (!SUFFIXES.includes(suffixOf(file.name))) return 'suffix';
  if (!looksLikeVideo(head)) return 'not_a_video';
  return masterFilenameSchema.safeParse(file.name).success ? null : 'name';
}

/**
 * A name like this one that the lake accepts: accents dropped, everything else that is refused turned into `-`.
 * `null` when there is none (no known suffix, or nothing left of the name).
 */
export function cleanedFilename(name: string): string | null {
  const suffix = suffixOf(name);
  if (!SUFFIXES.includes(suffix)) return null;
  const stem = name
    .slice(0, -suffix.length - 1)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/\.{2,}/g, '.')
    .replace(/-{2,}/g, '-')
    .replace(/^[^A-Za-z0-9]+|(?<![._-])[._-]+$/g, '')
    .slice(0, 200 - suffix.length - 1);
  const cleaned = `${stem}.${suffix}`;
  return masterFilenameSchema.safeParse(cleaned).success ? cleaned : null;
}
