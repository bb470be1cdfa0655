'use client';

import { type FocusEvent, type KeyboardEvent, type PointerEvent, type RefObject, useRef, useState } from 'react';
import { cueAt, type StoryboardCue } from '#app/(portal)/_clips/storyboard-cues.ts';
import { loadSheet, type StoryboardSheet } from '#app/(portal)/_clips/storyboard-sheet.ts';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';

/** What to paint over the thumbnail: one picture of the sprite, and how far into the clip it lies. */
export interface StoryboardFrame {
  sheet: StoryboardSheet;
  cue: StoryboardCue;
  fraction: number;
}

const KEY_STEPS = 12;

const wantsStillness = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

/**
 * Scrubbing through a clip's storyboard: with the mouse across the thumbnail, or with ← and → while the card has the
 * focus. Cues and sprite are loaded on the first of these, never before. A finger scrolls, so touch is left alone;
 * so is everyone who asked for reduced motion.
 */
export const useStoryboard = (clip: ClipJson, frameRef: RefObject<HTMLElement | null>) => {
  const [sheet, setSheet] = useState<StoryboardSheet | null>(null);
  const [fraction, setFraction] = useState<number | null>(null);
  const loading = useRef(false);

  const load = () => {
    if (loading.current || clip.processing_status !== 'ready' || wantsStillness()) return;
    loading.current = true;
    // A storyboard is an extra: without it the thumbnail stays, and the next hover tries again.
    loadSheet(clip).then(setSheet, () => {
      loading.current = false;
    });
  };

  const scrub = (event: PointerEvent) => {
    const box = frameRef.current?.getBoundingClientRect();
    if (event.pointerType !== 'mouse' || !box || box.width === 0) return;
    setFraction(Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)));
  };

  const handlers = {
    onPointerEnter: (event: PointerEvent) => {
      if (event.pointerType === 'mouse') load();
    },
    onPointerMove: scrub,
    onPointerLeave: () => setFraction(null),
    onFocus: (event: FocusEvent<HTMLElement>) => {
      if (event.currentTarget.matches(':focus-visible')) load();
    },
    onBlur: () => setFraction(null),
    onKeyDown: (event: KeyboardEvent) => {
      const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
      if (step === 0 || event.altKey || event.ctrlKey || event.metaKey || !sheet) return;
      event.preventDefault();
      setFraction((before) => Math.min(1, Math.max(0, (before ?? 0) + step / KEY_STEPS)));
    },
  };

  const cue = sheet && fraction !== null ? cueAt(sheet.cues, fraction) : null;
  const frame: StoryboardFrame | null = sheet && cue && fraction !== null ? { sheet, cue, fraction } : null;
  return { frame, handlers };
};
