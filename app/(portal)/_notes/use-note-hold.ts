import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { reachedNotes, seenNotes } from './note-times.ts';
import type { ShownNote } from './shown-note.ts';

/** A jump that ends at a note's moment comes to the note. */
const BEFORE_S = 0.02;

interface HoldOptions {
  /** The film's element, once there is one. */
  video: HTMLVideoElement | null;
  /** Of what is played now. */
  notes: readonly ShownNote[];
  /** Where what the notes are of begins on the element's clock. */
  beginsAtS: number;
}

const sameNotes = (a: readonly ShownNote[], b: readonly ShownNote[]): boolean =>
  a.length === b.length && a.every((note, index) => note === b[index]);

/**
 * The notes that are to be seen now. Where the film comes to one, the picture stands still as long as the note says, and
 * goes on by itself; whoever plays meanwhile goes on at once.
 */
export function useNoteHold({ video, notes, beginsAtS }: HoldOptions) {
  const [seen, setSeen] = useState<readonly ShownNote[]>([]);
  const [held, setHeld] = useState<readonly ShownNote[] | null>(null);
  /** What is held, and until when; events ask before the next picture. */
  const hold = useRef<{ timer: ReturnType<typeof setTimeout>; untilS: number } | null>(null);
  const lastS = useRef(0);

  const nowS = (of: HTMLVideoElement): number => of.currentTime - beginsAtS;
  const letGo = (): boolean => {
    if (!hold.current) return false;
    clearTimeout(hold.current.timer);
    lastS.current = hold.current.untilS;
    hold.current = null;
    setHeld(null);
    return true;
  };
  const look = useEffectEvent((of: HTMLVideoElement) => {
    const atS = nowS(of);
    const reached = of.paused || hold.current ? [] : reachedNotes(notes, lastS.current, atS);
    lastS.current = Math.max(atS, hold.current?.untilS ?? 0);
    if (reached.length > 0) {
      of.pause();
      const holdMs = Math.max(...reached.map(({ hold_s }) => hold_s)) * 1000;
      const untilS = Math.max(atS, ...reached.map(({ at_s }) => at_s));
      hold.current = { untilS, timer: setTimeout(() => void of.play().catch(() => {}), holdMs) };
      setHeld(reached);
    }
    const next = seenNotes(notes, atS, of.paused);
    setSeen((old) => (sameNotes(old, next) ? old : next));
  });
  const onPlay = useEffectEvent((of: HTMLVideoElement) => {
    if (!letGo()) lastS.current = nowS(of) < BEFORE_S ? -BEFORE_S : nowS(of);
  });
  const onSeeking = useEffectEvent((of: HTMLVideoElement) => {
    const wasHeld = letGo();
    lastS.current = nowS(of) - BEFORE_S;
    if (wasHeld) void of.play().catch(() => {});
  });
  const onEmptied = useEffectEvent(() => {
    letGo();
    lastS.current = -BEFORE_S;
    setSeen([]);
  });

  useEffect(() => {
    if (!video) return;
    let frame = 0;
    const watch = () => {
      cancelAnimationFrame(frame);
      look(video);
      if (!video.paused) frame = requestAnimationFrame(watch);
    };
    const listeners = {
      play: () => {
        onPlay(video);
        watch();
      },
      seeking: () => onSeeking(video),
      emptied: onEmptied,
      ...{ playing: watch, pause: watch, seeked: watch, loadeddata: watch },
    };
    for (const [event, listener] of Object.entries(listeners)) video.addEventListener(event, listener);
    watch();
    return () => {
      for (const [event, listener] of Object.entries(listeners)) video.removeEventListener(event, listener);
      cancelAnimationFrame(frame);
      if (hold.current) clearTimeout(hold.current.timer);
      hold.current = null;
    };
  }, [video]);
  // What was noted, changed or deleted meanwhile.
  useEffect(() => {
    if (video && notes) look(video);
  }, [video, notes]);

  return { shown: held ?? seen, isHolding: held !== null, goOn: () => void video?.play().catch(() => {}) };
}
