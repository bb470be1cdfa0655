import { access } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { describe, expect, it, vi } from 'vitest';
import { getClipText } from '#lib/clips/clip-playlists.ts';
import { getClip } from '#lib/clips/get-clip.ts';
import { prepareRows } from '#lib/clips/prepared-fixture.ts';
import { createClipWork } from '#lib/clips/processing-repo.ts';
import type { ClipWork } from '#lib/media/clip-work.ts';
import { type CutRequest, MediaError } from '#lib/media/media-types.ts';
import { quickCut } from '#lib/media/publish/quick-cut-fixture.ts';
import { toGsUri } from '#lib/storage/port/object-keys.ts';
import { type ObjectStore, StoreError } from '#lib/storage/port/object-store.ts';
import { enlist, faultOf, masterRow } from './portal-fixture.ts';
import { clip, expectPublishedBy, here, MASTER, publish, publishingPortal, stored } from './publishing-fixture.ts';

const portal = publishingPortal();

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
    expect(asked).toMatchObject([{ startS: 1, endS: 3, isSliced: false, isPatient: false, source: { sizeBytes: 10 } }]);
    await expectPublishedBy('A');
    const row = await clip();
    expect(row.frameRate).toBeCloseTo(29.97, 3);
    expect(row.processingTimeS).toBeGreaterThan(0);
    expect(row.assets.find(({ assetType }) => assetType === 'hls_segment')?.deliveryIndex).toMatchObject({
      kind: 'rendition',
    });
    await expect(access(asked[0]?.workDir ?? '')).rejects.toThrow('ENOENT');
    expect(await portal().db.clipWrite.count()).toBe(0);
  });

  it('makes no renditions of a clip that has a slice, whose playlist it is for as long as there is one', async () => {
    const { db, deps } = portal();
    const master = masterRow();
    await db.master.create({ data: master });
    const source = { name: 'source', keysS: [0, 2, 4], toS: 6, isComplete: true };
    await prepareRows(db, master.id, [source]);
    const asked: CutRequest[] = [];
    await publish(
      quickCut('A', (request) => void asked.push(request)),
      { isPatient: true },
    );
    expect(asked).toMatchObject([{ isSliced: true, isPatient: true }]);
    const { 'playlist.m3u8': text = '', ...files } = await stored();
    expect(Object.keys(files).sort()).toEqual(['clip.mp4', 'grid.jpg', 'grid.vtt', 'thumb.jpg']);
    const folder = `/MTL/2025-2026/20031/master.${master.id}/source/`;
    const named = [...text.matchAll(/^(?:#EXT-X-MAP:URI=")?([^#"\n]+)/gm)].map(([, uri = '']) => {
      return new URL(uri, 'gs://bucket/MTL/2025-2026/20031/c/playlist.m3u8').pathname;
    });
    expect(named).toEqual(['init.mp4', '00000.m4s', '00001.m4s'].map((name) => folder + name));
    const row = (await clip()).assets.find(({ assetType }) => assetType === 'hls_playlist');
    const object = await portal().store.stat(here('playlist.m3u8'));
    expect(row).toMatchObject({ generation: object?.generation, crc32c: object?.crc32c, height: 1080 });

    const coach = await enlist(deps, 'coach', { teamAccess: ['MTL'] });
    const told = async () => {
      const { assets, playback } = await getClip(deps, coach, 'c');
      const urlOf = (type: string) => assets.find(({ asset_type }) => asset_type === type)?.signed_url;
      return { playback, playlist: urlOf('hls_playlist'), file: urlOf('mp4') };
    };
    const sliced = await told();
    expect(sliced).toMatchObject({ playback: { kind: 'slice', offset_s: 1, exact_url: sliced.file } });
    expect(sliced.playlist).toMatch(/\/api\/v2\/clips\/c\/playlist\.m3u8\?token=/);
    expect(await getClipText(deps, coach, 'c', 'playlist.m3u8')).toMatchObject({
      body: expect.stringContaining('/slice-source.m3u8?token='),
    });
    // Prepared anew, or not to its end: until then the file is what there is, under the same URL.
    await db.masterPreparation.deleteMany();
    const bare = { kind: 'cut', url: sliced.playlist, offset_s: 0, duration_s: 2, exact_url: sliced.file };
    expect(await told()).toMatchObject({ playback: bare, playlist: undefined, file: sliced.file });
    expect(await getClipText(deps, coach, 'c', 'playlist.m3u8')).toEqual({ location: sliced.file });
    expect(await faultOf(getClipText(deps, coach, 'c', 'slice.m3u8'))).toMatchObject({ status: 404 });
    await prepareRows(db, master.id, [source]);
    expect(await told()).toEqual(sliced);
    await db.master.deleteMany();
  });

  it('whose publication was committed, though the answer got lost, stays', async () => {
    const work = createClipWork(portal().db);
    const publishAndLose: ClipWork['publish'] = async (...args) => {
      await work.publish(...args);
      throw new Error('connection lost');
    };
    const clips = { ...work, publish: publishAndLose };
    await expect(publish(quickCut('A'), { clips })).rejects.toThrow('connection lost');
    await publish(quickCut('B'));
    await expectPublishedBy('A');
  });

  it('becomes visible in one transaction', async () => {
    await portal().db
      .$executeRaw`ALTER TABLE media.clip_assets ADD CONSTRAINT no_grid CHECK (asset_type <> 'thumbnail_grid')`;
    await expect(publish(quickCut('A'))).rejects.toThrow();
    expect(await clip()).toMatchObject({ processingStatus: 'pending', assets: [] });
    await portal().db.$executeRaw`ALTER TABLE media.clip_assets DROP CONSTRAINT no_grid`;
    await publish(quickCut('B'));
    await expectPublishedBy('B');
  });

  it('replaces what a killed worker left, and takes away what is not made any more', async () => {
    for (const name of ['clip.mp4', '1080.m4s'])
      await portal().store.write(here(name), Buffer.from('left'), { contentType: 'video/mp4' });
    await publish(quickCut('B'));
    await expectPublishedBy('B');
  });

  it.each(['ready', 'failed'])('is not begun for a clip that is %s, nor for none', async (processingStatus) => {
    await portal().db.clip.updateMany({ data: { processingStatus } });
    const cut = vi.fn(quickCut('A'));
    await publish(cut);
    await publish(cut, { clipId: 'nowhere' });
    expect(cut).not.toHaveBeenCalled();
    expect(await clip()).toMatchObject({ processingStatus });
  });
});

