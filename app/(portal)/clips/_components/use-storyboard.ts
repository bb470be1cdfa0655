'use client';

import { type FocusEvent, type KeyboardEvent, type PointerEvent, type RefObject, useRef, useState } from 'react';
import type { StoryboardFrame } from '#app/(portal)/_clips/clip-thumbnail-client.tsx';
import { cueAt } from '#app/(portal)/_clips/storyboard-cues.ts';
import { loadStoryboard, type Storyboard } from '#app/(portal)/_clips/storyboard-sheet.ts';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';

const KEY_STEPS = 12;

const wantsStillness = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

/**
 * Scrubbing through a clip's storyboard: with the mouse across the thumbnail, or with ← and → while the card has the
 * focus. Cues and sprite are loaded on the first of these, never before. A finger scrolls, so touch is left alone;
 * so is everyone who asked for reduced motion.
 */
export const useStoryboard = (clip: ClipJson, frameRef: RefObject<HTMLElement | null>) => {
  const [storyboard, setStoryboard] = useState<Storyboard | null>(null);
  const [fraction, setFraction] = useState<number | null>(null);
  const loading = useRef(false);

  const load = () => {
    if (loading.current || wantsStillness()) return;
    loading.current = true;
    // A storyboard is an extra: without it the thumbnail stays, and the next hover tries again.
    loadStoryboard(clip).then(setStoryboard, () => {
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
      if (step === 0 || event.altKey || event.ctrlKey || event.metaKey || !storyboard) return;
      event.preventDefault();
      setFraction((before) => Math.min(1, Math.max(0, (before ?? 0) + step / KEY_STEPS)));
    },
  };

  const cue = storyboard && fraction !== null ? cueAt(storyboard.cues, fraction) : null;
  const frame: StoryboardFrame | null = storyboard && cue && fraction !== null ? { storyboard, cue, fraction } : null;
  return { frame, handlers };
};
