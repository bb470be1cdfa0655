import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { InspectedMaster, InspectOptions } from '#lib/media/media-types.ts';
import type { ByteSource } from '#lib/storage/port/byte-source.ts';
import { inspectOneByOne } from './bounded-inspection.ts';

const source: ByteSource = { sizeBytes: 1, read: () => Promise.reject(new Error('not read')) };
const facts = { container: 'avi' } as InspectedMaster;
const options = { filename: 'p1.avi' };

/** A check that ends when it is told to, and takes its time to leave when its signal ends. */
function checks() {
  const running: { end(): void; signal: AbortSignal | undefined }[] = [];
  let most = 0;
  let now = 0;
  const inspect = async (_source: ByteSource, { signal }: InspectOptions): Promise<InspectedMaster> => {
    now += 1;
    most = Math.max(most, now);
    try {
      const { promise, resolve, reject } = Promise.withResolvers<InspectedMaster>();
      running.push({ end: () => resolve(facts), signal });
      signal?.addEventListener('abort', () => void sleep(50).then(() => reject(signal.reason)));
      return await promise;
    } finally {
      now -= 1;
    }
  };
  return { inspect, running, most: () => most };
}

it('checks one file after the other, in the order in which they came', async () => {
  const { inspect, running, most } = checks();
  const bounded = inspectOneByOne(inspect);
  const all = Array.from({ length: 20 }, () => bounded(source, options));
  for (let done = 0; done < all.length; done++) {
    await expect.poll(() => running.length).toBe(done + 1);
    running[done]?.end();
    expect(await all[done]).toBe(facts);
  }
  expect(most()).toBe(1);
});

it('lets nobody wait longer than the bound, and the one under way goes on', async () => {
  const { inspect, running } = checks();
  const bounded = inspectOneByOne(inspect, { maxWaitMs: 50, maxRunMs: 60_000 });
  const first = bounded(source, options);
  await expect(bounded(source, options)).rejects.toMatchObject({ code: 'checks_busy', retryable: true });
  expect(running[0]?.signal?.aborted).toBe(false);
  running[0]?.end();
  expect(await first).toBe(facts);
  const next = bounded(source, options);
  await expect.poll(() => running.length).toBe(2);
  running[1]?.end();
  expect(await next).toBe(facts);
});

it('ends a check that takes too long, and begins the next only when it has ended', async () => {
  const { inspect, running, most } = checks();
  const bounded = inspectOneByOne(inspect, { maxWaitMs: 60_000, maxRunMs: 30 });
  const both = await Promise.allSettled([bounded(source, options), bounded(source, options)]);
  for (const end of both) {
    expect(end).toMatchObject({ status: 'rejected', reason: { code: 'ffmpeg_failed', retryable: true } });
  }
  expect([running.length, most()]).toEqual([2, 1]);
});

it('a caller who goes away ends the check, or the waiting for it', async () => {
  const { inspect, running } = checks();
  const bounded = inspectOneByOne(inspect);
  const [running1, waiting] = [new AbortController(), new AbortController()];
  const first = bounded(source, { ...options, signal: running1.signal });
  const second = bounded(source, { ...options, signal: waiting.signal });
  const third = bounded(source, options);
  await expect.poll(() => running.length).toBe(1);
  waiting.abort(new Error('the second has gone'));
  await expect(second).rejects.toThrow('the second has gone');
  running1.abort(new Error('the first has gone'));
  await expect(first).rejects.toThrow('the first has gone');
  await expect.poll(() => running.length).toBe(2);
  running[1]?.end();
  expect(await third).toBe(facts);
});
