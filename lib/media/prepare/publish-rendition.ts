import { MediaError } from '#lib/media/media-types.ts';
import type {
  ClaimedMaster,
  KnownRendition,
  PreparedSegment,
  PreparedShape,
  PrepareWork,
  SegmentTimes,
} from '#lib/media/prepare-work.ts';
import { encodeCrc32c, updateCrc32c } from '#lib/storage/port/crc32c.ts';
import { PREPARED_INIT, segmentName } from '#lib/storage/port/prepared-keys.ts';
import { ratesOf } from './segment-rates.ts';
import type { MadeSegment } from './segments.ts';
import type { SpareBuffers } from './spare-buffers.ts';
import { PreparationLostError, type PreparedWriter } from './write-prepared.ts';

/** Rows are written, and told of, about so often. */
const REGISTER_EVERY_MS = 1000;
/** So many objects are on their way at once, and so many bytes: this much of a master is in memory. */
const MOST_AT_ONCE = 8;
const MOST_BYTES_AT_ONCE = 24 * 1024 ** 2;

export interface PublishedRendition {
  id: number;
  /** Where it ends, in seconds from timecode zero. */
  toS: number;
  /** Where its segments begin, ascending. */
  startsS: number[];
  /** Nothing more comes, and clips may end up to here. */
  complete(toS: number): Promise<void>;
}

export interface RenditionTarget {
  work: PrepareWork;
  writer: PreparedWriter;
  master: ClaimedMaster;
}

/** A rendition as it is made. */
interface RenditionStream {
  shape: PreparedShape;
  init: Buffer;
  segments: AsyncIterable<MadeSegment>;
  spares: Pick<SpareBuffers, 'giveBack'>;
}

interface SegmentUnderWay {
  bytes: Buffer;
  wholeToS: number;
  written: Promise<PreparedSegment>;
}

/** What was registered of this rendition before, when it is the same one still; another one goes. */
async function goOnWith(
  { work, master }: RenditionTarget,
  { name }: PreparedShape,
  init: Buffer,
): Promise<KnownRendition | null> {
  const known = master.renditions.find((rendition) => rendition.name === name);
  if (!known) return null;
  if (known.init.crc32c === encodeCrc32c(updateCrc32c(0, init))) return known;
  if (!(await work.dropRendition(master, known.name))) throw new PreparationLostError(master.masterId);
  return null;
}

const isSame = (one: SegmentTimes, other: SegmentTimes): boolean =>
  one.startS === other.startS && one.durationS === other.durationS;

/**
 * Writes the segments of a rendition as they are made, in order, and registers them about once a second. Those that an
 * earlier attempt registered are there, and stay. Their buffers are given back when they are written.
 */
export async function publishRendition(
  target: RenditionTarget,
  { shape, init, segments, spares }: RenditionStream,
): Promise<PublishedRendition> {
  const { work, writer, master } = target;
  const known = await goOnWith(target, shape, init);
  const id = known?.id ?? (await begin(target, shape, init));
  const before = new Map(known?.segments.map((segment) => [segment.number, segment]));
  const all: PreparedSegment[] = [];
  const underWay: SegmentUnderWay[] = [];
  let fresh: PreparedSegment[] = [];
  let toS = 0;
  let registeredMs = performance.now();

  /** The oldest of those under way is there. */
  const arrive = async () => {
    const oldest = underWay[0];
    if (!oldest) return;
    const segment = await oldest.written;
    underWay.shift();
    spares.giveBack(oldest.bytes);
    all.push(segment);
    toS = oldest.wholeToS;
    if (!before.has(segment.number)) fresh.push(segment);
  };
  const register = async (isComplete: boolean) => {
    const growth = { segments: fresh, toS, ...ratesOf(all), isComplete };
    if (!(await work.addSegments(master, id, growth))) throw new PreparationLostError(master.masterId);
    writer.settle(fresh);
    fresh = [];
    registeredMs = performance.now();
  };
  const isFull = () =>
    underWay.length >= MOST_AT_ONCE || underWay.reduce((sum, { bytes }) => sum + bytes.length, 0) >= MOST_BYTES_AT_ONCE;
  try {
    for await (const { bytes, wholeToS, ...times } of segments) {
      const there = before.get(times.number);
      if (there && !isSame(there, times)) throw await startAnew(target, known);
      const write = async () => ({ ...times, ...(await writer.write(shape.name, segmentName(times.number), bytes)) });
      const written = there ? Promise.resolve(there) : write();
      // Whoever waits for it hears of a failure; meanwhile it is nobody's.
      written.catch(() => undefined);
      underWay.push({ bytes, wholeToS, written });
      while (isFull()) await arrive();
      if (fresh.length > 0 && performance.now() - registeredMs >= REGISTER_EVERY_MS) await register(false);
    }
    while (underWay.length > 0) await arrive();
    if (fresh.length > 0) await register(false);
  } catch (error) {
    // What is written is known to be, before anybody takes it back.
    await Promise.allSettled(underWay.map(({ written }) => written));
    throw error;
  }
  const complete = async (reachesS: number) => {
    toS = reachesS;
    await register(true);
  };
  return { id, toS, startsS: all.map(({ startS }) => startS), complete };
}

/** Another ffmpeg has cut it elsewhere: what is registered goes, and the next attempt begins at the start. */
async function startAnew({ work, master }: RenditionTarget, known: KnownRendition | null): Promise<MediaError> {
  if (known) await work.dropRendition(master, known.name);
  return new MediaError('ffmpeg_failed', 'The master is prepared anew.', { retryable: true });
}

async function begin({ work, writer, master }: RenditionTarget, shape: PreparedShape, init: Buffer): Promise<number> {
  const written = await writer.write(shape.name, PREPARED_INIT, init);
  const id = await work.addRendition(master, shape, written);
  if (id === null) throw new PreparationLostError(master.masterId);
  writer.settle([written]);
  return id;
}
