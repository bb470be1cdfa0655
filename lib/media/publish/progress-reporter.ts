/** Often enough to look alive, seldom enough not to matter to the database. */
const REPORT_EVERY_MS = 1000;

/**
 * Turns a stream of fractions into at most one write a second, one at a time, always growing.
 * @param write stores whole percents (0 to 99; 100 belongs to the publishing transaction); its errors surface in
 *   `settle`.
 */
export function createProgressReporter(write: (percent: number) => Promise<void>) {
  let percent = 0;
  let lastWriteMs = Number.NEGATIVE_INFINITY;
  let pending: Promise<void> = Promise.resolve();
  let isWriting = false;
  let fault: { error: unknown } | undefined;

  return {
    report(fraction: number): void {
      const next = Math.min(99, Math.floor(fraction * 100));
      // NaN compares false with everything: a fraction that cannot be told is no progress.
      if (!(next > percent)) return;
      percent = next;
      if (isWriting || performance.now() - lastWriteMs < REPORT_EVERY_MS) return;
      isWriting = true;
      lastWriteMs = performance.now();
      pending = write(percent)
        .catch((error) => {
          fault ??= { error };
        })
        .finally(() => {
          isWriting = false;
        });
    },
    /** Waits for the write under way; throws the first that failed. */
    async settle(): Promise<void> {
      await pending;
      const first = fault;
      fault = undefined;
      if (first) throw first.error;
    },
  };
}
