import { PROBE_INPUT_ARGS } from '#lib/media/tools/confinement.ts';
import type { LoopbackSource } from '#lib/media/tools/loopback-source.ts';
import { type ProbedFrame, type ProbedPacket, packetsAndFramesSchema, packetsSchema } from './probe-json.ts';

/** When one packet is shown and decoded, in ticks of the master's own clock. */
export interface TimedPacket {
  pts: number;
  dts: number | undefined;
  /** Ticks; 0 when the file does not say. */
  duration: number;
  isKey: boolean;
  /** False before the beginning that an edit list gives the file: it is decoded, and not shown. */
  isShown: boolean;
  /** Where it lies in the file; null when the demuxer does not say. */
  bytes: { first: number; end: number } | null;
}

/** Which stream is read, as every reader needs it. */
export interface PictureStream {
  videoIndex: number;
}

/** The streams are known from the first probe: only as much is read again as the demuxer needs to start. */
const HURRIED = ['-probesize', '500000', '-analyzeduration', '100000'];

const PACKET_ENTRIES = 'packet=stream_index,pts,dts,duration,size,pos,flags';
const FRAME_ENTRIES = 'frame=best_effort_timestamp,key_frame,interlaced_frame,top_field_first';

/** Frames are asked for their times alone: how smooth they look does not matter. */
const ROUGHLY = ['-skip_loop_filter', 'all'];

/**
 * From one reading of the file's clock to another, or to the file's end. Readings may be negative: ffprobe, which seeks
 * to the key frame behind such a one, begins at the file's start then.
 */
export const interval = (fromS: number, toS: number | null): string =>
  `${fromS < 0 ? '' : fromS.toFixed(6)}%${toS === null ? '' : toS.toFixed(6)}`;

/** Runs ffprobe over an interval of the picture's stream, or of all streams (null): its standard output, and what it complained of. */
export async function probeInterval(
  loopback: LoopbackSource,
  videoIndex: number | null,
  readInterval: string,
  shown: readonly string[],
): Promise<{ stdout: string; stderrTail: string }> {
  const result = await loopback.run('ffprobe', [
    ...['-v', 'error', ...PROBE_INPUT_ARGS, ...HURRIED],
    ...(videoIndex === null ? [] : ['-select_streams', String(videoIndex)]),
    ...['-read_intervals', readInterval, ...shown, '-of', 'json', loopback.url],
  ]);
  const fault = loopback.fault();
  if (fault) throw fault;
  return result;
}

export interface PacketReading {
  packets: TimedPacket[];
  /** Of the last packet, though it may have no time (in a program stream, where one time is for several frames). */
  lastBytes: TimedPacket['bytes'];
  /** What ffprobe complained of while it read. */
  said: string;
}

/**
 * The packets of the picture in an interval, in stored order, from a key frame on: ffprobe seeks, and decodes nothing.
 * `amongOthers` they are read with all streams, as a cut reads them: at the end of a file that was cut off ffmpeg stops at
 * the first packet of any stream that is not there.
 */
export async function readPackets(
  loopback: LoopbackSource,
  { videoIndex }: PictureStream,
  readInterval: string,
  { amongOthers = false } = {},
): Promise<PacketReading> {
  const entries = ['-show_entries', PACKET_ENTRIES];
  const { stdout, stderrTail } = await probeInterval(loopback, amongOthers ? null : videoIndex, readInterval, entries);
  const packets = packetsSchema
    .parse(JSON.parse(stdout))
    .packets.filter((packet) => packet.stream_index === videoIndex);
  return {
    packets: packets.flatMap(timed),
    lastBytes: packets.map(placeOf).findLast((bytes) => bytes !== null) ?? null,
    said: stderrTail,
  };
}

export interface Decoded {
  packets: TimedPacket[];
  /** As the decoder gives them. */
  frames: ProbedFrame[];
}

/** The packets of an interval and the frames that the decoder makes of them; with `keysAlone` of key frames alone. */
export async function readDecoded(
  loopback: LoopbackSource,
  master: PictureStream,
  readInterval: string,
  { keysAlone = false } = {},
): Promise<Decoded> {
  const { stdout } = await probeInterval(loopback, master.videoIndex, readInterval, [
    ...(keysAlone ? ['-skip_frame', 'nokey'] : []),
    ...[...ROUGHLY, '-show_entries', `${PACKET_ENTRIES}:${FRAME_ENTRIES}`],
  ]);
  const both = packetsAndFramesSchema.parse(JSON.parse(stdout)).packets_and_frames;
  return {
    packets: both.flatMap((entry) => (entry.type === 'packet' ? timed(entry) : [])),
    frames: both.flatMap((entry) => (entry.type === 'frame' ? [entry] : [])),
  };
}

/** An empty packet is no frame: it says that the one before stays (AVI). */
function timed({ pts, dts, duration = 0, flags, size, pos }: ProbedPacket): TimedPacket[] {
  const shownAt = pts ?? dts;
  if (shownAt === undefined || size === 0) return [];
  const bytes = placeOf({ pos, size });
  return [{ pts: shownAt, dts, duration, isKey: flags.includes('K'), isShown: !flags.includes('D'), bytes }];
}

const placeOf = ({ pos, size }: Pick<ProbedPacket, 'pos' | 'size'>): TimedPacket['bytes'] =>
  pos === undefined || !size ? null : { first: pos, end: pos + size };
