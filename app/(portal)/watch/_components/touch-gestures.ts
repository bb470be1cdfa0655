/** One finger's way over the picture, in CSS pixels and milliseconds. */
export interface Stroke {
  startX: number;
  startY: number;
  endX: number;
  endY: number;
  startMs: number;
  endMs: number;
  /** Of the picture. */
  left: number;
  width: number;
}

export type Side = 'left' | 'middle' | 'right';

export type Gesture = { kind: 'tap'; side: Side } | { kind: 'swipe'; to: 'previous' | 'next' };

/** A finger that stays within this circle has tapped. */
const TAP_PX = 12;
const TAP_MS = 300;
/** A swipe goes this far, at this pace, and more sideways than this many times up or down. */
const SWIPE_PX = 56;
const SWIPE_MS = 800;
const SWIPE_SLOPE = 2;
const DOUBLE_TAP_MS = 320;

/** What a stroke means; `null` for none: too slow, too short, or up and down, which scrolls the page. */
export function gestureOf(stroke: Stroke): Gesture | null {
  const { startX, endX, startMs, endMs, left, width } = stroke;
  const acrossPx = endX - startX;
  const downPx = stroke.endY - stroke.startY;
  const lastedMs = endMs - startMs;
  if (Math.hypot(acrossPx, downPx) <= TAP_PX) {
    if (lastedMs > TAP_MS) return null;
    const place = (startX - left) / width;
    return { kind: 'tap', side: place < 0.4 ? 'left' : place > 0.6 ? 'right' : 'middle' };
  }
  const isSwipe =
    Math.abs(acrossPx) >= SWIPE_PX && Math.abs(acrossPx) >= SWIPE_SLOPE * Math.abs(downPx) && lastedMs <= SWIPE_MS;
  return isSwipe ? { kind: 'swipe', to: acrossPx < 0 ? 'next' : 'previous' } : null;
}

/** A tap that has happened. */
export interface Tap {
  side: Side;
  endMs: number;
}

/** Whether a tap is the second of two on the same side. */
export const isDoubleTap = (before: Tap | null, tap: Tap): boolean =>
  before !== null && before.side === tap.side && tap.endMs - before.endMs <= DOUBLE_TAP_MS;
