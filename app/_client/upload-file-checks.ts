import transliterate from '@sindresorhus/transliterate';
import { MAX_MASTER_BYTES } from '#lib/masters/master-schemas.ts';
import { type ForeignFile, foreignByBytes, foreignBySuffix } from '#lib/storage/port/foreign-files.ts';
import {
  hasSuffixOf,
  MASTER_CONTAINERS,
  MASTER_CONTENT_TYPES,
  type MasterContainer,
  masterFilenameSchema,
  suffixOf,
} from '#lib/storage/port/object-keys.ts';
import { hasUnreadPicture } from '#lib/storage/upload/unread-codecs.ts';

/** The name says another container than the first bytes do. */
export type MisnamedFault = `is_${MasterContainer}`;

/** Why a file cannot be sent; each has its words in the catalogue (`upload.fileFaults`). */
export type FileFault =
  | ('unreadable' | 'empty' | 'too_large' | 'suffix' | 'name' | 'not_a_video')
  | MisnamedFault
  | ForeignFile;

/** How many of the first bytes are looked at: where the codecs are named, when the index is in front. */
export const HEAD_BYTES = 65_536;

const SUFFIXES = Object.keys(MASTER_CONTENT_TYPES);
const CONTAINERS = Object.keys(MASTER_CONTAINERS) as MasterContainer[];

const startsWith = (bytes: Uint8Array, offset: number, expected: readonly number[]) =>
  expected.every((value, index) => bytes[offset + index] === value);

const asciiAt = (bytes: Uint8Array, offset: number, length: number) =>
  String.fromCharCode(...bytes.subarray(offset, offset + length));

/** First boxes of ISO base media and QuickTime files (ISO/IEC 14496-12 §4.2; older .mov files start without `ftyp`). */
const FIRST_BOXES = new Set(['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip', 'pnot']);

/** MPEG transport packets of a given length start with 0x47, from `offset` on (ISO/IEC 13818-1 §2.4.3.2). */
const hasSyncBytes = (bytes: Uint8Array, offset: number, packetLength: number) =>
  [0, 1, 2].every((packet) => bytes[offset + packet * packetLength] === 0x47);

/** What container the first bytes of a file are those of; `null` for one that no master has. */
export function containerOf(head: Uint8Array): MasterContainer | null {
  if (FIRST_BOXES.has(asciiAt(head, 4, 4))) return 'mp4';
  if (startsWith(head, 0, [0x1a, 0x45, 0xdf, 0xa3])) return 'mkv';
  if (asciiAt(head, 0, 4) === 'RIFF' && asciiAt(head, 8, 4) === 'AVI ') return 'avi';
  if (hasSyncBytes(head, 0, 188) || hasSyncBytes(head, 4, 192)) return 'ts';
  return startsWith(head, 0, [0, 0, 1, 0xba]) ? 'mpg' : null;
}

/** Kinds that lie in a container that is taken, and are none the less no master. */
const CONTAINED: readonly ForeignFile[] = ['camera_raw', 'sound', 'webm'];

function foreignByName(name: string, container: MasterContainer | null): ForeignFile | null {
  const foreign = foreignBySuffix(suffixOf(name));
  return foreign && (container === null || CONTAINED.includes(foreign)) ? foreign : null;
}

/** The first thing wrong with a file, before a byte of it is sent; `null` when nothing is. */
export function faultOfFile(file: { name: string; size: number }, head: Uint8Array): FileFault | null {
  if (file.size === 0) return 'empty';
  if (file.size > MAX_MASTER_BYTES) return 'too_large';
  const container = containerOf(head);
  const foreign = foreignByBytes(head) ?? foreignByName(file.name, container);
  if (foreign) return foreign;
  if (!SUFFIXES.includes(suffixOf(file.name))) return 'suffix';
  if (!container) return 'not_a_video';
  if (hasUnreadPicture(head, container)) return 'unread_codec';
  if (!hasSuffixOf(file.name, container)) return `is_${container}`;
  return masterFilenameSchema.safeParse(file.name).success ? null : 'name';
}

const containerSaid = (fault: FileFault | null): MasterContainer | undefined =>
  CONTAINERS.find((container) => fault === `is_${container}`);

/** Whether another name is all that a file with this fault lacks. */
export const isNameFault = (fault: FileFault | null): boolean => fault === 'name' || containerSaid(fault) !== undefined;

/** What is left of a fault of the name once the file has another one; every other fault stays. */
export function faultUnderName(fault: FileFault | null, filename: string): FileFault | null {
  const container = containerSaid(fault);
  if (!isNameFault(fault) || (container && !hasSuffixOf(filename, container))) return fault;
  return masterFilenameSchema.safeParse(filename).success ? null : fault;
}

/**
 * A name like this one that the lake accepts: accents dropped, other alphabets spelled in Latin letters, everything else
 * that is refused turned into `-`, and the suffix that the first bytes ask for. `null` when there is none (no known
 * suffix, or nothing left of the name).
 */
export function cleanedFilename(name: string, fault: FileFault | null = null): string | null {
  const given = suffixOf(name);
  if (!SUFFIXES.includes(given)) return null;
  const container = containerSaid(fault);
  const suffix = container ? MASTER_CONTAINERS[container].suffixes[0] : given;
  const stem = transliterate(name.slice(0, -given.length - 1).normalize('NFC'))
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
