import type { FragmentTimes } from './fragment-times.ts';

/** A fragment that was looked into. */
export interface TimedFragment {
  bytes: Buffer;
  times: FragmentTimes;
}

/** Fragments in a row that are played as one, from a key frame on. */
export interface Joined {
  /** What they are made of, in order. */
  parts: Buffer[];
  sizeBytes: number;
  times: FragmentTimes;
}

/** When two neighbours are shown and heard together. */
function timesOfBoth(one: FragmentTimes, other: FragmentTimes): FragmentTimes {
  const [picture, next] = [one.picture, other.picture];
  const [sound, more] = [one.sound, other.sound];
  return {
    picture:
      picture && next
        ? {
            ...picture,
            firstS: Math.min(picture.firstS, next.firstS),
            endS: Math.max(picture.endS, next.endS),
            atS: picture.atS.concat(next.atS),
          }
        : (picture ?? next),
    sound:
      sound && more
        ? { fromS: Math.min(sound.fromS, more.fromS), toS: Math.max(sound.toS, more.toS) }
        : (sound ?? more),
    decodedS: Math.min(one.decodedS, other.decodedS),
  };
}

const joinedTo = (joined: Joined, bytes: Buffer, times: FragmentTimes): Joined => ({
  parts: [...joined.parts, bytes],
  sizeBytes: joined.sizeBytes + bytes.length,
  times: timesOfBoth(joined.times, times),
});

/**
 * Joins fragments to what begins with a key frame and lasts for `leastS`, or for a group of pictures where that is longer.
 * A fragment that does not begin with a key frame, or has sound alone, goes on with the one before.
 * @param watch is called with every one of them as it grows, and may refuse it.
 */
export async function* joinFragments(
  fragments: AsyncIterable<TimedFragment>,
  { leastS, watch }: { leastS: number; watch: (joined: Joined) => void },
): AsyncGenerator<Joined> {
  let joined: Joined | undefined;
  for await (const { bytes, times } of fragments) {
    const { picture } = times;
    const lasts = joined?.times.picture && picture ? picture.keyS - joined.times.picture.keyS : 0;
    if (joined?.times.picture && picture?.beginsWithKey && lasts >= leastS) {
      yield joined;
      joined = undefined;
    }
    joined = joined ? joinedTo(joined, bytes, times) : { parts: [bytes], sizeBytes: bytes.length, times };
    watch(joined);
  }
  if (joined) yield joined;
}
