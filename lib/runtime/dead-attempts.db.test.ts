import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { deleteClip } from '#lib/clips/change-clip.ts';
import { createClipWork } from '#lib/clips/processing-repo.ts';
import { FILE_NAMES, quickCut } from '#lib/media/publish/quick-cut-fixture.ts';
import { sweepUnpublished } from '#lib/media/publish/sweep-unpublished.ts';
import type { ObjectStore } from '#lib/storage/port/object-store.ts';
import { BUCKETS, caller } from './portal-fixture.ts';
import { clip, expectPublishedBy, here, publish, publishingPortal, stored, telling } from './publishing-fixture.ts';

const portal = publishingPortal();

const dead: { wake: () => void; ended: Promise<unknown> }[] = [];
// Nothing of them outlives its test: they leave their folders as they end.
afterEach(async () => {
  for (const { wake, ended } of dead.splice(0)) {
    wake();
    await ended;
  }
});

/** A worker that is killed after some writes: its attempt goes no further while the test lasts. */
async function dieAfter(writes: number, maker = 'A'): Promise<void> {
  const died = Promise.withResolvers<void>();
  const death = Promise.withResolvers<never>();
  const store = telling(async (count) => {
    if (count < writes) return;
    died.resolve();
    await death.promise;
  });
  const ended = publish(quickCut(maker), { store }).catch(() => undefined);
  dead.push({ wake: () => death.reject(new Error('the test is over')), ended });
  await died.promise;
}

const sweep = (store: ObjectStore = portal().store) =>
  sweepUnpublished({ store, buckets: BUCKETS, clips: createClipWork(portal().db) });
const drop = () => deleteClip(portal().deps, caller('admin'), { clipId: 'c' });
const purge = () => portal().db.clip.deleteMany({ where: { clipId: 'c' } });
const announced = () => portal().db.clipWrite.count();
const anHourLater = () =>
  portal().db.$executeRaw`UPDATE media.clip_writes SET begun_at = begun_at - interval '61 minutes'`;

describe('objects of an attempt that died', () => {
  it.each([1, FILE_NAMES.length])(
    'after %i writes go when the clip is deleted, and when it is purged',
    async (writes) => {
      await dieAfter(writes);
      await drop();
      expect(Object.keys(await stored())).toHaveLength(writes);
      expect(await sweep()).toBe(writes);
      expect(await stored()).toEqual({});
      await portal().store.write(here('clip.mp4'), Buffer.from('a last write'), { contentType: 'video/mp4' });
      await purge();
      expect(await sweep()).toBe(1);
      expect(await stored()).toEqual({});
      expect(await announced()).toBe(1);
      await anHourLater();
      await sweep();
      expect(await announced()).toBe(0);
    },
  );

  it('go when the clip has failed, and the next attempt writes anew', async () => {
    await dieAfter(3);
    await createClipWork(portal().db).failAbandoned('c', 'It was broken off.');
    expect(await sweep()).toBe(3);
    expect(await stored()).toEqual({});
    await portal().db.clip.updateMany({ data: { processingStatus: 'pending' } });
    await publish(quickCut('B'));
    expect(await sweep()).toBe(0);
    await expectPublishedBy('B');
  });

  it('stay while a worker holds the clip, and what it published stays for good', async () => {
    await dieAfter(2);
    expect(await sweep()).toBe(0);
    await publish(
      quickCut('B', async () => {
        expect(await sweep()).toBe(0);
      }),
    );
    await portal().store.write(here('1080.m4s'), Buffer.from('of a rendition no more'), { contentType: 'video/mp4' });
    expect(await sweep()).toBe(1);
    await expectPublishedBy('B');
  });

  it('that another attempt publishes between the look and the question stay', async () => {
    await dieAfter(2);
    await createClipWork(portal().db).failAbandoned('c', 'It was broken off.');
    await portal().db.clip.updateMany({ data: { processingStatus: 'pending' } });
    const { store } = portal();
    const slow: ObjectStore = {
      ...store,
      async *list(...args) {
        yield* store.list(...args);
        await publish(quickCut('B'));
      },
    };
    await sweep(slow);
    await expectPublishedBy('B');
  });

  it('leave a clip alone that was made again under the same id', async () => {
    await dieAfter(2);
    const old = await clip();
    await purge();
    const { assets: _, id: _id, ...row } = old;
    await portal().db.clip.create({ data: { ...row, processingStatus: 'pending', claimToken: null } });
    await publish(quickCut('B'));
    await sweep();
    await expectPublishedBy('B');
  });
});

describe('a clip that is deleted while it is cut', () => {
  it('ends its cut within seconds, though nothing is reported of it', async () => {
    const startedMs = performance.now();
    await publish(
      quickCut('A', async ({ signal }) => {
        await drop();
        await sleep(60_000, undefined, { signal });
      }),
    );
    expect(performance.now() - startedMs).toBeLessThan(30_000);
    expect(await stored()).toEqual({});
    expect(await announced()).toBe(0);
  });
});
