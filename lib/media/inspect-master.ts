import { isAviCutOff } from './avi-end.ts';
import { MASTER_INPUT_ARGS } from './confinement.ts';
import { complainsOfPicture, JUDGED_LOG } from './decode-damage.ts';
import { seekArgs } from './ffmpeg-args.ts';
import { findStart } from './frame-edges.ts';
import { type LoopbackSource, serveSource } from './loopback-source.ts';
import { requireSuffix } from './master-container.ts';
import { findEnd, type MasterEnd, settleLength } from './master-end.ts';
import { withMatroskaIndex } from './matroska-index.ts';
import { type ByteSource, type InspectOptions, isMediaError, type MasterFacts, MediaError } from './media-types.ts';
import { type ProbedMaster, probeMaster } from './probe-master.ts';
import { toNumber } from './rational.ts';
import type { ToolLimits } from './tool-guard.ts';

/** How much is decoded at the start, in the middle and at the end. */
const PIECE_S = 1;

/**
 * Whether a file can be a master under its name, and what it is. Reads its headers and decodes about a second, strictly, at the
 * start, in the middle and at the end; never the whole file.
 *
 * Throws `MediaError`, with a message for the admin who uploaded it: `empty_file`, `not_a_video`, `no_video_stream`,
 * `unsupported_codec`, `truncated`, `undecodable`, `wrong_suffix`, `picture_too_large`, `too_many_streams`,
 * `too_demanding`; `source_unreadable` (retryable) when the store fails.
 */
export async function inspectMaster(
  source: ByteSource,
  { filename, signal, limits }: InspectOptions & { limits?: ToolLimits },
): Promise<MasterFacts> {
  await using loopback = await serveSource(await withMatroskaIndex(source, signal), { signal, limits });
  try {
    const master = await probeMaster(loopback, source.sizeBytes);
    requireSuffix(filename, master.facts.container);
    const isAviCut = master.facts.container === 'avi' && (await isAviCutOff(source, signal));
    const end = await findEnd(loopback, master, isAviCut);
    settleLength(master, end);
    const { durationS } = master.facts;
    for (const at of [0, durationS / 2 - PIECE_S / 2]) await decodePiece(loopback, master, Math.max(0, at));
    await decodeEnd(loopback, master, end);
    return master.facts;
  } catch (error) {
    signal?.throwIfAborted();
    throw loopback.fault() ?? error;
  }
}

const said = (seconds: number): string => `${seconds.toFixed(1)} s`;

/**
 * Decodes the end, without the packet that a cut-off file broke in. A stream that was cut off anywhere says nothing of
 * it: when its last packet alone cannot be decoded, it ends before that.
 */
async function decodeEnd(loopback: LoopbackSource, master: ProbedMaster, end: MasterEnd): Promise<void> {
  const { facts } = master;
  const lastPiece = () => decodePiece(loopback, master, Math.max(0, facts.durationS - PIECE_S));
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

async function decodePiece(loopback: LoopbackSource, master: ProbedMaster, startS: number): Promise<void> {
  const tick = toNumber(master.timeBase);
  const { firstPts, seekS } = await findStart(loopback, master, startS);
  const endPts = firstPts + Math.ceil(PIECE_S / tick);
  let frames = 0;
  const args = [
    ...[...JUDGED_LOG, '-progress', 'pipe:1', ...MASTER_INPUT_ARGS],
    // Frames decoded side by side would each be held; the few that are looked at need no hurry.
    ...['-threads', '1', ...seekArgs(seekS), '-copyts', '-i', loopback.url],
    ...['-map', `0:${master.videoIndex}`, '-vf', `trim=start_pts=${firstPts}:end_pts=${endPts}`],
    ...['-fps_mode', 'passthrough', '-f', 'null', '-'],
  ];
  const onStdoutLine = (line: string) => {
    frames = Number(/^frame=\s*(\d+)/.exec(line)?.[1] ?? frames);
  };
  const { stderrTail } = await loopback.run('ffmpeg', args, { onStdoutLine }).catch((error: unknown) => {
    if (!isMediaError(error) || error.code !== 'ffmpeg_failed' || error.retryable) throw error;
    throw damagedAt(startS, error.technical);
  });
  if (frames === 0 || complainsOfPicture(stderrTail)) throw damagedAt(startS, stderrTail);
}

const damagedAt = (startS: number, technical: string | undefined) =>
  new MediaError('undecodable', `The picture is damaged near ${said(startS)}. Export it again, or copy it again.`, {
    ...(technical === undefined ? {} : { technical }),
  });
