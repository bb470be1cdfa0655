import { type ClockReading, readClock } from './clock-reading.ts';
import type { GcsClient } from './gcs-client.ts';
import { StoreError } from './object-store.ts';

/** Google's clock, by the `Date` of its own answer, which is in whole seconds. Needs no permission. */
export function readGcsClock(client: GcsClient): Promise<ClockReading> {
  return client.call(() =>
    readClock(async () => {
      const signal = AbortSignal.timeout(client.timeoutMs);
      const response = await fetch(client.endpoint, { redirect: 'manual', signal });
      await response.body?.cancel();
      const theirs = Date.parse(response.headers.get('date') ?? '');
      if (Number.isNaN(theirs))
        throw new StoreError('unavailable', 'The store does not tell its time.', { retryable: false });
      return theirs;
    }, 1000),
  );
}
