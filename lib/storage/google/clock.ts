import { type ClockReading, readClock } from '#lib/storage/port/clock-reading.ts';
import { StoreError } from '#lib/storage/port/object-store.ts';
import type { GcsClient } from './client.ts';

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
