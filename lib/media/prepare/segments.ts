import { guardOf, TaggedError } from '#lib/errors.ts';
import type { SegmentTimes } from '#lib/media/prepare-work.ts';
import { MAX_KEY_DISTANCE_S } from './browser-fit.ts';
import { ZERO_S } from './copy-args.ts';
import { type FragmentedHead, type FragmentTimes, timesOfFragment } from './fragment-times.ts';
import { type Joined, joinFragments, type TimedFragment } from './join-fragments.ts';
import { bringOtherSets } from './parameter-sets.ts';
import type { Fragment } from './read-boxes.ts';
import type { SpareBuffers } from './spare-buffers.ts';

/** A segment as it was made, and where what comes next begins: up to there all pictures are in it, or before. */
export interface MadeSegment extends SegmentTimes {
  bytes: Buffer;
  wholeToS: number;
}

/** A segment begins with the first key frame from here on: two seconds, or a group of pictures where those are longer. */
const LEAST_SEGMENT_S = 1.5;
/** A group of pictures has no end by itself. No browser plays what is larger. */
const MOST_SEGMENT_BYTES = 64 * 1024 ** 2;

/** Thrown when a master's own stream turns out to be none that browsers play: by its key frames, or its sound alone. */
export class UnfitStreamError extends TaggedError {
  readonly part: 'picture' | 'sound';
  constructor(part: 'picture' | 'sound', message: string) {
    super('UnfitStreamError', message);
    this.part = part;
  }
}
export const isUnfitStreamError = guardOf<UnfitStreamError>('UnfitStreamError');

type Picture = NonNullable<FragmentTimes['picture']>;

/** What is asked of the fragments of a stream that was copied. */
export interface CopiedStream {
  frameRate: number;
  /** Its sound was copied, too, so that it may have holes. */
  hasCopiedSound: boolean;
  /** It begins with timecode zero, as ffmpeg's rounding has it; a part of a ladder is where it belongs. */
  hasZero: boolean;
}

/** What is copied begins with timecode zero, and has key frames where it likes; a ladder has them where segments are to be. */
const leastOf = ({ hasZero }: CopiedStream): number => (hasZero ? LEAST_SEGMENT_S : 0);

/** A group of pictures may begin just before a segment is long enough. */
const MOST_PICTURES_S = MAX_KEY_DISTANCE_S + 2;

/** Browsers stop where a track of sound has nothing; so much they pass over. */
const MAX_HOLE_S = 0.1;
/** A track's part of a fragment ends as its file has it: this much is no end. */
const MAX_EARLY_S = 1;

/** Times are rounded to ticks; half a frame is none. */
const MAX_OVERLAP_FRAMES = 0.5;

/** Pictures that an edit list leaves out in the middle are stored still, and have the times of those around them. */
function requireAscending(before: Picture, { firstS }: Picture, { frameRate }: CopiedStream): void {
  if (firstS < before.endS - MAX_OVERLAP_FRAMES / frameRate) {
    throw new UnfitStreamError('picture', `Pictures are hidden near ${(firstS - ZERO_S).toFixed(1)} s.`);
  }
}

function requirePlayable({ times: { picture }, sizeBytes }: Joined, { frameRate }: CopiedStream): void {
  if (!picture) return;
  const isLong = picture.atS.length > MOST_PICTURES_S * frameRate || sizeBytes > MOST_SEGMENT_BYTES;
  if (!picture.beginsWithKey || isLong) {
    throw new UnfitStreamError('picture', `A key frame is missing near ${(picture.keyS - ZERO_S).toFixed(1)} s.`);
  }
}

/** Looks into fragments; pictures that are coded in another way than the header says are refused. */
async function* timed(
  fragments: AsyncIterable<Fragment>,
  head: FragmentedHead,
  { hasZero }: CopiedStream,
): AsyncGenerator<TimedFragment> {
  for await (const { index, bytes } of fragments) {
    const times = timesOfFragment(index, head);
    const { picture } = times;
    if (hasZero && head.sets && picture && bringOtherSets(bytes, picture.samples, head.sets)) {
      const at = (picture.keyS - ZERO_S).toFixed(1);
      throw new UnfitStreamError('picture', `Pictures are coded in another way from about ${at} s on.`);
    }
    yield { bytes, times };
  }
}

