import { isMediaError, MediaError, type TimeRange } from '#lib/media/media-types.ts';
import type { ProbedMaster } from '#lib/media/probe/probe-master.ts';
import { toNumber } from '#lib/media/probe/rational.ts';
import { MASTER_INPUT_ARGS } from '#lib/media/tools/confinement.ts';
import type { LoopbackSource } from '#lib/media/tools/loopback-source.ts';
import { seekArgs } from '#lib/media/tools/time-args.ts';
import { complainsBeyond, complaintsOfPicture, JUDGED_LOG } from './decode-damage.ts';
import { findStart } from './edges.ts';
import { joinRanges } from './time-ranges.ts';

/**
 * Decodes the frames of a range of a master, from the one on screen at its start on, and keeps none.
 * Throws what `isDamage` knows when one cannot be decoded, or none is there.
 */
export async function decodePiece(loopback: LoopbackSource, master: ProbedMaster, piece: TimeRange): Promise<void> {
  const tick = toNumber(master.timeBase);
  const { firstPts, seekS } = await findStart(loopback, master, piece.startS);
  const endPts = firstPts + Math.ceil((piece.endS - piece.startS) / tick);
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
    throw damagedAt(piece.startS, error.technical);
  });
  if (frames === 0 || (await isDamaged(loopback, stderrTail))) throw damagedAt(piece.startS, stderrTail);
}

const damagedAt = (startS: number, technical: string | undefined) =>
  new MediaError(
    'undecodable',
    `The picture is damaged near ${startS.toFixed(1)} s. Export it again, or copy it again.`,
    {
      ...(technical === undefined ? {} : { technical }),
    },
  );

/**
 * Whether what a run said means that a frame of its range is damaged. To open a file ffmpeg decodes its first frames,
 * wherever it is sent afterwards: what it says of them is no word about the range, unless it is said twice.
 */
export async function isDamaged(loopback: LoopbackSource, stderr: string): Promise<boolean> {
  const complaints = complaintsOfPicture(stderr);
  if (complaints.length === 0) return false;
  const opening = [...JUDGED_LOG, ...MASTER_INPUT_ARGS, '-i', loopback.url, '-map', '0:V', '-c', 'copy', '-t', '0'];
  const { stderrTail } = await loopback.run('ffmpeg', [...opening, '-f', 'null', '-']);
  return complainsBeyond(complaints, complaintsOfPicture(stderrTail));
}

/** Where nothing can be read, ffmpeg gives up instead of the decoder. */
export const isDamage = (error: unknown): error is MediaError =>
  isMediaError(error) && !error.retryable && (error.code === 'undecodable' || error.code === 'ffmpeg_failed');

/** So many pieces are decoded to find where a range is damaged. */
const MAX_PIECES = 12;

/** The shortest piece that is told from another. */
const MIN_PIECE_S = 1;

/**
 * Where a range of a master cannot be decoded, to a twelfth of it or a second; all of it, when each piece by itself can.
 */
export async function locateDamage(
  loopback: LoopbackSource,
  master: ProbedMaster,
  { startS, endS }: TimeRange,
): Promise<TimeRange[]> {
  const count = Math.max(1, Math.min(MAX_PIECES, Math.floor((endS - startS) / MIN_PIECE_S)));
  const lengthS = (endS - startS) / count;
  const spots: TimeRange[] = [];
  for (let i = 0; i < count && count > 1; i++) {
    const piece = { startS: startS + i * lengthS, endS: startS + (i + 1) * lengthS };
    try {
      await decodePiece(loopback, master, piece);
    } catch (error) {
      if (!isDamage(error)) throw error;
      spots.push(piece);
    }
  }
  return joinRanges(spots.length > 0 ? spots : [{ startS, endS }]);
}
