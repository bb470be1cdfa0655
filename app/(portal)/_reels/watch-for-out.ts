import type { FilmElement } from '#app/(portal)/watch/_components/film-element.ts';
import { lastFrameAfter } from '#app/(portal)/watch/_components/film-end.ts';
import { watchFrames } from '#app/(portal)/watch/_components/frame-clock.ts';

/** How long before the last frame's middle the clock is set for it: callbacks come late. */
const AHEAD_S = 0.1;

interface OutWatch {
  /** Where the film is left, in its own seconds; `null`: nowhere before its end. */
  outS: () => number | null;
  frameS: () => number;
  onOut: () => void;
}

/** Tells once the last frame before a moment has been shown while it plays, though the film goes on behind it. */
export function watchForOut(film: FilmElement, { outS, frameS, onOut }: OutWatch): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = (toldS: number | null) => {
    clearTimeout(timer);
    const endS = outS();
    if (endS === null || film.paused || film.ended || film.seeking) return;
    const shownS = toldS ?? film.currentTime;
    const lastS = lastFrameAfter(shownS, endS, frameS());
    const leftS = (lastS + frameS() / 2 - shownS) / film.playbackRate;
    if (shownS > lastS - frameS() / 2 || leftS <= 0) onOut();
    else if (leftS < AHEAD_S) timer = setTimeout(() => look(null), leftS * 1000);
  };
  const stop = watchFrames(film, look);
  return () => {
    clearTimeout(timer);
    stop();
  };
}
