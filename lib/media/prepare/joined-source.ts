import { Readable } from 'node:stream';
import type { WrittenObject } from '#lib/media/prepare-work.ts';
import type { ByteSource } from '#lib/storage/port/byte-source.ts';
import type { Buckets } from '#lib/storage/port/object-keys.ts';
import type { ObjectRef, ObjectStore } from '#lib/storage/port/object-store.ts';
import { PREPARED_INIT, preparedRef, segmentName } from '#lib/storage/port/prepared-keys.ts';
import type { PreparedPlace } from './write-prepared.ts';

interface Part {
  ref: ObjectRef;
  generation: string;
  firstByte: number;
  sizeBytes: number;
}

/** A rendition's header and some of its segments. */
export interface JoinedSegments {
  name: string;
  init: WrittenObject;
  segments: readonly (WrittenObject & { number: number })[];
}

/** A prepared rendition, or a piece of it, as one file that can be read by range. */
export function joinSegments(
  { store, buckets }: { store: ObjectStore; buckets: Buckets },
  place: PreparedPlace,
  { name, init, segments }: JoinedSegments,
): ByteSource {
  let sizeBytes = 0;
  const partOf = (fileName: string, object: WrittenObject): Part => {
    const ref = preparedRef(buckets, place, { folder: name, fileName });
    const part = { ref, generation: object.generation, firstByte: sizeBytes, sizeBytes: object.sizeBytes };
    sizeBytes += object.sizeBytes;
    return part;
  };
  const parts = [
    partOf(PREPARED_INIT, init),
    ...segments.map((segment) => partOf(segmentName(segment.number), segment)),
  ];
  async function* bytesOf(first: number, last: number, signal?: AbortSignal): AsyncGenerator<Buffer> {
    for (const { ref, generation, firstByte, sizeBytes: size } of parts) {
      const range = { first: Math.max(0, first - firstByte), last: Math.min(size - 1, last - firstByte) };
      if (range.first > range.last) continue;
      yield* await store.read(ref, { range, generation, ...(signal ? { signal } : {}) });
    }
  }
  return { sizeBytes, read: async ({ first, last }, signal) => Readable.from(bytesOf(first, last, signal)) };
}
