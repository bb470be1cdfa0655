import { PROBE_INPUT_ARGS } from './confinement.ts';
import type { LoopbackSource } from './loopback-source.ts';
import { type ProbedPacket, packetsSchema } from './probe-json.ts';
import type { ProbedMaster } from './probe-master.ts';
import { toNumber } from './rational.ts';

/** When one frame is shown and decoded, in ticks of the master's own clock. */
export interface TimedPacket {
  pts: number;
  dts: number | undefined;
  isKey: boolean;
}

/** Reads the packets of the picture between two readings of the file's clock, in stored order, from a key frame on. */
export type PacketReader = (fromS: number, toS: number) => Promise<TimedPacket[]>;

/** The streams are known from the first probe: only as much is read again as the demuxer needs to start. */
const HURRIED = ['-probesize', '500000', '-analyzeduration', '100000'];

/** A reader of packet times, by range: ffprobe seeks, reads what lies between, and decodes nothing. */
export const packetReader =
  (loopback: LoopbackSource, master: ProbedMaster): PacketReader =>
  async (fromS, toS) => {
    const interval = `${Math.max(0, fromS).toFixed(6)}%${Math.max(0, toS).toFixed(6)}`;
    const { stdout } = await loopback.run('ffprobe', [
      ...['-v', 'error', ...PROBE_INPUT_ARGS, ...HURRIED, '-select_streams', String(master.videoIndex)],
      ...['-read_intervals', interval, '-show_entries', 'packet=pts,dts,flags', '-of', 'json', loopback.url],
    ]);
    const fault = loopback.fault();
    if (fault) throw fault;
    return packetsSchema.parse(JSON.parse(stdout)).packets.flatMap(timed);
  };

function timed(packet: ProbedPacket): TimedPacket[] {
  const pts = packet.pts ?? packet.dts;
  return pts === undefined ? [] : [{ pts, dts: packet.dts, isKey: packet.flags.includes('K') }];
}

/** Bisection stops when it knows the end this closely; the rest is read. */
const CLOSE_S = 4;

/**
 * Until when the picture can be read, in seconds from timecode zero: where the last frame ends. Looks at the declared
 * end first; only when nothing is there, the file was cut off, and the last readable moment is bisected.
 */
export async function lastFrame(loopback: LoopbackSource, master: ProbedMaster): Promise<number> {
  const read = packetReader(loopback, master);
  const originS = master.hasPresentationTimes ? master.originS : 0;
  const endOf = async (fromS: number): Promise<number | null> => {
    const packets = await read(originS + fromS, originS + master.facts.durationS + 10).catch(nothingWhenBroken);
    if (packets.length === 0) return null;
    const lastPts = packets.reduce((latest, packet) => Math.max(latest, packet.pts), Number.NEGATIVE_INFINITY);
    return lastPts * toNumber(master.timeBase) + 1 / toNumber(master.facts.video.frameRate) - originS;
  };
  const { durationS } = master.facts;
  const declared = await endOf(Math.max(0, durationS - 2));
  if (declared !== null) return declared;
  let readable = 0;
  let unreadable = durationS;
  while (unreadable - readable > CLOSE_S) {
    const middle = (readable + unreadable) / 2;
    const some = await read(originS + middle, originS + middle + 0.1).catch(nothingWhenBroken);
    if (some.length > 0) readable = middle;
    else unreadable = middle;
  }
  return (await endOf(readable)) ?? readable;
}

/** Past the end of a cut-off file ffprobe gives up; a failing store, and an abort, are still failures. */
function nothingWhenBroken(error: unknown): TimedPacket[] {
  if (error instanceof Error && 'code' in error && error.code === 'ffmpeg_failed') return [];
  throw error;
}
