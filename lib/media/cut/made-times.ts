import { z } from 'zod';
import { MediaError } from '#lib/media/media-types.ts';
import { packetsSchema } from '#lib/media/probe/probe-json.ts';
import { parseRational, toNumber } from '#lib/media/probe/rational.ts';
import { OWN_FILE_INPUT_ARGS } from '#lib/media/tools/confinement.ts';
import { runTool } from '#lib/media/tools/run-ffmpeg.ts';

/** How far a frame may be shown from where the master has it. */
const MAX_OFF_S = 0.001;

/** Clocks count in ticks that are no whole microseconds, and each reading is rounded to one. */
const EXACTLY_S = 2e-5;

/**
 * What is wrong with the times of frames, in words for the log; null when they are where they belong.
 * @param graceS more than a millisecond, where the master's own clock is coarser.
 */
export function misplaced(madeS: readonly number[], expectedS: readonly number[], graceS = 0): string | null {
  if (madeS.length !== expectedS.length) return `${madeS.length} frames made, ${expectedS.length} in the master`;
  const allowedS = Math.max(MAX_OFF_S, graceS) + EXACTLY_S;
  const wrong = madeS.findIndex((atS, i) => Math.abs(atS - (expectedS[i] ?? 0)) > allowedS);
  return wrong < 0 ? null : `frame ${wrong} is shown at ${madeS[wrong]} s, and belongs to ${expectedS[wrong]} s`;
}

/** One frame of a file of our own. */
export interface MadeFrame {
  /** Seconds. */
  atS: number;
  /** Where it lies in the file: a packet of a fragmented MP4 is a sample. */
  byte: number;
  sizeBytes: number;
  isKey: boolean;
}

const framesSchema = packetsSchema.extend({ streams: z.array(z.object({ time_base: z.string().optional() })) });

interface OwnFolder {
  workDir: string;
  signal: AbortSignal | undefined;
}

/** The frames of a file of our own, in the order shown. */
async function readFrames(fileName: string, { workDir, signal }: OwnFolder): Promise<MadeFrame[]> {
  const args = ['-v', 'error', ...OWN_FILE_INPUT_ARGS, '-select_streams', 'v:0', '-of', 'json'];
  const entries = ['-show_entries', 'stream=time_base:packet=pts,pos,size,flags'];
  const { stdout } = await runTool('ffprobe', [...args, ...entries, fileName], { signal, cwd: workDir });
  const { packets, streams } = framesSchema.parse(JSON.parse(stdout));
  const tickS = toNumber(parseRational(streams[0]?.time_base) ?? { num: 1, den: 1 });
  const frames = packets.map(({ pts = Number.NaN, pos = Number.NaN, size = 0, flags }) => ({
    ...{ atS: pts * tickS, byte: pos, sizeBytes: size, isKey: flags.includes('K') },
  }));
  return frames.sort((a, b) => a.atS - b.atS);
}

/**
 * Reads back when each frame of a file of our own is shown.
 * Throws `ffmpeg_failed`, for good, when one is not where it belongs: it would be the same the next time.
 */
export async function requireTimes(
  fileName: string,
  expectedS: readonly number[],
  folder: OwnFolder,
): Promise<MadeFrame[]> {
  const frames = await readFrames(fileName, folder);
  const fault = misplaced(
    frames.map(({ atS }) => atS),
    expectedS,
  );
  if (fault === null) return frames;
  throw new MediaError('ffmpeg_failed', 'The clip could not be made with each picture at its own time.', {
    technical: `${fileName}: ${fault}`,
  });
}
