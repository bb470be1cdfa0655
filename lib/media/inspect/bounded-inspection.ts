import PQueue from 'p-queue';
import { type InspectedMaster, type InspectOptions, MediaError } from '#lib/media/media-types.ts';
import type { ByteSource } from '#lib/storage/port/byte-source.ts';

export interface InspectionBounds {
  /** How long a check may wait for the one under way. */
  maxWaitMs: number;
  /** How long a check may take, by the clock. */
  maxRunMs: number;
}

const BOUNDS: InspectionBounds = { maxWaitMs: 60_000, maxRunMs: 60_000 };

type Inspect = (source: ByteSource, options: InspectOptions) => Promise<InspectedMaster>;

const brokenOff = (code: 'checks_busy' | 'ffmpeg_failed', message: string) =>
  new MediaError(code, message, { retryable: true });

/** Waits for its turn no longer than it may; `begin` tells that it has come. */
function waitNoLonger(maxWaitMs: number, signal: AbortSignal | undefined) {
  const over = new AbortController();
  const busy = brokenOff('checks_busy', 'Other files are being checked; complete the upload again in a moment.');
  const timer = setTimeout(() => over.abort(busy), maxWaitMs);
  const leave = () => over.abort(signal?.reason);
  signal?.addEventListener('abort', leave, { once: true });
  const begin = () => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', leave);
  };
  return { signal: over.signal, begin };
}

/**
 * Lets one check of a master run at a time, whoever asks: a check takes hundreds of megabytes and a processor, and the
 * process that it runs beside has requests to answer.
 *
 * The next one begins when the tools of the one before have ended, not when it was told to. Besides what `inspect`
 * throws: `checks_busy` when the turn did not come in time, `ffmpeg_failed` when the check took too long; both
 * retryable. The signal ends the waiting and the check.
 */
export function inspectOneByOne(inspect: Inspect, { maxWaitMs, maxRunMs } = BOUNDS): Inspect {
  const queue = new PQueue({ concurrency: 1 });
  return async (source, { signal, ...options }) => {
    signal?.throwIfAborted();
    const wait = waitNoLonger(maxWaitMs, signal);
    const run = async () => {
      wait.begin();
      const end = new AbortController();
      const timer = setTimeout(
        () => end.abort(brokenOff('ffmpeg_failed', `The check took longer than ${maxRunMs / 1000} s.`)),
        maxRunMs,
      );
      const either = signal ? AbortSignal.any([signal, end.signal]) : end.signal;
      return inspect(source, { ...options, signal: either }).finally(() => clearTimeout(timer));
    };
    return queue.add(run, { signal: wait.signal }).finally(wait.begin);
  };
}
