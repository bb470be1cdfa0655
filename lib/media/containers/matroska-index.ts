import { Readable } from 'node:stream';
import type { ByteSource } from '#lib/storage/port/byte-source.ts';
import { EBML, type EbmlElement, elementsOf, readElement, readUnsigned, writeElement, writeUnsigned } from './ebml.ts';
import { readBytes } from './read-bytes.ts';

/** What comes before the first cluster: a few kilobytes, and a megabyte with an attachment. */
const HEAD_BYTES = 1024 * 1024;
const FIRST_BYTES = 4096;

/** At so many places of the file a cluster is looked for, but no closer together than a moment's reading. */
const MOST_PLACES = 64;
const PLACE_EVERY_BYTES = 8 * 1024 * 1024;
const AT_ONCE = 8;

/** A cluster is 5 MB at most where ffmpeg writes it; beyond this nothing is looked for. */
const WINDOW_BYTES = 512 * 1024;
const MOST_WINDOWS = 24;

/** The bytes at which a cluster begins. */
const CLUSTER_ID = Buffer.from('1f43b675', 'hex');
/** `SeekID` of the index: what an unbroken file's list of contents has. */
const CUES_SEEK_ID = Buffer.from('53ab841c53bb6b', 'hex');

interface Head {
  bytes: Buffer;
  segment: EbmlElement;
  /** Where the first cluster begins, and the index goes. */
  firstCluster: number;
  trackNumbers: number[];
  /** `SeekPosition` of an index that is not there. */
  lostIndex: EbmlElement | null;
}

interface Cluster {
  at: number;
  /** In ticks of the segment, as the index has it. */
  time: number;
}

/**
 * A Matroska file whose recorder died, or wrote into a pipe, has no index, and ffmpeg reads it from its start to whatever
 * is looked for. Seen through this it has one in front of its first cluster, of some clusters all over the file. Everything
 * else, and a small file, is given back as it is. Reads some megabytes. Throws `source_unreadable` when the store fails.
 */
export async function withMatroskaIndex(source: ByteSource, signal?: AbortSignal): Promise<ByteSource> {
  const first = await readBytes(source, 0, FIRST_BYTES, signal);
  const isMatroska = readElement(first, 0)?.id === EBML.header;
  // A whole file's list of contents comes first: no more of it is read.
  if (!isMatroska || source.sizeBytes < 2 * PLACE_EVERY_BYTES || hasIndex(first, source.sizeBytes)) return source;
  const head = parseHead(await readBytes(source, 0, HEAD_BYTES, signal), source.sizeBytes);
  if (!head) return source;
  const clusters = await findClusters(source, head.firstCluster, signal);
  return clusters.length > 0 ? insertIndex(source, head, clusters) : source;
}

/** Whether these first bytes have the index, or name one that is there. */
function hasIndex(bytes: Buffer, sizeBytes: number): boolean {
  const [, segment] = elementsOf(bytes, 0);
  if (segment?.id !== EBML.segment) return false;
  for (const element of elementsOf(bytes, segment.dataAt)) {
    if (element.id === EBML.cues) return true;
    const place = element.id === EBML.seekHead ? seekPositionOfIndex(bytes, element) : null;
    const position = place && readUnsigned(bytes, place);
    if (position !== null && segment.dataAt + position < sizeBytes) return true;
  }
  return false;
}

/** Null where there is an index already, or nothing that one could be put in front of. */
function parseHead(bytes: Buffer, sizeBytes: number): Head | null {
  const [, segment] = elementsOf(bytes, 0);
  if (segment?.id !== EBML.segment || hasIndex(bytes, sizeBytes)) return null;
  let trackNumbers: number[] = [];
  let lostIndex: EbmlElement | null = null;
  let at = segment.dataAt;
  for (const element of elementsOf(bytes, segment.dataAt)) {
    if (element.id === EBML.cluster) {
      return trackNumbers.length > 0 ? { bytes, segment, firstCluster: at, trackNumbers, lostIndex } : null;
    }
    if (element.id === EBML.tracks) trackNumbers = numbersOfTracks(bytes, element);
    if (element.id === EBML.seekHead) lostIndex = seekPositionOfIndex(bytes, element);
    at = element.dataAt + (element.length ?? 0);
  }
  return null;
}

function numbersOfTracks(bytes: Buffer, tracks: EbmlElement): number[] {
  const entries = [...elementsOf(bytes, tracks.dataAt, tracks.dataAt + (tracks.length ?? 0))];
  return entries.flatMap((entry) => {
    if (entry.id !== EBML.trackEntry) return [];
    const parts = [...elementsOf(bytes, entry.dataAt, entry.dataAt + (entry.length ?? 0))];
    const number = parts.find(({ id }) => id === EBML.trackNumber);
    return number ? [readUnsigned(bytes, number) ?? 0] : [];
  });
}

