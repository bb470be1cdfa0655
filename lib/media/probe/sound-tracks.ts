import type { AudioFacts, AudioNote, SoundTrack } from '#lib/media/media-types.ts';
import type { ProbedStream } from './probe-json.ts';
import { streamLengthS } from './stream-length.ts';
import { audioFactsOf } from './video-facts.ts';

/** Tracks of one recording differ by what their encoders put before and after: within this they are as long. */
const SAME_LENGTH_S = 0.5;

/** More channels than a layout of loudspeakers has are inputs of a mixer, one beside the other. */
const MOST_LAID_OUT = 8;

/** What of a master's sound a clip has. */
export interface Sound {
  facts: AudioFacts | null;
  /** None, one, or two of one channel each: the left and the right. */
  tracks: SoundTrack[];
  note: AudioNote | null;
}

interface Track {
  stream: ProbedStream;
  facts: AudioFacts;
}

/**
 * The sound that is heard: of the tracks that can be decoded the longest; of those the one marked as default; of those
 * the first. Two mono tracks that belong together are the two sides of one sound, as recorders with two microphones write it.
 */
export function chooseSound(streams: readonly ProbedStream[]): Sound {
  const all = streams.filter((stream) => stream.codec_type === 'audio');
  const decodable = all.flatMap((stream): Track[] => {
    const facts = audioFactsOf(stream);
    return facts ? [{ stream, facts }] : [];
  });
  const longestS = Math.max(0, ...decodable.map(lengthOf).filter(Number.isFinite));
  const longest = decodable.filter((track) => lengthOf(track) > longestS - SAME_LENGTH_S);
  const chosen = longest.find(({ stream }) => stream.disposition.default === 1) ?? longest[0];
  if (!chosen) return { facts: null, tracks: [], note: all.length > 0 ? 'sound_undecodable' : null };
  const pair = pairOf(chosen, decodable);
  const heard = pair ?? [chosen];
  return {
    facts: { ...chosen.facts, channels: pair ? 2 : chosen.facts.channels },
    tracks: heard.map(soundTrackOf),
    note: noteOf(all.length, decodable.length, heard),
  };
}

const soundTrackOf = ({ stream, facts }: Track): SoundTrack => ({
  ...{ index: stream.index, sampleRateHz: facts.sampleRateHz, isMixersInputs: facts.channels > MOST_LAID_OUT },
});

function noteOf(all: number, decodable: number, heard: readonly Track[]): AudioNote | null {
  if (decodable < all) return 'track_undecodable';
  if (heard.length < decodable) return 'tracks_left_out';
  return heard.map(soundTrackOf).some(({ isMixersInputs }) => isMixersInputs) ? 'channels_left_out' : null;
}

const lengthOf = ({ stream }: Track): number => streamLengthS(stream);

/**
 * Mono tracks of the same make belong together two by two, as a recorder's inputs do: the pair of the chosen one, left
 * and right in order, unless they say otherwise. A side may end early; what is not half as long is no side.
 */
function pairOf(chosen: Track, decodable: readonly Track[]): [Track, Track] | null {
  const isAlike = ({ stream, facts }: Track) =>
    facts.channels === 1 &&
    facts.codec === chosen.facts.codec &&
    facts.sampleRateHz === chosen.facts.sampleRateHz &&
    // Another language, or a commentary, is another sound.
    (stream.tags.language ?? 'und') === (chosen.stream.tags.language ?? 'und') &&
    stream.disposition.comment !== 1;
  const alike = decodable.filter(isAlike);
  const place = alike.indexOf(chosen);
  const [one, other] = alike.slice(place - (place % 2));
  if (place < 0 || !one || !other) return null;
  const lengths = [lengthOf(one), lengthOf(other)];
  if (Math.min(...lengths) < Math.max(...lengths) / 2) return null;
  const saysRight = /\bFR\b/.test(one.stream.channel_layout ?? '');
  const saysLeft = /\bFL\b/.test(other.stream.channel_layout ?? '');
  return saysRight && saysLeft ? [other, one] : [one, other];
}
