import type { ByteSource } from '#lib/storage/port/byte-source.ts';
import { readBytes } from './read-bytes.ts';

/** Length in 32 bits, type, and a length in 64 bits where the first one is 1 (ISO/IEC 14496-12 §4.2). */
const HEADER_BYTES = 16;
const TYPE_AT = 4;
/** Of a file, or of its index, that somebody would want prepared. */
const MAX_BOXES = 1000;
/** A track's descriptions stand before its tables. */
const TRACK_HEAD_BYTES = 64 * 1024;

interface Box {
  type: string;
  /** Where what is in it begins, and where it ends. */
  inside: number;
  end: number;
}

/** The box at a place; `null` where there is none. */
function boxAt(bytes: Buffer, at: number, offset: number): Box | null {
  if (at + 8 > bytes.length) return null;
  const short = bytes.readUInt32BE(at);
  const isLong = short === 1 && at + HEADER_BYTES <= bytes.length;
  const size = isLong ? Number(bytes.readBigUInt64BE(at + 8)) : short;
  const headBytes = isLong ? HEADER_BYTES : 8;
  if (size < headBytes) return null;
  const type = bytes.toString('latin1', at + TYPE_AT, at + 8);
  return { type, inside: offset + at + headBytes, end: offset + at + size };
}

/** The boxes of a file between two places, one after another. */
async function* boxesOf(source: ByteSource, first: number, end: number, signal?: AbortSignal): AsyncGenerator<Box> {
  let at = first;
  for (let count = 0; count < MAX_BOXES && at < end; count++) {
    const box = boxAt(await readBytes(source, at, HEADER_BYTES, signal), 0, at);
    if (!box) return;
    yield box;
    at = box.end;
  }
}

/** How many descriptions a track has, by its first bytes. */
function descriptionsIn(bytes: Buffer, first: number): number {
  let at = first;
  for (const wanted of ['mdia', 'minf', 'stbl', 'stsd']) {
    let box = boxAt(bytes, at, 0);
    while (box && box.type !== wanted) box = boxAt(bytes, box.end, 0);
    if (!box) return 1;
    at = box.inside;
  }
  return at + 8 <= bytes.length ? bytes.readUInt32BE(at + 4) : 1;
}

/**
 * Whether a track of an MP4 or a QuickTime file has several sample descriptions (§8.5.2): then it is coded in another way
 * from some picture on, and says so beside the pictures.
 */
export async function hasSeveralDescriptions(source: ByteSource, signal?: AbortSignal): Promise<boolean> {
  for await (const top of boxesOf(source, 0, source.sizeBytes, signal)) {
    if (top.type !== 'moov') continue;
    for await (const { type, inside, end } of boxesOf(source, top.inside, top.end, signal)) {
      if (type !== 'trak') continue;
      const head = await readBytes(source, inside, Math.min(end - inside, TRACK_HEAD_BYTES), signal);
      if (descriptionsIn(head, 0) > 1) return true;
    }
  }
  return false;
}
