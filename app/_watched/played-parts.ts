/** A part of a film that was really played. */
export interface PlayedPart {
  from_s: number;
  to_s: number;
  /** When it ended, in ms since 1970, by this browser's clock. */
  endedAtMs: number;
}

/** What is seen of a player at one moment. */
export interface PlayerSample {
  filmS: number;
  atMs: number;
  speed: number;
  /** Whether somebody can be watching: it plays, is neither paused nor waiting nor seeking, and the page is not hidden. */
  isWatched: boolean;
}

/** A part is told at the latest after so long, so that little is lost with the page. */
const LONGEST_MS = 10_000;
/** Less is nobody's watching, but a touch. */
const SHORTEST_S = 0.05;
/** How far a film's clock may be from the browser's, in seconds, before it is a jump. */
const SLACK_S = 0.35;

/**
 * Makes parts of samples that come several times a second. What lies between two of them counts when the film went on as
 * far as there was time for: jumps, loops, pauses and hidden pages end a part.
 */
export class PlayedParts {
  readonly #tell: (part: PlayedPart) => void;
  #begunS = 0;
  #begunAtMs = 0;
  #last: PlayerSample | null = null;

  constructor(tell: (part: PlayedPart) => void) {
    this.#tell = tell;
  }

  add(sample: PlayerSample): void {
    const last = this.#last;
    if (!last || !this.#goesOn(last, sample)) {
      this.end();
      if (sample.isWatched) this.#begin(sample);
      return;
    }
    this.#last = sample;
    if (!sample.isWatched || sample.atMs - this.#begunAtMs >= LONGEST_MS) {
      this.end();
      if (sample.isWatched) this.#begin(sample);
    }
  }

  /** Ends the part under way, with what was seen last. */
  end(): void {
    const last = this.#last;
    this.#last = null;
    if (last && last.filmS - this.#begunS >= SHORTEST_S) {
      this.#tell({ from_s: this.#begunS, to_s: last.filmS, endedAtMs: last.atMs });
    }
  }

  #begin(sample: PlayerSample): void {
    this.#begunS = sample.filmS;
    this.#begunAtMs = sample.atMs;
    this.#last = sample;
  }

  #goesOn(last: PlayerSample, next: PlayerSample): boolean {
    const playedS = next.filmS - last.filmS;
    const passedS = (next.atMs - last.atMs) / 1000;
    return playedS >= 0 && playedS <= passedS * Math.max(last.speed, next.speed) + SLACK_S;
  }
}
