import type { FilmElement } from './film-element.ts';
import { REACHED_S } from './film-part.ts';
import { watchFrames } from './frame-clock.ts';

/** How long before the last frame's middle the clock is set for it: callbacks come late, and a frame of 60 is short. */
const AHEAD_S = 0.1;

/** When the last frame of a film begins that shows one at `shownS`: the last one before the end, in a cut as well. */
export const lastFrameAfter = (shownS: number, lastsS: number, frameS: number): number =>
  shownS + Math.max(0, Math.ceil((lastsS - REACHED_S - shownS) / frameS - 1e-3) - 1) * frameS;

/**
 * Ends a film whose source goes on behind it, in the middle of its last frame: pictures that are stored out of order lean
 * on later ones, so that a browser cannot be given the film's own alone. Answers a function that ends the watch.
 */
export function endWithFilm(film: FilmElement, lastsS: number, frameS: () => number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = () => {
    film.finish();
    // The last frame may not have come to the screen before the pause, or others after it, of which nobody is told.
    film.showLast();
  };
  /** At the middle of the last frame; a clock that was held up is waited for. */
  const endAt = (middleS: number) => {
    if (film.paused) return;
    const leftS = (middleS - film.currentTime) / film.playbackRate;
    if (leftS > frameS() / 2) {
      timer = setTimeout(endAt, leftS * 1000, middleS);
      return;
    }
    end();
  };
  const stopWatching = watchFrames(film, (toldS) => {
    clearTimeout(timer);
    const shownS = toldS ?? film.currentTime;
    const lastS = lastFrameAfter(shownS, lastsS, frameS());
    if (!film.paused && !film.ended && shownS > lastS - frameS() / 2) end();
    // A frame behind the end was shown all the same: back to the last one.
    if (film.ended && toldS !== null && toldS >= lastsS - REACHED_S) film.showLast();
    if (film.paused || film.ended) return;
    const middleS = lastS + frameS() / 2;
    const leftS = (middleS - shownS) / film.playbackRate;
    if (leftS < AHEAD_S) timer = setTimeout(endAt, leftS * 1000, middleS);
  });
  return () => {
    clearTimeout(timer);
    stopWatching();
  };
}
