/** A request whose bytes stopped moving, and that got no answer. */
const stalled = (stallMs: number) => new Error(`Nothing was sent and no answer came for ${stallMs / 1000} s.`);

export interface StallWatch {
  /** Ends with the request, or when it stalls. */
  signal: AbortSignal;
  /** Bytes of the request that have left so far. */
  moved(bytes: number): void;
  end(): void;
}

/**
 * Breaks a request off when it stalls: a line that is dead says nothing, and neither `XMLHttpRequest` nor Node gives up
 * by itself. Slow is not stalled: each byte that leaves begins the wait anew.
 */
export function watchForStall(signal: AbortSignal, stallMs: number): StallWatch {
  const watch = new AbortController();
  const wait = () => setTimeout(() => watch.abort(stalled(stallMs)), stallMs);
  let timer = wait();
  let furthest = 0;
  return {
    signal: AbortSignal.any([signal, watch.signal]),
    moved: (bytes) => {
      if (bytes <= furthest) return;
      furthest = bytes;
      clearTimeout(timer);
      timer = wait();
    },
    end: () => clearTimeout(timer),
  };
}
