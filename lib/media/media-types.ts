import type { RenditionIndex, SliceIndex, StoryboardIndex } from '#lib/delivery/delivery-index.ts';
import { guardOf, TaggedError } from '#lib/errors.ts';
import type { ByteSource } from '#lib/storage/port/byte-source.ts';

/** A fraction as ffmpeg writes it: 30000/1001. */
export interface Rational {
  num: number;
  den: number;
}

/** Seconds from timecode zero. */
export interface TimeRange {
  startS: number;
  endS: number;
}

/** Where a master has nothing to show: the last picture is held over a gap, and what is damaged cannot be cut. */
export interface MasterFlaws {
  gaps: TimeRange[];
  damage: TimeRange[];
}

/** How the numbers of a picture mean colours (ITU-T H.273); `gbr` is RGB itself. */
export interface ColourFacts {
  matrix: 'gbr' | 'bt709' | 'fcc' | 'bt470bg' | 'smpte170m' | 'smpte240m' | 'ycgco' | 'bt2020nc' | 'bt2020c';
  primaries: 'bt709' | 'bt2020' | 'smpte431' | 'smpte432';
  dynamicRange: 'sdr' | 'hlg' | 'pq';
  isFullRange: boolean;
}

export interface VideoFacts {
  codec: string;
  /** As stored. */
  codedWidth: number;
  codedHeight: number;
  /** As shown: after rotation, with square pixels, both even. */
  width: number;
  height: number;
  /** Degrees clockwise: 0, 90, 180 or 270. */
  rotation: number;
  sampleAspectRatio: Rational;
  frameRate: Rational;
  isVariableFrameRate: boolean;
  isInterlaced: boolean;
  pixelFormat: string;
  colour: ColourFacts;
}

export interface AudioFacts {
  codec: string;
  sampleRateHz: number;
  channels: number;
}

/** One stream of sound that a clip has. */
export interface SoundTrack {
  /** Of the stream in the master. */
  index: number;
  /** As the file's start has it; a recorder may change it on the way. */
  sampleRateHz: number;
  /** Its channels are no layout of loudspeakers: the first two are heard. */
  isMixersInputs: boolean;
}

/**
 * Sound that a clip goes without: all of it, a track that cannot be decoded, tracks beside the one that is heard, or
 * channels beside the first two.
 */
export const AUDIO_NOTES = ['sound_undecodable', 'track_undecodable', 'tracks_left_out', 'channels_left_out'] as const;
export type AudioNote = (typeof AUDIO_NOTES)[number];

/** What a check says of a master. */
export interface InspectedMaster extends MasterFacts, MasterFlaws {}

/** What a probe says of a master. */
export interface MasterFacts {
  /** ffmpeg's demuxer name, like `mov,mp4,m4a,3gp,3g2,mj2`. */
  container: string;
  durationS: number;
  /** Where a file ends whose rest is missing, in seconds from timecode zero; null: it is whole. */
  cutOffAtS: number | null;
  video: VideoFacts;
  audio: AudioFacts | null;
  /** What of the sound is left out; null: nothing. */
  audioNote: AudioNote | null;
}

export type AssetType = 'mp4' | 'hls_playlist' | 'hls_segment' | 'thumbnail' | 'thumbnail_grid' | 'dash_manifest';

/** One file that a cut made, ready to be written to the media bucket under `fileName`. */
export interface CutFile {
  fileName: string;
  /** Where it lies on this machine. */
  path: string;
  assetType: AssetType;
  contentType: string;
  sizeBytes: number;
  durationS: number | null;
  width: number | null;
  height: number | null;
  codec: string | null;
  bitrateKbps: number | null;
  index: RenditionIndex | SliceIndex | StoryboardIndex | null;
}

/** How a file is looked at that is to become a master. */
export interface InspectOptions {
  /** The name that the master has in the lake. */
  filename: string;
  signal?: AbortSignal | undefined;
}

export interface CutResult {
  files: CutFile[];
  frameCount: number;
  frameRate: Rational;
  audioNote: AudioNote | null;
  /** What the cut really lasts: frames shown, in seconds. */
  durationS: number;
  /** The gaps of the master that the clip meets. */
  gaps: TimeRange[];
}

export interface CutRequest {
  source: ByteSource;
  /** Seconds from the master's first moment. The first frame shown is the one on screen at `startS`. */
  startS: number;
  /** The last frame shown is the one before `endS`. */
  endS: number;
  /** The clip is played from its slice of the master: no renditions are made of it. */
  isSliced?: boolean;
  /** Encoding gives way to all other work of the machine. */
  isPatient?: boolean;
  /** An empty folder that the caller owns and removes. */
  workDir: string;
  /** 0 to 1, monotonic. */
  onProgress?: (fraction: number) => void;
  signal?: AbortSignal;
}

/** What a picture is made of, before the clip is cut. */
export interface PosterRequest extends Pick<CutRequest, 'source' | 'workDir' | 'signal'> {
  /** What is on screen then, in seconds from the master's first moment. A key frame costs least. */
  atS: number;
  /** Names the master's bytes, which never change; `null` where they may. */
  masterKey: string | null;
}

export type MediaFaultCode =
  | 'empty_file'
  | 'not_a_video'
  | 'no_video_stream'
  | 'unsupported_codec'
  | 'truncated'
  | 'undecodable'
  | 'no_picture'
  | 'clock_goes_back'
  | 'wrong_suffix'
  | 'picture_too_large'
  | 'too_many_streams'
  | 'too_demanding'
  | 'checks_busy'
  | 'start_after_end'
  | 'beyond_master'
  | 'too_long'
  | 'ffmpeg_missing'
  | 'ffmpeg_failed'
  | 'source_unreadable';

/**
 * A fault of the media itself or of the tools. `message` is for a person (it goes into `clips.error_message` and
 * into 422 answers); `technical` is ffmpeg's own last words, redacted, for the log. `retryable` faults may pass later.
 */
export class MediaError extends TaggedError {
  readonly code: MediaFaultCode;
  readonly technical: string | undefined;
  readonly retryable: boolean;
  /** What it says of the master. */
  readonly flaws: Partial<MasterFlaws>;

  constructor(
    code: MediaFaultCode,
    message: string,
    options: { technical?: string; retryable?: boolean; cause?: unknown; flaws?: Partial<MasterFlaws> } = {},
  ) {
    super('MediaError', message, { cause: options.cause });
    this.code = code;
    this.technical = options.technical;
    this.retryable = options.retryable ?? false;
    this.flaws = options.flaws ?? {};
  }
}
export const isMediaError = guardOf<MediaError>('MediaError');