/** Sees to it that copied sound goes on without a hole. */
function soundWatch() {
  let toS = ZERO_S;
  return ({ picture, sound }: FragmentTimes): void => {
    const isHole = !sound || sound.fromS > toS + MAX_HOLE_S || (picture && sound.toS < picture.endS - MAX_EARLY_S);
    if (isHole) throw new UnfitStreamError('sound', `Sound is missing near ${(toS - ZERO_S).toFixed(1)} s.`);
    toS = Math.max(toS, sound.toS);
  };
}

/** ffmpeg moves times by whole ticks: the first picture lies within one of where it was sent. */
const NEAR_S = 0.002;

/** The reading that is timecode zero: the first picture's, where the stream has it. */
const zeroOf = ({ atS }: Picture): number => {
  const nearest = atS.reduce((best, at) => (Math.abs(at - ZERO_S) < Math.abs(best - ZERO_S) ? at : best));
  return Math.abs(nearest - ZERO_S) < NEAR_S ? nearest : ZERO_S;
};

/** Most segments are one fragment, whose bytes are not copied once more. */
function wholeOf(parts: readonly Buffer[], spares: SpareBuffers): Buffer {
  const [first] = parts;
  if (first && parts.length === 1) return first;
  const whole = spares.take(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    at += part.copy(whole, at);
    spares.giveBack(part);
  }
  return whole;
}

/** Microseconds: a tick of 90 kHz is eleven of them. */
const rounded = (seconds: number): number => Math.round(seconds * 1e6) / 1e6;

/**
 * The segments of a copied stream with the times of their pictures, one behind: a segment lasts until the next one's key
 * frame, the last one until its end. Throws `UnfitStreamError`.
 */
export async function* segmentsOf(
  fragments: AsyncIterable<Fragment>,
  head: FragmentedHead,
  stream: CopiedStream,
  spares: SpareBuffers,
): AsyncGenerator<MadeSegment> {
  let held: (Joined & { picture: Picture }) | undefined;
  let zeroS = ZERO_S;
  let number = 0;
  const watchSound = stream.hasCopiedSound ? soundWatch() : () => {};
  const made = ({ parts, picture, times }: NonNullable<typeof held>, endS: number, wholeToS: number): MadeSegment => ({
    ...{ number: number++, bytes: wholeOf(parts, spares), wholeToS: rounded(wholeToS - zeroS) },
    startS: rounded(picture.keyS - zeroS),
    durationS: rounded(endS - picture.keyS),
    firstS: rounded(picture.firstS - zeroS),
    decodedS: rounded(times.decodedS - zeroS),
  });
  const watch = (joined: Joined) => requirePlayable(joined, stream);
  for await (const joined of joinFragments(timed(fragments, head, stream), { leastS: leastOf(stream), watch })) {
    const { picture } = joined.times;
    // Sound alone, of a recording without a picture.
    if (!picture) continue;
    watchSound(joined.times);
    if (held && stream.hasZero) requireAscending(held.picture, picture, stream);
    if (held) yield made(held, picture.keyS, Math.min(picture.keyS, picture.firstS));
    else if (stream.hasZero) zeroS = zeroOf(picture);
    held = { ...joined, picture };
  }
  if (held) yield made(held, held.picture.endS, held.picture.endS);
}

/** The segments of sound alone: each begins where it is heard, and all of them can be decoded by themselves. */
export async function* soundSegmentsOf(
  fragments: AsyncIterable<Fragment>,
  head: FragmentedHead,
): AsyncGenerator<MadeSegment> {
  let number = 0;
  for await (const { index, bytes } of fragments) {
    const { sound, decodedS } = timesOfFragment(index, head);
    if (!sound) continue;
    const startS = rounded(sound.fromS - ZERO_S);
    const durationS = rounded(sound.toS - sound.fromS);
    const times = { startS, durationS, firstS: startS, decodedS: rounded(decodedS - ZERO_S) };
    yield { number: number++, bytes, ...times, wholeToS: rounded(sound.toS - ZERO_S) };
  }
}
