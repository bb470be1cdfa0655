import { isMediaError, type MasterFacts, MediaError, type Rational, type SoundTrack } from '#lib/media/media-types.ts';
import { MOST_STREAMS, PROBE_INPUT_ARGS } from '#lib/media/tools/confinement.ts';
import type { LoopbackSource } from '#lib/media/tools/loopback-source.ts';
import { withContainerColours } from './container-colours.ts';
import { readOpening } from './opening.ts';
import { type ProbedStream, type ProbeJson, probeSchema } from './probe-json.ts';
import { parseRational, toNumber } from './rational.ts';
import { chooseSound } from './sound-tracks.ts';
import { pickVideo, videoFactsOf, withOpening } from './video-facts.ts';

/** A master as the cut needs it: its facts, and how its own clock counts. */
export interface ProbedMaster {
  facts: MasterFacts;
  sizeBytes: number;
  videoIndex: number;
  soundTracks: SoundTrack[];
  /** Seconds of one tick of the video stream's clock. */
  timeBase: Rational;
  /** The reading of the file's clock, in seconds, that is timecode zero. */
  originS: number;
  /** AVI packets carry no presentation time; its frames are counted. */
  hasPresentationTimes: boolean;
  /** Otherwise a packet may be a field, or nothing: which frames there are, and when, only the decoder says. */
  packetsAreFrames: boolean;
  hasBFrames: boolean;
  /** An edit list leaves many frames out: where it does so in several places, some key frames have one time. */
  hidesFrames: boolean;
}

/** Transport and program streams are entered anywhere; the other containers are entered at a key frame. */
export const hasIndex = ({ facts }: ProbedMaster): boolean => !/^mpeg/.test(facts.container);

/** Picture and sound are looked for among the first streams; what follows is ballast. */
const MAX_STREAMS = 16;

const noVideo = (streams: number) =>
  new MediaError(
    'no_video_stream',
    streams > MAX_STREAMS
      ? `None of the first ${MAX_STREAMS} streams of the file is a video. Export it with its picture first.`
      : 'The file has no video stream. Export it with picture.',
  );

/**
 * Reads a master's headers, and decodes its first packets. How long it lasts is the header's word, 0 where it says
 * nothing (`knowLength`). Throws a `MediaError` that says why the file cannot be a master.
 */
export async function probeMaster(loopback: LoopbackSource, sizeBytes: number): Promise<ProbedMaster> {
  if (sizeBytes === 0) throw new MediaError('empty_file', 'The file is empty.');
  const probe = await readHeaders(loopback);
  const streams = probe.streams.slice(0, MAX_STREAMS);
  const video = pickVideo(streams);
  if (!video) throw noVideo(probe.streams.length);
  const sound = chooseSound(withinProgram(probe, video, streams));
  const timeBase = parseRational(video.time_base) ?? { num: 1, den: 1000 };
  const container = probe.format?.format_name ?? '';
  const declared = videoFactsOf(await withContainerColours(loopback, video));
  const opening = await readOpening(loopback, { videoIndex: video.index, codec: declared.codec });
  const hasPresentationTimes = container !== 'avi';
  const facts: MasterFacts = {
    container,
    durationS: 0,
    cutOffAtS: null,
    video: withOpening(declared, opening, timeBase),
    audio: sound.facts,
    audioNote: sound.note,
  };
  const master: ProbedMaster = {
    facts,
    sizeBytes: loopback.sizeBytes,
    videoIndex: video.index,
    soundTracks: sound.tracks,
    timeBase,
    originS: opening.firstPts * toNumber(timeBase),
    hasPresentationTimes,
    packetsAreFrames: opening.packetsAreFrames && !needsDecoder(facts),
    hasBFrames: (video.has_b_frames ?? 0) > 0,
    hidesFrames:
      (video.nb_frames ?? 0) > (video.duration ?? Number.POSITIVE_INFINITY) * toNumber(declared.frameRate) + 2,
  };
  facts.durationS = declaredDurationS(probe, video, master);
  return master;
}

/**
 * Interlaced H.264 is coded in frames and in fields as it goes (MPEG-2's fields are joined by ffmpeg's demuxers). Program
 * streams give several frames one time, and AVI gives none.
 */
const needsDecoder = ({ container, video }: MasterFacts): boolean =>
  container === 'avi' || container === 'mpeg' || (video.codec === 'h264' && video.isInterlaced);

/** The streams of the picture's own programme, where a transport stream has several; all of them elsewhere. */
function withinProgram(probe: ProbeJson, video: ProbedStream, streams: readonly ProbedStream[]): ProbedStream[] {
  const own = probe.programs.find((program) => program.streams.some(({ index }) => index === video.index));
  const indexes = new Set(own?.streams.map(({ index }) => index));
  return streams.filter(({ index }) => !own || indexes.has(index));
}

async function readHeaders(loopback: LoopbackSource): Promise<ProbeJson> {
  try {
    const { stdout } = await loopback.run('ffprobe', [
      ...[
        '-v',
        'error',
        ...PROBE_INPUT_ARGS,
        '-show_format',
        '-show_programs',
        '-show_streams',
        '-of',
        'json',
        loopback.url,
      ],
    ]);
    const probe = probeSchema.safeParse(JSON.parse(stdout));
    if (probe.success) return probe.data;
    throw new MediaError('not_a_video', 'The file cannot be read as a video.', { technical: probe.error.message });
  } catch (error) {
    throw loopback.fault() ?? explainHeaders(error);
  }
}

/** Why the headers could not be read, in words that tell an admin what to do. */
function explainHeaders(error: unknown): unknown {
  if (!isMediaError(error) || error.code !== 'ffmpeg_failed') return error;
  const { technical = '' } = error;
  // ffmpeg calls it a lack of memory, which might pass.
  if (/exceeds max_streams/.test(technical)) {
    return new MediaError(
      'too_many_streams',
      `The file has more than ${MOST_STREAMS} streams. Export it with its picture and its sound alone.`,
      { technical },
    );
  }
  if (error.retryable) return error;
  if (/moov atom not found/.test(technical)) {
    return new MediaError(
      'truncated',
      'The file is incomplete: its index, which belongs at the end, is missing. It was cut off while it was exported or copied. Export or copy it again.',
      { technical },
    );
  }
  return new MediaError(
    'not_a_video',
    'The file is not a video that can be read here. Export it as MP4, MOV, MKV, MPEG-TS, MPEG-PS or AVI.',
    { technical },
  );
}

/** How long the picture lasts by the file's own word, from timecode zero; 0 when it says nothing of use. */
function declaredDurationS(probe: ProbeJson, video: ProbedStream, master: ProbedMaster): number {
  // ffmpeg corrects the duration of an AVI that was cut off; the number of frames in its header stays.
  if (!master.hasPresentationTimes && video.nb_frames) return video.nb_frames * toNumber(master.timeBase);
  const containerS = probe.format?.start_time ?? 0;
  const startS = video.start_pts === undefined ? containerS : video.start_pts * toNumber(master.timeBase);
  const byVideo = video.duration === undefined ? undefined : startS + video.duration - master.originS;
  const byFile = probe.format?.duration === undefined ? undefined : containerS + probe.format.duration - master.originS;
  return Math.max(0, byVideo ?? byFile ?? 0);
}
