import { type RefObject, useEffect, useEffectEvent } from 'react';
import { type Gesture, gestureOf, isDoubleTap, type Stroke, type Tap } from './touch-gestures.ts';

interface GestureActions {
  onSwipe: (to: 'previous' | 'next') => void;
  /** Two taps on one side of the picture. */
  onDoubleTap: (side: 'left' | 'right') => void;
}

/** The picture itself: what lies over it has its own use for fingers. */
const isPicture = (event: PointerEvent): boolean => {
  const [target] = event.composedPath();
  return target instanceof Element && (target.localName === 'video' || target.localName === 'media-controller');
};

/**
 * Hears one finger on the picture: double taps and swipes to the side. A stroke up or down belongs to the page, which
 * scrolls (`touch-action` in `player.css`), and two fingers belong to the browser.
 */
export function useTouchGestures(playerRef: RefObject<HTMLElement | null>, actions: GestureActions): void {
  const onGesture = useEffectEvent((gesture: Gesture, lastTap: Tap | null, endMs: number): Tap | null => {
    if (gesture.kind === 'swipe') {
      actions.onSwipe(gesture.to);
      return null;
    }
    const tap = { side: gesture.side, endMs };
    if (tap.side !== 'middle' && isDoubleTap(lastTap, tap)) actions.onDoubleTap(tap.side);
    return tap;
  });

  useEffect(() => {
    const player = playerRef.current;
    if (!player) return;
    let start: { id: number; stroke: Pick<Stroke, 'startX' | 'startY' | 'startMs'> } | null = null;
    let lastTap: Tap | null = null;
    const onDown = (event: PointerEvent) => {
      if (event.pointerType !== 'touch' || !isPicture(event)) return;
      const { pointerId: id, clientX: startX, clientY: startY, timeStamp: startMs } = event;
      start = event.isPrimary ? { id, stroke: { startX, startY, startMs } } : null;
    };
    const onUp = (event: PointerEvent) => {
      if (start?.id !== event.pointerId) return;
      const { left, width } = player.getBoundingClientRect();
      const { clientX: endX, clientY: endY, timeStamp: endMs } = event;
      const gesture = gestureOf({ ...start.stroke, endX, endY, endMs, left, width });
      start = null;
      lastTap = gesture && onGesture(gesture, lastTap, endMs);
    };
    const onCancel = () => {
      start = null;
    };
    player.addEventListener('pointerdown', onDown);
    player.addEventListener('pointerup', onUp);
    player.addEventListener('pointercancel', onCancel);
    return () => {
      player.removeEventListener('pointercancel', onCancel);
      player.removeEventListener('pointerup', onUp);
      player.removeEventListener('pointerdown', onDown);
    };
  }, [playerRef]);
}
