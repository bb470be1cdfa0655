/** Whoever asks a server that has been silent for long finds out anew whether it is, and takes so long for it at least. */
const TRIAL_MS = 1000;
/** A timer that is later than this tells of a process that was held up, and not of the server. */
const LATE_MS = 250;

/**
 * How long a server has said nothing, to all who wait for it. Their patience counts from the first question that nothing
 * was heard after, and not from each one's own: who has had to stand in line before does not wait as long once more.
 */
export class Silence {
  #sinceMs: number | null = null;
  #waiting = 0;

  /** The server has said something. */
  heard(): void {
    this.#sinceMs = null;
  }

  /**
   * Waits for something from the server that has been asked for in this moment.
   * @param limitMs how long the server may be silent; how long this one thing may take, if it is not.
   * @param onSilence is called when that is over. What had arrived by then has been read.
   * @returns to be called, as often as one likes, when there is nothing to wait for any more.
   */
  wait(limitMs: number, onSilence: () => void): () => void {
    const startedMs = performance.now();
    this.#sinceMs ??= startedMs;
    this.#waiting += 1;
    let isOver = false;
    let heldUpMs = 0;
    let timer: NodeJS.Timeout;
    const stop = () => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      this.#waiting -= 1;
      if (this.#waiting === 0) this.#sinceMs = null;
    };
    const arm = () => {
      const dueMs = this.#endMs(startedMs, limitMs) + heldUpMs;
      // Timers come before what has arrived on sockets, and this after it.
      const look = () => {
        const nowMs = performance.now();
        if (isOver) return;
        if (nowMs - dueMs > LATE_MS) heldUpMs += nowMs - dueMs;
        if (nowMs < this.#endMs(startedMs, limitMs) + heldUpMs) return arm();
        stop();
        onSilence();
      };
      timer = setTimeout(() => setImmediate(look), Math.max(0, dueMs - performance.now()));
    };
    arm();
    return stop;
  }

  #endMs(startedMs: number, limitMs: number): number {
    const sinceMs = this.#sinceMs ?? startedMs;
    return Math.max(Math.min(sinceMs, startedMs) + limitMs, startedMs + Math.min(TRIAL_MS, limitMs));
  }
}
