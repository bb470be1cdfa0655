import { type Decoded, readDecoded, readPackets, type TimedPacket } from '#lib/media/probe/packet-times.ts';
import type { ProbedMaster } from '#lib/media/probe/probe-master.ts';
import type { LoopbackSource } from '#lib/media/tools/loopback-source.ts';

/** Packets, and the key frames that the decoder makes of them; null where it need not be asked. */
export type Entries = Pick<Decoded, 'packets'> & { frames: Decoded['frames'] | null };

export interface EntryPoint extends TimedPacket {
  /** Decoding gives whole pictures from here on; otherwise they heal on the way to the next entry point. */
  isWhole: boolean;
}

/** H.264 alone marks packets as entry points from which nothing whole comes yet: its decoder is asked. */
export async function readEntries(
  loopback: LoopbackSource,
  master: ProbedMaster,
  readInterval: string,
): Promise<Entries> {
  if (master.facts.video.codec === 'h264') return readDecoded(loopback, master, readInterval, { keysAlone: true });
  return { packets: (await readPackets(loopback, master, readInterval)).packets, frames: null };
}

/**
 * Where decoding may begin, in the order shown. A packet that is marked as one and of which the decoder alone makes no
 * key frame is a second field, or a recovery point (H.264 §D.2.8): with intra refresh the picture is whole some frames later.
 */
export function entryPoints({ packets, frames }: Entries): EntryPoint[] {
  const whole = frames && new Set(frames.map(({ best_effort_timestamp: pts }) => pts));
  return packets
    .filter(({ isKey }) => isKey)
    .map((packet) => ({ ...packet, isWhole: !whole || whole.has(packet.pts) || !packet.isShown }))
    .sort((a, b) => a.pts - b.pts);
}

/** The last one that the frame is whole from: one that is whole itself, or one earlier than the last that heals. */
export function entryFor(
  master: ProbedMaster,
  entries: readonly EntryPoint[],
  firstPts: number,
): EntryPoint | undefined {
  const before = entries.filter(({ pts }) => pts <= firstPts);
  return before.findLast(({ isWhole }) => isWhole) ?? (master.packetsAreFrames ? before.at(-2) : undefined);
}
