import { isAviCutOff } from '#lib/media/containers/avi-end.ts';
import { withMatroskaIndex } from '#lib/media/containers/matroska-index.ts';
import { decodePiece, isDamage } from '#lib/media/frames/decode-piece.ts';
import { findEnd, type MasterEnd, requireUnfinished, settleLength } from '#lib/media/frames/end.ts';
import { readTimes, settleRate } from '#lib/media/frames/gaps.ts';
import { joinRanges } from '#lib/media/frames/time-ranges.ts';
import {
  type InspectedMaster,
  type InspectOptions,
  isMediaError,
  type MediaError,
  type TimeRange,
} from '#lib/media/media-types.ts';
import { type ProbedMaster, probeMaster } from '#lib/media/probe/probe-master.ts';
import type { ToolLimits } from '#lib/media/tools/guard.ts';
import { type LoopbackSource, serveSource } from '#lib/media/tools/loopback-source.ts';
import type { ByteSource } from '#lib/storage/port/byte-source.ts';
import { requireSuffix } from './suffix.ts';

/** How much is decoded at the start, in the middle and at the end. */
const PIECE_S = 1;

const lastPieceOf = (durationS: number): TimeRange => ({
  startS: Math.max(0, durationS - PIECE_S),
  endS: durationS + PIECE_S,
});

/**
 * Whether a file can be a master under its name, and what it is. Reads its headers and decodes about a second, strictly, at the
 * start, in the middle and at the end, and the times of its frames; of a large file never the whole. It is taken with gaps
 * and spots of damage, which are told.
 *
 * Throws `MediaError`, with a message for the admin who uploaded it: `empty_file`, `not_a_video`, `no_video_stream`,
 * `unsupported_codec`, `truncated`, `undecodable`, `wrong_suffix`, `picture_too_large`, `too_many_streams`,
 * `too_demanding`, `clock_goes_back`; `source_unreadable` (retryable) when the store fails.
 */
export async function inspectMaster(
  source: ByteSource,
  { filename, signal, limits }: InspectOptions & { limits?: ToolLimits },
): Promise<InspectedMaster> {
  await using loopback = await serveSource(await withMatroskaIndex(source, signal), { signal, limits });
  try {
    const master = await probeMaster(loopback, source.sizeBytes);
    requireSuffix(filename, master.facts.container);
    const isAviCut = master.facts.container === 'avi' && (await isAviCutOff(source, signal));
    const end = await findEnd(loopback, master, isAviCut);
    if (end.isCutOff) await requireUnfinished(source, master, end.endS, signal);
    settleLength(master, end);
    const times = await readTimes(loopback, master);
    const damage = await findDamage(loopback, master, end);
    settleRate(master, times);
    return { ...master.facts, gaps: joinRanges(times.gaps), damage };
  } catch (error) {
    signal?.throwIfAborted();
    throw loopback.fault() ?? error;
  }
}

/**
 * Decodes the three pieces. A spot of damage spoils the clips that touch it, and no others; a file of which no piece can
 * be decoded is no master.
 */
async function findDamage(loopback: LoopbackSource, master: ProbedMaster, end: MasterEnd): Promise<TimeRange[]> {
  const { durationS } = master.facts;
  const startsS = [0, Math.max(0, durationS / 2 - PIECE_S / 2), Math.max(0, durationS - PIECE_S)];
  const faults: { error: MediaError; spot: TimeRange }[] = [];
  for (const [place, startS] of startsS.entries()) {
    const isLast = place === startsS.length - 1;
    try {
      await (isLast
        ? decodeEnd(loopback, master, end)
        : decodePiece(loopback, master, { startS, endS: startS + PIECE_S }));
    } catch (error) {
      if (!isDamage(error)) throw error;
      faults.push({ error, spot: { startS, endS: Math.min(durationS, startS + PIECE_S) } });
    }
  }
  if (faults[0] && faults.length === startsS.length) throw faults[0].error;
  return joinRanges(faults.map(({ spot }) => spot));
}

/**
 * Decodes the end, without the packet that a cut-off file broke in. A stream that was cut off anywhere says nothing of
 * it: when its last packet alone cannot be decoded, it ends before that.
 */
async function decodeEnd(loopback: LoopbackSource, master: ProbedMaster, end: MasterEnd): Promise<void> {
  const { facts } = master;
  const lastPiece = () => decodePiece(loopback, master, lastPieceOf(facts.durationS));
  loopback.endBefore(end.brokenFromByte);
  if (end.isCutOff) facts.cutOffAtS = facts.durationS;
  try {
    await lastPiece();
  } catch (error) {
    const before = isMediaError(error) && error.code === 'undecodable' ? end.beforeLast : null;
    if (!before) throw error;
    loopback.endBefore(before.byte);
    const { durationS } = facts;
    facts.durationS = before.endS;
    await lastPiece().catch(() => {
      facts.durationS = durationS;
      throw error;
    });
    facts.cutOffAtS = before.endS;
  } finally {
    loopback.endBefore(null);
  }
}
