import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { deleteClip } from '#lib/clips/change-clip.ts';
import { createClipWork } from '#lib/clips/processing-repo.ts';
import type { ClipWork } from '#lib/media/clip-work.ts';
import type { CutRequest, CutResult } from '#lib/media/media-types.ts';
import { MediaError } from '#lib/media/media-types.ts';
import { publishClip, WORK_DIR_PREFIX } from '#lib/media/publish-clip.ts';
import { FILE_NAMES, quickCut } from '#lib/media/publish-fixture.ts';
import { type ObjectStore, StoreError } from '#lib/storage/object-store.ts';
import { BUCKETS, caller, clipRow, type PortalFixture, portalFixture } from './portal-fixture.ts';

const PREFIX = 'MTL/2025-2026/20031/c/';
const MASTER = { bucket: BUCKETS.lake, key: 'media/raw/MTL/2025-2026/20031/p1.mp4' };
const here = (name: string) => ({ bucket: BUCKETS.media, key: PREFIX + name });

let portal: PortalFixture;
beforeAll(async () => {
  portal = await portalFixture();
  await portal.store.write(MASTER, Buffer.from('the master'), { contentType: 'video/mp4' });
});
afterAll(() => portal.close());
beforeEach(async () => {
  await portal.deps.db.clip.deleteMany();
  for (const name of Object.keys(await stored())) await portal.store.delete(here(name));
  await portal.deps.db.clip.create({ data: clipRow({ clipId: 'c', processingStatus: 'pending' }) });
});

type Cut = (request: CutRequest) => Promise<CutResult>;
/** One worker's attempt; `store` may stand in its way. */
const publish = (
  cutClip: Cut,
  {
    store = portal.store as ObjectStore,
    signal = new AbortController().signal,
    isLastAttempt = false,
    clipId = 'c',
  } = {},
) => {
  const { buckets, logger, db } = portal.deps;
  return publishClip({ store, buckets, logger, clips: createClipWork(db), cutClip }, { clipId, signal, isLastAttempt });
};
/** The same store, but `write` tells when it has written an object. */
const telling = (afterWrite: (count: number) => Promise<unknown>): ObjectStore => {
  let count = 0;
  return {
    ...portal.store,
    write: async (...args) => {
      const stat = await portal.store.write(...args);
      count += 1;
      await afterWrite(count);
      return stat;
    },
  };
};
const clip = () => portal.deps.db.clip.findUniqueOrThrow({ where: { clipId: 'c' }, include: { assets: true } });
/** File name → text of every object of the clip. */
async function stored(): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for await (const { key } of portal.store.list(BUCKETS.media, PREFIX)) {
    found[key.slice(PREFIX.length)] = await text(await portal.store.read({ bucket: BUCKETS.media, key }));
  }
  return found;
}
const allBy = (maker: string) => Object.fromEntries(FILE_NAMES.map((name) => [name, `${maker}: ${name}`]));
/** Whatever the clip is said to have is there, as registered, and nothing else. */
async function expectPublishedBy(maker: string): Promise<void> {
  expect(await stored()).toEqual(allBy(maker));
  const { assets, ...row } = await clip();
  expect(row).toMatchObject({ processingStatus: 'ready', progress: 100, claimToken: null, errorMessage: null });
  expect(assets.map(({ gcsUri }) => gcsUri.slice(`gs://${BUCKETS.media}/${PREFIX}`.length)).sort()).toEqual(FILE_NAMES);
  for (const asset of assets) {
    const object = await portal.store.stat(here(asset.gcsUri.split('/').at(-1) ?? ''));
    expect([asset.generation, Number(asset.fileSizeBytes)]).toEqual([object?.generation, object?.sizeBytes]);
  }
}