function seekPositionOfIndex(bytes: Buffer, { dataAt, length }: EbmlElement): EbmlElement | null {
  const at = bytes.indexOf(CUES_SEEK_ID, dataAt);
  if (at < 0 || at > dataAt + (length ?? 0)) return null;
  const position = readElement(bytes, at + CUES_SEEK_ID.length);
  return position?.id === EBML.seekPosition ? position : null;
}

/** Clusters at about even distances from behind the first one on, the last of them near the end. */
async function findClusters(source: ByteSource, from: number, signal?: AbortSignal): Promise<Cluster[]> {
  const bytes = source.sizeBytes - from;
  const places = Math.min(MOST_PLACES, Math.floor(bytes / PLACE_EVERY_BYTES));
  const starts = Array.from({ length: places }, (_, i) => from + Math.floor((bytes * i) / places));
  starts.push(source.sizeBytes - PLACE_EVERY_BYTES / 2);
  const found: (Cluster | null)[] = [];
  for (let i = 0; i < starts.length; i += AT_ONCE) {
    const some = starts.slice(i, i + AT_ONCE).map((start) => nextCluster(source, start, signal));
    found.push(...(await Promise.all(some)));
  }
  const byPlace = new Map(found.flatMap((cluster) => (cluster ? [[cluster.at, cluster] as const] : [])));
  return [...byPlace.values()].sort((a, b) => a.at - b.at);
}

/** The first cluster that begins at or behind a byte; null when none does for a while. */
async function nextCluster(source: ByteSource, from: number, signal?: AbortSignal): Promise<Cluster | null> {
  for (let window = 0; window < MOST_WINDOWS; window++) {
    const start = from + window * WINDOW_BYTES;
    // Some bytes more: a head that begins in this window may end in the next.
    const bytes = await readBytes(source, start, WINDOW_BYTES + 64, signal);
    for (let at = bytes.indexOf(CLUSTER_ID); at >= 0; at = bytes.indexOf(CLUSTER_ID, at + 1)) {
      const time = timeOfCluster(bytes, at);
      if (time !== null) return { at: start + at, time };
    }
    if (bytes.length < WINDOW_BYTES) return null;
  }
  return null;
}

/** The time stamp comes first in a cluster, but for a checksum; the same four bytes in a picture have none behind them. */
function timeOfCluster(bytes: Buffer, at: number): number | null {
  const cluster = readElement(bytes, at);
  if (!cluster) return null;
  for (const element of elementsOf(bytes, cluster.dataAt)) {
    if (element.id === EBML.timestamp) return readUnsigned(bytes, element);
    if (element.id !== EBML.crc32) return null;
  }
  return null;
}

function insertIndex(source: ByteSource, head: Head, clusters: readonly Cluster[]): ByteSource {
  const { segment, firstCluster, lostIndex } = head;
  const indexOf = (shift: number) => indexBytes(head, clusters, shift);
  const index = indexOf(indexOf(0).length);
  const start = Buffer.concat([head.bytes.subarray(0, firstCluster), index]);
  // The segment is longer than it says by the index: it lasts as long as it lasts.
  const unknown = Buffer.alloc(segment.dataAt - segment.lengthAt, 0xff);
  unknown[0] = 2 ** (9 - unknown.length) - 1;
  unknown.copy(start, segment.lengthAt);
  if (lostIndex?.length) {
    const position = Buffer.alloc(8);
    position.writeBigUInt64BE(BigInt(firstCluster - segment.dataAt));
    position.copy(start, lostIndex.dataAt, 8 - lostIndex.length);
  }
  return {
    sizeBytes: source.sizeBytes + index.length,
    read: async (range, signal) => readBehind(source, { start, shift: index.length }, range, signal),
  };
}

/** The index (`Cues`) of some clusters for every track, whose bytes lie `shift` later than they did. */
function indexBytes({ segment, trackNumbers }: Head, clusters: readonly Cluster[], shift: number): Buffer {
  const points = clusters.map(({ at, time }) => {
    const places = trackNumbers.map((track) =>
      writeElement(
        EBML.cueTrackPositions,
        Buffer.concat([
          writeUnsigned(EBML.cueTrack, track),
          writeUnsigned(EBML.cueClusterPosition, at - segment.dataAt + shift),
        ]),
      ),
    );
    return writeElement(EBML.cuePoint, Buffer.concat([writeUnsigned(EBML.cueTime, time), ...places]));
  });
  return writeElement(EBML.cues, Buffer.concat(points));
}

/** Of the bytes that were put in front, and of the source behind them. */
async function readBehind(
  source: ByteSource,
  { start, shift }: { start: Buffer; shift: number },
  { first, last }: { first: number; last: number },
  signal?: AbortSignal,
): Promise<Readable> {
  const behind = () => source.read({ first: Math.max(first, start.length) - shift, last: last - shift }, signal);
  if (first >= start.length) return behind();
  const own = start.subarray(first, Math.min(start.length, last + 1));
  if (last < start.length) return Readable.from([own]);
  const rest = await behind();
  return Readable.from(
    (async function* () {
      yield own;
      yield* rest;
    })(),
  );
}
