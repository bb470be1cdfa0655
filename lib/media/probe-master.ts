import { MOST_STREAMS, PROBE_INPUT_ARGS } from './confinement.ts';
import { withContainerColours } from './container-colours.ts';
import type { LoopbackSource } from './loopback-source.ts';
import { isMediaError, type MasterFacts, MediaError, type Rational, type SoundTrack } from './media-types.ts';
import { framesSchema, type ProbedStream, type ProbeJson, probeSchema } from './probe-json.ts';
import { parseRational, toNumber } from './rational.ts';
import { chooseSound } from './sound-tracks.ts';
import { pickVideo, videoFactsOf } from './video-facts.ts';

/** A master as the cut needs it: its facts, and how its own clock counts. */
export interface ProbedMaster {
  facts: MasterFacts;
  videoIndex: number;
  soundTracks: SoundTrack[];
  /** Seconds of one tick of the video stream's clock. */
  timeBase: Rational;
  /** The reading of the file's clock, in seconds, that is timecode zero. */
  originS: number;
  /** AVI packets carry no presentation time; its frames are counted. */
  hasPresentationTimes: boolean;
  /** Frames in the video stream, where the container says so. */
  frameCount: number | null;
  hasBFrames: boolean;
}

/** Picture and sound are looked for among the first streams; what follows is ballast. */
const MAX_STREAMS = 16;

const noVideo = (streams: number) =>
  new MediaError(
    'no_video_stream',
    streams > MAX_STREAMS
      ? `None of the first ${MAX_STREAMS} streams of the file is a video. Export it with its picture first.`
      : 'The file has no video stream. Export it with picture.',
  );

/** Reads a master's headers. Throws a `MediaError` that says why the file cannot be a master. */
export async function probeMaster(loopback: LoopbackSource, sizeBytes: number): Promise<ProbedMaster> {
  if (sizeBytes === 0) throw new MediaError('empty_file', 'The file is empty.');
  const probe = await readHeaders(loopback);
  const streams = probe.streams.slice(0, MAX_STREAMS);
  const video = pickVideo(streams);
  if (!video) throw noVideo(probe.streams.length);
  const sound = chooseSound(streams);
  const timeBase = parseRational(video.time_base) ?? { num: 1, den: 1000 };
  const container = probe.format?.format_name ?? '';
  const hasPresentationTimes = container !== 'avi';
  const facts: MasterFacts = {
    container,
    durationS: 0,
    video: videoFactsOf(await withContainerColours(loopback, video)),
    audio: sound.facts,
    audioNote: sound.note,
  };
  const master: ProbedMaster = {
    facts,
    videoIndex: video.index,
    soundTracks: sound.tracks,
    timeBase,
    originS: originOf(probe, video, timeBase),
    hasPresentationTimes,
    frameCount: video.nb_frames ?? null,
    hasBFrames: (video.has_b_frames ?? 0) > 0,
  };
  if (!hasPresentationTimes) {
    const tick = await firstDecodedTick(loopback, master);
    master.originS = tick * toNumber(timeBase);
  }
  facts.durationS = declaredDurationS(probe, video, master);
  return master;
}

async function readHeaders(loopback: LoopbackSource): Promise<ProbeJson> {
  try {
    const { stdout } = await loopback.run('ffprobe', [
      ...['-v', 'error', ...PROBE_INPUT_ARGS, '-show_format', '-show_streams', '-of', 'json', loopback.url],
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

/**
 * Timecode zero. It is the container's start (a transport stream's clock starts anywhere, 1.4 s for ffmpeg's), except
 * that a picture which starts within 0.1 s of it starts at zero: audio encoders write a few hundredths of a second
 * of priming before the first moment, and the numbers on a clock in the picture must not be shifted by that.
 */
function originOf(probe: ProbeJson, video: ProbedStream, timeBase: Rational): number {
  const containerS = probe.format?.start_time ?? 0;
  const videoS = video.start_pts === undefined ? containerS : video.start_pts * toNumber(timeBase);
  return videoS - containerS < MAX_PRIMING_S ? videoS : containerS;
}

const MAX_PRIMING_S = 0.1;

/** An AVI's frames come out of the decoder with a constant delay, which is their clock's origin. */
async function firstDecodedTick(loopback: LoopbackSource, master: ProbedMaster): Promise<number> {
  const { stdout } = await loopback.run('ffprobe', [
    ...['-v', 'error', ...PROBE_INPUT_ARGS, '-select_streams', String(master.videoIndex)],
    ...['-read_intervals', '%+#40', '-show_entries', 'frame=best_effort_timestamp', '-of', 'json', loopback.url],
  ]);
  return framesSchema.parse(JSON.parse(stdout)).frames[0]?.best_effort_timestamp ?? 0;
}

/** How long the picture lasts by the file's own word, from timecode zero. */
function declaredDurationS(probe: ProbeJson, video: ProbedStream, master: ProbedMaster): number {
  // ffmpeg corrects the duration of an AVI that was cut off; the number of frames in its header stays.
  if (!master.hasPresentationTimes && video.nb_frames) return video.nb_frames * toNumber(master.timeBase);
  const containerS = probe.format?.start_time ?? 0;
  const startS = video.start_pts === undefined ? containerS : video.start_pts * toNumber(master.timeBase);
  const byVideo = video.duration === undefined ? undefined : startS + video.duration - master.originS;
  const byFile = probe.format?.duration === undefined ? undefined : containerS + probe.format.duration - master.originS;
  const durationS = byVideo ?? byFile;
  if (durationS === undefined || !(durationS > 0)) {
    throw new MediaError('truncated', 'The file does not say how long it lasts. Export it again.');
  }
  return durationS;
}
