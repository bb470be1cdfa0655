import type { VideoFacts } from '#lib/media/media-types.ts';
import { toNumber } from '#lib/media/probe/rational.ts';

/** One quality of a clip. Its name is its short side in pixels: `720` is 1280 × 720, or 720 × 1280 upright. */
export interface Rung {
  name: string;
  width: number;
  height: number;
  crf: number;
  /** Most of what any two seconds may take, so that a wall of confetti does not stall a phone. */
  maxrateKbps: number;
  bufsizeKbps: number;
}

type PictureSize = Pick<VideoFacts, 'width' | 'height' | 'frameRate'>;

const LADDER = [1080, 720, 360];

/** A rung this close below the top one is no choice, only work. */
const MIN_STEP = 0.85;

const even = (pixels: number): number => Math.max(2, Math.round(pixels / 2) * 2);

/**
 * The renditions of a clip, best first: 1080, 720 and 360 by the short side of the picture as displayed, none above
 * the master's own. A master that is smaller than 1080 and off the ladder is its own top rung (576 → 576, 360).
 */
export function renditionLadder({ video }: { video: PictureSize }): [Rung, ...Rung[]] {
  const short = Math.min(video.width, video.height);
  const top = Math.min(short, LADDER[0] ?? short);
  const below = LADDER.filter((rung) => rung <= top * MIN_STEP);
  return [rungOf(top, video), ...below.map((side) => rungOf(side, video))];
}

function rungOf(side: number, video: PictureSize): Rung {
  const scale = side / Math.min(video.width, video.height);
  const width = even(video.width * scale);
  const height = even(video.height * scale);
  const maxrateKbps = maxrateOf(width * height, toNumber(video.frameRate));
  return {
    name: String(side),
    width,
    height,
    crf: side >= 1080 ? 22 : side >= 720 ? 22 : 23,
    maxrateKbps,
    bufsizeKbps: maxrateKbps * 2,
  };
}

/**
 * 1920 × 1080 at 30 fps: 8 Mbit/s; other sizes by the 0.75th power of their pixels, which is how bit rate has been
 * found to grow with size at equal quality (J. Ozer's "power of .75 rule"); 50 and 60 fps half as much again.
 */
function maxrateOf(pixels: number, framesPerSecond: number): number {
  const bySize = 8000 * (pixels / (1920 * 1080)) ** 0.75;
  const byRate = framesPerSecond > 31 ? 1.5 : 1;
  return Math.max(200, Math.round((bySize * byRate) / 50) * 50);
}
