import { createFile, type ISOFile, MP4BoxBuffer } from 'mp4box';
import { type ParameterSets, parameterSetsOf, type SampleBytes } from './parameter-sets.ts';

/** One track of a fragmented MP4. */
interface TrackClock {
  id: number;
  ticksPerS: number;
}

/** What the header of a fragmented MP4 says. */
export interface FragmentedHead {
  /** RFC 6381, like `avc1.64001f,mp4a.40.2`. */
  codecs: string;
  picture: TrackClock | null;
  sound: TrackClock | null;
  /** How the pictures are coded. */
  sets: ParameterSets | null;
}

interface Span {
  fromS: number;
  toS: number;
}

/** When one fragment is shown and heard, in seconds of the file's own clock. */
export interface FragmentTimes {
  picture: {
    /** When its first sample is shown. */
    keyS: number;
    /** When the first of its pictures is shown. */
    firstS: number;
    /** When the last of them ends. */
    endS: number;
    /** When each is shown, in stored order. */
    atS: number[];
    /** It can be decoded without what is before it. */
    beginsWithKey: boolean;
    samples: SampleBytes;
  } | null;
  sound: Span | null;
  /** When the first of its samples is decoded, picture or sound. */
  decodedS: number;
}

const parsed = (bytes: Buffer): ISOFile => {
  const file = createFile();
  // A copy, as the parser wants a buffer from its beginning.
  file.appendBuffer(MP4BoxBuffer.fromArrayBuffer(new Uint8Array(bytes).buffer, 0));
  return file;
};

/** Reads what stands before the first fragment. */
export function readHead(init: Buffer): FragmentedHead {
  const file = parsed(init);
  const { tracks } = file.getInfo();
  const clockOf = (type: string) => {
    const track = tracks.find((one) => one.type === type);
    return track ? { id: track.id, ticksPerS: track.timescale } : null;
  };
  return {
    codecs: tracks.map(({ codec }) => codec).join(','),
    picture: clockOf('video'),
    sound: clockOf('audio'),
    sets: parameterSetsOf(file),
  };
}

/** `sample_is_non_sync_sample` (ISO/IEC 14496-12 §8.8.3.1). */
const NOT_SYNC = 0x1_00_00;

type TrackFragment = ISOFile['moofs'][number]['trafs'][number];

interface Sample {
  atTick: number;
  lastsTicks: number;
}

/** The samples of a track's part in stored order: decoding times add up, the time shown is an offset to them (§8.8.8). */
function samplesOf({ tfhd, tfdt, truns }: TrackFragment): Sample[] {
  let decodedAt = tfdt?.baseMediaDecodeTime ?? 0;
  return truns.flatMap((run) =>
    Array.from({ length: run.sample_count }, (_, i) => {
      const lastsTicks = run.sample_duration[i] ?? tfhd.default_sample_duration ?? 0;
      const atTick = decodedAt + (run.sample_composition_time_offset[i] ?? 0);
      decodedAt += lastsTicks;
      return { atTick, lastsTicks };
    }),
  );
}

/** The samples of a track follow each other; where a run begins counts from the fragment's beginning (`default-base-is-moof`). */
const bytesOfSamples = ({ tfhd, truns }: TrackFragment): SampleBytes => ({
  first: truns[0]?.data_offset ?? 0,
  sizes: truns.flatMap((run) =>
    Array.from({ length: run.sample_count }, (_, i) => run.sample_size[i] ?? tfhd.default_sample_size ?? 0),
  ),
});

const firstFlagsOf = ({ tfhd, truns }: TrackFragment): number => {
  const [run] = truns;
  return run?.first_sample_flags || (run?.sample_flags[0] ?? tfhd.default_sample_flags ?? 0);
};

/** Reads the index of one fragment, its `moof`. */
export function timesOfFragment(index: Buffer, head: FragmentedHead): FragmentTimes {
  const parts = parsed(index).moofs.flatMap(({ trafs }) => trafs);
  const partOf = (clock: TrackClock | null) => {
    const part = clock && parts.find(({ tfhd }) => tfhd.track_id === clock.id);
    const samples = part ? samplesOf(part) : [];
    if (!part || !samples[0]) return null;
    const decodedS = (part.tfdt?.baseMediaDecodeTime ?? 0) / clock.ticksPerS;
    return { part, samples, first: samples[0], ticksPerS: clock.ticksPerS, decodedS };
  };
  const picture = partOf(head.picture);
  const sound = partOf(head.sound);
  const spanOf = ({ samples, ticksPerS }: { samples: Sample[]; ticksPerS: number }): Span => ({
    fromS: Math.min(...samples.map(({ atTick }) => atTick)) / ticksPerS,
    toS: Math.max(...samples.map(({ atTick, lastsTicks }) => atTick + lastsTicks)) / ticksPerS,
  });
  return {
    picture: picture && {
      keyS: picture.first.atTick / picture.ticksPerS,
      firstS: spanOf(picture).fromS,
      endS: spanOf(picture).toS,
      atS: picture.samples.map(({ atTick }) => atTick / picture.ticksPerS),
      beginsWithKey: (firstFlagsOf(picture.part) & NOT_SYNC) === 0,
      samples: bytesOfSamples(picture.part),
    },
    sound: sound && spanOf(sound),
    decodedS: Math.min(...[picture, sound].flatMap((track) => track?.decodedS ?? [])),
  };
}
