'use client';

import { useEffect, useEffectEvent, useRef } from 'react';

/** A finger that goes so far to the side drags the playhead. */
const DRAG_PX = 8;

/** Which part of the way along the bar a place is, from 0 to 1. `padPx` is left free at both of its ends. */
export function partAlong(x: number, bar: { left: number; width: number }, padPx: number): number {
  const part = (x - bar.left - padPx) / (bar.width - 2 * padPx);
  return Math.min(1, Math.max(0, part));
}

/** Of the seek bar, as `player.css` has it. */
const PAD_PX = 10;

/**
 * The seek bar under a finger. media-chrome's own seeks wherever a finger comes down, also one that is about to scroll
 * the page: this lies over it, seeks for a tap or a way to the side, and leaves what goes up or down to the page.
 */
export function SeekTouch({ onSeek }: { onSeek: (part: number) => void }) {
  const ref = useRef<HTMLDivElement>(null);
  const seek = useEffectEvent((x: number, bar: HTMLElement) =>
    onSeek(partAlong(x, bar.getBoundingClientRect(), PAD_PX)),
  );

  useEffect(() => {
    const bar = ref.current;
    if (!bar) return;
    let finger: { id: number; startX: number; isDragging: boolean } | null = null;
    const isFinger = (event: PointerEvent) => finger?.id === event.pointerId;
    const onDown = (event: PointerEvent) => {
      if (!event.isPrimary) return;
      finger = { id: event.pointerId, startX: event.clientX, isDragging: false };
      bar.setPointerCapture(event.pointerId);
    };
    const onMove = (event: PointerEvent) => {
      if (!finger || !isFinger(event)) return;
      finger.isDragging ||= Math.abs(event.clientX - finger.startX) > DRAG_PX;
      if (finger.isDragging) seek(event.clientX, bar);
    };
    const onUp = (event: PointerEvent) => {
      if (isFinger(event)) seek(event.clientX, bar);
      finger = null;
    };
    // The browser has taken the finger for scrolling.
    const onCancel = () => {
      finger = null;
    };
    const listeners = { pointerdown: onDown, pointermove: onMove, pointerup: onUp, pointercancel: onCancel };
    const entries = Object.entries(listeners) as [keyof typeof listeners, (event: PointerEvent) => void][];
    for (const [name, listener] of entries) bar.addEventListener(name, listener);
    return () => {
      for (const [name, listener] of entries) bar.removeEventListener(name, listener);
    };
  }, []);
  return <div ref={ref} aria-hidden className="player-seek-touch" />;
}
