interface Sample {
  atMs: number;
  bytes: number;
}

/** How far back speed is measured: long enough to be calm, short enough to notice a change. */
const WINDOW_MS = 8000;

/** Measures how fast bytes arrive, over the last seconds. Resumed bytes of an earlier visit do not count as speed. */
export class RateMeter {
  #samples: Sample[] = [];

  /** `bytes` is the total that the store has, at a moment of a monotonic clock. */
  record(atMs: number, bytes: number): void {
    const newest = this.#samples.at(-1);
    if (newest && bytes < newest.bytes) this.#samples = [];
    this.#samples.push({ atMs, bytes });
    this.#samples = this.#samples.filter((sample) => atMs - sample.atMs <= WINDOW_MS);
  }

  reset(): void {
    this.#samples = [];
  }

  /** Bytes a second; `null` until there is something to measure. */
  bytesPerSecond(): number | null {
    const [oldest, newest] = [this.#samples[0], this.#samples.at(-1)];
    if (!oldest || !newest || newest.atMs <= oldest.atMs) return null;
    return ((newest.bytes - oldest.bytes) * 1000) / (newest.atMs - oldest.atMs);
  }
}

/** Seconds until the rest has arrived; `null` while that cannot be said. */
export function secondsLeft(totalBytes: number, storedBytes: number, bytesPerSecond: number | null): number | null {
  if (bytesPerSecond === null || bytesPerSecond <= 0) return null;
  return Math.max(0, totalBytes - storedBytes) / bytesPerSecond;
}
