import { describe, expect, it, vi } from 'vitest';
import { deleteClip } from '#lib/clips/change-clip.ts';
import { createClipWork } from '#lib/clips/processing-repo.ts';
import type { ClipWork } from '#lib/media/clip-work.ts';
import { FILE_NAMES, quickCut } from '#lib/media/publish/quick-cut-fixture.ts';
import type { ObjectStore } from '#lib/storage/port/object-store.ts';
import { BUCKETS, caller } from './portal-fixture.ts';
import { clip, expectPublishedBy, MASTER, publish, publishingPortal, stored, telling } from './publishing-fixture.ts';

const portal = publishingPortal();

describe('two workers on one clip', () => {
  it('the later claims while the earlier cuts: the earlier publishes nothing', async () => {
    await publish(quickCut('A', () => publish(quickCut('B'))));
    await expectPublishedBy('B');
  });

  it.each([1, 3, FILE_NAMES.length])(
    'the later claims after %i writes of the earlier: only the later’s objects stay',
    async (after) => {
      const store = telling(async (count) => {
        if (count === after) await publish(quickCut('B'));
      });
      await publish(quickCut('A'), { store });
      await expectPublishedBy('B');
    },
  );

  it('the earlier writes while the later cuts: its objects are replaced', async () => {
    // A has seen an empty place, holds its claim for the last time, and comes to write only when B has claimed and seen
    // it empty as well.
    const a = Promise.withResolvers<void>();
    const b = Promise.withResolvers<void>();
    const store = telling(async (count) => {
      if (count === 1) {
        a.resolve();
        await b.promise;
      }
    });
    let later: Promise<void> | undefined;
    const work = createClipWork(portal().db);
    const announceWrites: ClipWork['announceWrites'] = async (...args) => {
      const holds = await work.announceWrites(...args);
      const claimed = Promise.withResolvers<void>();
      later = publish(
        quickCut('B', async () => {
          claimed.resolve();
          await a.promise;
        }),
      ).finally(() => b.resolve());
      await claimed.promise;
      return holds;
    };
    await publish(quickCut('A'), { store, clips: { ...work, announceWrites } });
    await later;
    await expectPublishedBy('B');
  });

  it('a worker that slept never replaces what a newer one published', async () => {
    const store: ObjectStore = { ...portal().store, write: vi.fn(portal().store.write) };
    const slept = quickCut('A', async () => {
      await publish(quickCut('B'));
      await portal().db.clip.updateMany({ data: { eventType: 'goal' } });
    });
    await publish(slept, { store });
    expect(await clip()).toMatchObject({ eventType: 'goal', processingStatus: 'ready' });
    await expectPublishedBy('B');
  });
});

describe('a clip that is deleted while it is cut', () => {
  it.each([0, 1, FILE_NAMES.length])('after %i objects leaves nothing, and nothing else is touched', async (after) => {
    const neighbour = { bucket: BUCKETS.media, key: 'MTL/2025-2026/20031/c2/clip.mp4' };
    await portal().store.write(neighbour, Buffer.from('another clip'), { contentType: 'video/mp4' });
    const drop = () => deleteClip(portal().deps, caller('admin'), { clipId: 'c' });
    const store = telling(async (count) => {
      if (count === after) await drop();
    });
    await publish(quickCut('A', after === 0 ? drop : undefined), { store });
    expect(await clip()).toMatchObject({ processingStatus: 'pending', deletedAt: expect.any(Date), claimToken: null });
    expect(await portal().db.clipAsset.count()).toBe(0);
    expect(await stored()).toEqual({});
    expect(await portal().store.stat(neighbour)).not.toBeNull();
    expect(await portal().store.stat(MASTER)).not.toBeNull();
  });
});
