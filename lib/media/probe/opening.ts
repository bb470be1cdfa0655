import { MediaError } from '#lib/media/media-types.ts';
import type { LoopbackSource } from '#lib/media/tools/loopback-source.ts';
import { type Decoded, type PictureStream, readDecoded } from './packet-times.ts';
import type { ProbedFrame } from './probe-json.ts';

/** What the decoder makes of a master's first packets. */
export interface Opening {
  /** Tick of the first picture that can be shown. */
  firstPts: number;
  /** False when some packets are single fields, of which the decoder makes one frame out of two. */
  packetsAreFrames: boolean;
  isInterlaced: boolean;
  /** Ticks from one frame to the next; null where only one is seen. */
  frameTicks: number | null;
}

/** How many packets are looked at, growing until a picture is among them: a recording may begin in mid-GOP. */
const PACKETS = [32, 400, 4000];

/** Of so many packets for one frame, some are fields: a frame may be coded either way, each one anew. */
const FIELDS_A_FRAME = 1.5;

/**
 * Decodes a master's first packets. The file begins with the first picture that can be shown: behind what an edit list
 * hides, and behind whatever a recording that starts in mid-GOP has before its first key frame.
 * Throws `undecodable` when no picture comes, `unsupported_codec` for HEVC in single fields.
 */
export async function readOpening(
  loopback: LoopbackSource,
  stream: PictureStream & { codec: string },
): Promise<Opening> {
  for (const count of PACKETS) {
    const decoded = await readDecoded(loopback, stream, `%+#${count}`);
    const shown = shownFrames(decoded, stream.codec);
    if (shown[0]) return openingOf(decoded, { codec: stream.codec, frames: shown, firstPts: shown[0].pts });
    if (decoded.packets.length < count) break;
  }
  throw new MediaError('undecodable', 'No picture can be decoded at the beginning of the file. Export it again.');
}

interface ShownFrame extends ProbedFrame {
  pts: number;
}

/** The frames that are shown whole, in order. */
function shownFrames({ packets, frames }: Decoded, codec: string): ShownFrame[] {
  const key = packets.find(({ isKey }) => isKey);
  if (!key) return [];
  // What is decoded after a key frame and shown before it leans on what was before: H.264 has no other such frames,
  // and any codec has none that are whole when the file begins with something else than the key frame.
  const from = codec === 'h264' || key !== packets[0] ? key.pts : Number.NEGATIVE_INFINITY;
  const timed = frames.flatMap((frame): ShownFrame[] =>
    frame.best_effort_timestamp === undefined ? [] : [{ ...frame, pts: frame.best_effort_timestamp }],
  );
  return timed.filter(({ pts }) => pts >= from).sort((a, b) => a.pts - b.pts);
}

function openingOf(
  { packets }: Decoded,
  { codec, frames, firstPts }: { codec: string; frames: readonly ShownFrame[]; firstPts: number },
): Opening {
  if (codec === 'hevc' && areSingleFields(frames)) {
    throw new MediaError(
      'unsupported_codec',
      'The video is HEVC in single fields, which cannot be joined here. Export it progressive, or as H.264.',
    );
  }
  const lastPts = frames.at(-1)?.pts ?? firstPts;
  const within = new Set(
    packets.flatMap(({ pts, isShown }) => (isShown && pts >= firstPts && pts <= lastPts ? [pts] : [])),
  );
  const times = new Set(frames.map(({ pts }) => pts));
  return {
    firstPts,
    packetsAreFrames: times.size < 2 || within.size < FIELDS_A_FRAME * times.size,
    isInterlaced: 2 * frames.filter(({ interlaced_frame }) => interlaced_frame === 1).length > frames.length,
    frameTicks: frameStep([...times]),
  };
}

/** The decoder gives each field as a picture of its own, the upper and the lower in turn. */
function areSingleFields(frames: readonly ShownFrame[]): boolean {
  const turns = frames.slice(1).filter((frame, i) => frame.top_field_first !== frames[i]?.top_field_first);
  return frames.every(({ interlaced_frame }) => interlaced_frame === 1) && turns.length > frames.length / 2;
}

/** The mean of the ordinary steps: Matroska rounds each of them to a millisecond, and one frame may be missing. */
function frameStep(times: readonly number[]): number | null {
  const steps = times.slice(1).map((pts, i) => pts - (times[i] ?? pts));
  const median = [...steps].sort((a, b) => a - b)[Math.floor(steps.length / 2)];
  if (median === undefined) return null;
  const ordinary = steps.filter((step) => step < 1.5 * median);
  return ordinary.reduce((sum, step) => sum + step, 0) / ordinary.length;
}