describe('an attempt that fails', () => {
  const failing = (error: unknown) => () => Promise.reject(error);
  const full = (): ObjectStore => {
    let count = 0;
    return {
      ...portal().store,
      write: async (...args) => {
        count += 1;
        if (count > 3) throw new StoreError('out_of_space', 'no room at /secret/path');
        return portal().store.write(...args);
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
    await portal().db.clip.updateMany({ data });
    const cut = vi.fn(quickCut('A'));
    await publish(cut);
    expect(await clip()).toMatchObject({ processingStatus: 'failed', errorMessage: expect.stringMatching(reason) });
    expect(cut).not.toHaveBeenCalled();
  });
});

describe('what a cut finds out about its master', () => {
  it('is added there, whether the clip succeeds or not; to another file under the name it is not', async () => {
    const { db, store } = portal();
    const { generation = '' } = (await store.stat(MASTER)) ?? {};
    const lakeUri = toGsUri(MASTER);
    const known = [{ start_s: 4, end_s: 6 }];
    const { id } = await db.master.create({ data: masterRow({ lakeUri, generation, status: 'ready', gaps: known }) });
    const flaws = async () => {
      const { gaps, damage } = await db.master.findUniqueOrThrow({ where: { id } });
      return { gaps, damage };
    };
    const gaps = [{ startS: 30.000_04, endS: 31 }];
    await publish(async (request) => ({ ...(await quickCut('A')(request)), gaps }));
    expect((await clip()).processingStatus).toBe('ready');
    expect(await flaws()).toEqual({ gaps: [...known, { start_s: 30, end_s: 31 }], damage: [] });

    await db.clip.updateMany({ data: { processingStatus: 'pending' } });
    const damage = [{ startS: 50, endS: 51 }];
    await publish(() => Promise.reject(new MediaError('undecodable', 'It is damaged.', { flaws: { damage } })));
    expect((await clip()).processingStatus).toBe('failed');
    expect((await flaws()).damage).toEqual([{ start_s: 50, end_s: 51 }]);

    const before = await db.master.update({ where: { id }, data: { generation: '1' } });
    const retold = { ...(await clip()), claimToken: 'x', sourceGeneration: generation, slice: null };
    await createClipWork(db).changeFlaws({ ...retold, startS: 0, endS: 1 }, () => ({ gaps: [], damage: [] }));
    expect(await db.master.findUniqueOrThrow({ where: { id } })).toEqual(before);
    await db.master.deleteMany();
  });
});

describe('progress', () => {
  it('only grows, in whole percents, and reaches 100 with the publication', async () => {
    const work = createClipWork(portal().db);
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
    await publish(cutClip, { clips });
    expect(told.length).toBeGreaterThan(0);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.every((percent) => Number.isInteger(percent) && percent <= 99)).toBe(true);
    expect((await clip()).progress).toBe(100);
  });
});