describe('a cut that goes well', () => {
  it('takes a clip from pending to ready with every object as registered', async () => {
    const asked: CutRequest[] = [];
    await publish(
      quickCut('A', async (request) => {
        asked.push(request);
        expect(await clip()).toMatchObject({ processingStatus: 'processing', assets: [] });
        expect(await text(await request.source.read({ first: 4, last: 9 }))).toBe('master');
      }),
    );
    expect(asked).toMatchObject([{ startS: 1, endS: 3, source: { sizeBytes: 10 } }]);
    await expectPublishedBy('A');
    const row = await clip();
    expect(row.frameRate).toBeCloseTo(29.97, 3);
    expect(row.processingTimeS).toBeGreaterThan(0);
    expect(row.assets.find(({ assetType }) => assetType === 'hls_segment')?.deliveryIndex).toMatchObject({
      kind: 'rendition',
    });
    expect((await readdir(tmpdir())).filter((name) => name.startsWith(`${WORK_DIR_PREFIX}${process.pid}-`))).toEqual(
      [],
    );
  });

  it('whose publication was committed, though the answer got lost, stays', async () => {
    const work = createClipWork(portal.deps.db);
    const publishAndLose: ClipWork['publish'] = async (...args) => {
      await work.publish(...args);
      throw new Error('connection lost');
    };
    const { store, buckets, logger } = portal.deps;
    const deps = { store, buckets, logger, clips: { ...work, publish: publishAndLose }, cutClip: quickCut('A') };
    const attempt = { clipId: 'c', signal: new AbortController().signal, isLastAttempt: false };
    await expect(publishClip(deps, attempt)).rejects.toThrow('connection lost');
    await publish(quickCut('B'));
    await expectPublishedBy('A');
  });

  it('becomes visible in one transaction', async () => {
    await portal.deps.db
      .$executeRaw`ALTER TABLE media.clip_assets ADD CONSTRAINT no_grid CHECK (asset_type <> 'thumbnail_grid')`;
    await expect(publish(quickCut('A'))).rejects.toThrow();
    expect(await clip()).toMatchObject({ processingStatus: 'pending', assets: [] });
    await portal.deps.db.$executeRaw`ALTER TABLE media.clip_assets DROP CONSTRAINT no_grid`;
    await publish(quickCut('B'));
    await expectPublishedBy('B');
  });

  it('replaces what a killed worker left, and takes away what is not made any more', async () => {
    for (const name of ['clip.mp4', '1080.m4s'])
      await portal.store.write(here(name), Buffer.from('left'), { contentType: 'video/mp4' });
    await publish(quickCut('B'));
    await expectPublishedBy('B');
  });

  it.each(['ready', 'failed'])('is not begun for a clip that is %s, nor for none', async (processingStatus) => {
    await portal.deps.db.clip.updateMany({ data: { processingStatus } });
    const cut = vi.fn(quickCut('A'));
    await publish(cut);
    await publish(cut, { clipId: 'nowhere' });
    expect(cut).not.toHaveBeenCalled();
    expect(await clip()).toMatchObject({ processingStatus });
  });
});

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
    // A has seen an empty place, and comes to write only when B has claimed and seen it empty as well.
    const a = Promise.withResolvers<void>();
    const b = Promise.withResolvers<void>();
    const store = telling(async (count) => {
      if (count === 1) {
        a.resolve();
        await b.promise;
      }
    });
    let later: Promise<void> | undefined;
    const earlier = quickCut('A', async () => {
      const claimed = Promise.withResolvers<void>();
      later = publish(
        quickCut('B', async () => {
          claimed.resolve();
          await a.promise;
        }),
      ).finally(() => b.resolve());
      await claimed.promise;
    });
    await publish(earlier, { store });
    await later;
    await expectPublishedBy('B');
  });

  it('a worker that slept never replaces what a newer one published', async () => {
    const store: ObjectStore = { ...portal.store, write: vi.fn(portal.store.write) };
    const slept = quickCut('A', async () => {
      await publish(quickCut('B'));
      await portal.deps.db.clip.updateMany({ data: { eventType: 'goal' } });
    });
    await publish(slept, { store });
    expect(await clip()).toMatchObject({ eventType: 'goal', processingStatus: 'ready' });
    await expectPublishedBy('B');
  });
});

describe('a clip that is deleted while it is cut', () => {
  it.each([0, 1, FILE_NAMES.length])('after %i objects leaves nothing, and nothing else is touched', async (after) => {
    const neighbour = { bucket: BUCKETS.media, key: 'MTL/2025-2026/20031/c2/clip.mp4' };
    await portal.store.write(neighbour, Buffer.from('another clip'), { contentType: 'video/mp4' });
    const drop = () => deleteClip(portal.deps, caller('admin'), 'c');
    const store = telling(async (count) => {
      if (count === after) await drop();
    });
    await publish(quickCut('A', after === 0 ? drop : undefined), { store });
    expect(await portal.deps.db.clip.count()).toBe(0);
    expect(await stored()).toEqual({});
    expect(await portal.store.stat(neighbour)).not.toBeNull();
    expect(await portal.store.stat(MASTER)).not.toBeNull();
  });
});

