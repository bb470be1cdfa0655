import { type FrameRate, frameAt, secondsOfFrame } from '#app/_client/timecode.ts';

/** What is known of the picture on screen. */
export interface Playhead {
  /** `video.currentTime`. */
  currentTimeS: number;
  /** `mediaTime` of the last frame that was shown (requestVideoFrameCallback), where the browser tells it. */
  shownFrameS: number | null;
  /** Whether that frame is still the one on screen: no seek has begun since. */
  isSettled: boolean;
  /** `video.duration`. */
  durationS: number;
}

/**
 * The first moment of the frame on screen. What the browser says of the shown frame wins: a paused player may show the
 * frame after `currentTime`. While a seek is under way its picture has not arrived; the phase of the frames still holds.
 */
function startOfShownFrame({ currentTimeS, shownFrameS, isSettled }: Playhead, rate: FrameRate): number {
  if (shownFrameS === null) return secondsOfFrame(frameAt(currentTimeS, rate), rate);
  if (isSettled) return shownFrameS;
  const frameS = rate.den / rate.num;
  return shownFrameS + Math.floor((currentTimeS - shownFrameS) / frameS + 1e-3) * frameS;
}

/** The moment that a link to the picture on screen names: its frame's first, or the clock's where no rate is known. */
export const shownMoment = (playhead: Playhead, rate: FrameRate | null): number =>
  Math.max(0, rate ? startOfShownFrame(playhead, rate) : playhead.currentTimeS);

/**
 * Where to seek so that exactly one frame is stepped: the middle of the neighbouring frame, so that no rounding of the
 * browser's clock can land on its other side. Stays on the first and the last frame at the ends.
 */
export function stepTarget(playhead: Playhead, direction: 1 | -1, rate: FrameRate): number {
  const frameS = rate.den / rate.num;
  const middle = startOfShownFrame(playhead, rate) + (direction + 0.5) * frameS;
  const lastMiddle = Math.max(frameS / 2, playhead.durationS - frameS / 2);
  return Math.min(Math.max(middle, frameS / 2), lastMiddle);
}

/** Where a jump by seconds lands: within the clip, never on the end itself, where nothing is shown. */
export function seekTarget(currentTimeS: number, bySeconds: number, durationS: number, rate: FrameRate | null): number {
  const frameS = rate ? rate.den / rate.num : 0.04;
  return Math.min(Math.max(0, currentTimeS + bySeconds), Math.max(0, durationS - frameS / 2));
}

/** The speeds that `<` and `>` walk through. */
export const SPEEDS = [0.1, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2] as const;

/** The next speed in a direction from any speed, on the ladder or not; the ends hold. */
export function nextSpeed(current: number, direction: 1 | -1): number {
  const ladder = direction === 1 ? SPEEDS : SPEEDS.toReversed();
  const further = ladder.find((speed) => (speed - current) * direction > 1e-6);
  return further ?? ladder.at(-1) ?? current;
}

/** A remembered speed; 1 where none of the ladder is remembered. */
export const speedOf = (remembered: string | null): number => SPEEDS.find((speed) => String(speed) === remembered) ?? 1;
