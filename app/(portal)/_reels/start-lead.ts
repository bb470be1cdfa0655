import type { FilmElement } from '#app/(portal)/watch/_components/film-element.ts';
import { watchFrames } from '#app/(portal)/watch/_components/frame-clock.ts';

/** Whoever takes longer than this is busy with something else. */
const MOST_MS = 250;

/** What no browser was seen to be quicker than; until more is known. */
const USUAL_MS = 60;

/** How long a browser takes from `play` to the first picture that moves: it begins its sound first. */
export class StartLead {
  #leastMs = Number.POSITIVE_INFINITY;

  /** The least that it took so far, so that nothing is begun too early. */
  get leastS(): number {
    return (Number.isFinite(this.#leastMs) ? this.#leastMs : USUAL_MS) / 1000;
  }

  /** Learns from an element that stands, at the moment that it is played. */
  learnFrom(video: FilmElement): void {
    const [fromS, fromMs] = [video.currentTime, performance.now()];
    const stop = watchFrames(video, (frameS) => {
      const tookMs = performance.now() - fromMs;
      const hasMoved = frameS !== null && frameS > fromS;
      if (hasMoved && tookMs <= MOST_MS) this.#leastMs = Math.min(this.#leastMs, tookMs);
      if (hasMoved || tookMs > MOST_MS) stop();
    });
  }
}