describe('an attempt that fails', () => {
  const failing = (error: unknown) => () => Promise.reject(error);
  const full = (): ObjectStore => {
    let count = 0;
    return {
      ...portal.store,
      write: async (...args) => {
        count += 1;
        if (count > 3) throw new StoreError('out_of_space', 'no room at /secret/path');
        return portal.store.write(...args);
      },
    };
  };

  it('for good says why, and technical words stay in the log', async () => {
    await publish(failing(new MediaError('truncated', 'The file ends early.', { technical: 'moov atom not found' })));
    expect(await clip()).toMatchObject({
      processingStatus: 'failed',
      errorMessage: 'The file ends early.',
      claimToken: null,
      assets: [],
    });
    expect(await stored()).toEqual({});
  });

  it('for now goes back in line and asks for another attempt', async () => {
    const fault = new MediaError('source_unreadable', 'x', { retryable: true });
    await expect(publish(failing(fault))).rejects.toBe(fault);
    expect(await clip()).toMatchObject({
      processingStatus: 'pending',
      progress: 0,
      claimToken: null,
      errorMessage: null,
    });
    await publish(quickCut('B'));
    await expectPublishedBy('B');
  });

  it.each<[unknown, RegExp]>([
    [
      new MediaError('source_unreadable', 'The master cannot be read.', { retryable: true }),
      /^The master cannot be read\. It was tried/,
    ],
    [new StoreError('unavailable', 'ECONNREFUSED 10.0.0.7'), /^The portal could not store or read/],
    [new Error('relation does not exist'), /^The portal could not store or read/],
  ])('for the last time becomes the clip’s fault: %s', async (error, message) => {
    await publish(failing(error), { isLastAttempt: true });
    const { errorMessage, processingStatus } = await clip();
    expect([processingStatus, errorMessage]).toEqual(['failed', expect.stringMatching(message)]);
    expect(errorMessage).not.toMatch(/10\.0\.0\.7|relation/);
  });

  it('because the worker stops is nobody’s fault, even the last time', async () => {
    const stopping = new AbortController();
    const stopped = quickCut('A', ({ signal }) => {
      stopping.abort(new Error('The worker is stopping.'));
      signal?.throwIfAborted();
    });
    await expect(publish(stopped, { signal: stopping.signal, isLastAttempt: true })).rejects.toThrow('stopping');
    expect(await clip()).toMatchObject({ processingStatus: 'pending', claimToken: null });
  });

  it('in the middle of writing leaves no object behind', async () => {
    await publish(quickCut('A'), { store: full(), isLastAttempt: true });
    expect(await clip()).toMatchObject({ processingStatus: 'failed', assets: [] });
    expect(await stored()).toEqual({});
  });

  it.each<[string, { sourceGcsUri?: string | null; season?: string | null; gameId?: string }, RegExp]>([
    [
      'whose master is gone',
      { sourceGcsUri: 'gs://test-lake/media/raw/MTL/2025-2026/20031/gone.mp4' },
      /not in the lake/,
    ],
    ['without a master', { sourceGcsUri: null }, /names no master/],
    ['of HeartBeat’s own disk', { sourceGcsUri: '/data/raw/p1.mp4' }, /master/],
    ['of a foreign bucket', { sourceGcsUri: 'gs://elsewhere/media/raw/p1.mp4' }, /master/],
    ['without a season', { season: null }, /season/],
    ['with a game that is a path', { gameId: '../../x' }, /game/],
  ])('of a clip %s fails at once, with a reason', async (_what, data, reason) => {
    await portal.deps.db.clip.updateMany({ data });
    const cut = vi.fn(quickCut('A'));
    await publish(cut);
    expect(await clip()).toMatchObject({ processingStatus: 'failed', errorMessage: expect.stringMatching(reason) });
    expect(cut).not.toHaveBeenCalled();
  });
});

describe('progress', () => {
  it('only grows, in whole percents, and reaches 100 with the publication', async () => {
    const work = createClipWork(portal.deps.db);
    const told: number[] = [];
    const clips: ClipWork = {
      ...work,
      reportProgress: (one, percent) => {
        told.push(percent);
        return work.reportProgress(one, percent);
      },
    };
    const cutClip = quickCut('A', ({ onProgress }) => {
      for (const fraction of [0.1, 0.5, 0.3, 0.9, 1]) onProgress?.(fraction);
    });
    const { store, buckets, logger } = portal.deps;
    await publishClip(
      { store, buckets, logger, clips, cutClip },
      { clipId: 'c', signal: new AbortController().signal, isLastAttempt: false },
    );
    expect(told.length).toBeGreaterThan(0);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.every((percent) => Number.isInteger(percent) && percent <= 99)).toBe(true);
    expect((await clip()).progress).toBe(100);
  });
});
