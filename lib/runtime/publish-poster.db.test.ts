import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { prepareRows } from '#lib/clips/prepared-fixture.ts';
import { createClipWork } from '#lib/clips/processing-repo.ts';
import { type CutFile, MediaError, type PosterRequest } from '#lib/media/media-types.ts';
import { publishPoster } from '#lib/media/publish/publish-poster.ts';
import { quickCut } from '#lib/media/publish/quick-cut-fixture.ts';
import { masterRow } from './portal-fixture.ts';
import { clip, expectPublishedBy, here, MASTER, publish, publishingPortal, stored } from './publishing-fixture.ts';

const portal = publishingPortal();

/** What takes a picture, without ffmpeg. */
const pictured =
  (maker: string, meanwhile: () => Promise<unknown> | unknown = () => undefined) =>
  async ({ workDir }: PosterRequest): Promise<CutFile> => {
    await meanwhile();
    const file = path.join(workDir, 'thumb.jpg');
    await writeFile(file, `${maker}: thumb.jpg`);
    const { size: sizeBytes } = await stat(file);
    const facts = { durationS: null, width: 640, height: 360, codec: 'mjpeg', bitrateKbps: null, index: null };
    return {
      fileName: 'thumb.jpg',
      path: file,
      assetType: 'thumbnail',
      contentType: 'image/jpeg',
      sizeBytes,
      ...facts,
    };
  };

function post(makePoster: (request: PosterRequest) => Promise<CutFile>): Promise<void> {
  const { db, store, deps } = portal();
  const own = { store, buckets: deps.buckets, logger: deps.logger, clips: createClipWork(db), makePoster };
  return publishPoster(own, 'c', new AbortController().signal);
}

const assets = async () => (await clip()).assets.map(({ assetType, generation }) => ({ assetType, generation }));

it('a clip has its picture before it is cut, and says so once', async () => {
  await portal().db.event.deleteMany();
  await post(pictured('poster'));
  await post(pictured('another'));
  expect(await stored()).toEqual({ 'thumb.jpg': 'poster: thumb.jpg' });
  expect(await assets()).toEqual([
    { assetType: 'thumbnail', generation: (await portal().store.stat(here('thumb.jpg')))?.generation },
  ]);
  expect((await clip()).processingStatus).toBe('pending');
  expect((await portal().db.event.findMany()).map(({ type }) => type)).toEqual(['clip.updated']);
  await publish(quickCut('A'));
  await expectPublishedBy('A');
});

it('its picture is of the last key frame before the middle, where a prepared master tells of one in the clip', async () => {
  const { db } = portal();
  const askedFor = async () => {
    let atS = Number.NaN;
    await post((request) => {
      atS = request.atS;
      return pictured('poster')(request);
    });
    await db.clipAsset.deleteMany();
    await portal().store.delete(here('thumb.jpg'));
    return atS;
  };
  expect(await askedFor()).toBe(2);
  const { id } = await db.master.create({ data: masterRow({ lakeUri: `gs://${MASTER.bucket}/${MASTER.key}` }) });
  await prepareRows(db, id, [{ name: 'source', keysS: [0, 1.2, 1.8, 2.2, 3], toS: 4 }]);
  expect(await askedFor()).toBe(1.8);
  await db.clip.updateMany({ data: { startTimecodeS: 2.4, endTimecodeS: 2.8 } });
  expect(await askedFor()).toBeCloseTo(2.6, 6);
  await db.master.deleteMany();
});

it('a picture that was written and not registered is found by the next attempt', async () => {
  const thumb = Buffer.from('left by an attempt that was killed');
  const { generation } = await portal().store.write(here('thumb.jpg'), thumb, { contentType: 'image/jpeg' });
  await post(pictured('poster'));
  expect(await assets()).toEqual([{ assetType: 'thumbnail', generation }]);
});

it('a cut under way replaces the picture that came meanwhile', async () => {
  await publish(quickCut('A', () => post(pictured('poster'))));
  await expectPublishedBy('A');
});

it('a picture that comes after the cut changes nothing', async () => {
  await post(pictured('poster', () => publish(quickCut('A'))));
  await expectPublishedBy('A');
});

it('a clip that goes into the trash meanwhile keeps no object that nobody knows', async () => {
  const trash = () => portal().db.clip.update({ where: { clipId: 'c' }, data: { deletedAt: new Date() } });
  await post(pictured('poster', trash));
  expect(await stored()).toEqual({});
  expect(await assets()).toEqual([]);
});

it('a clip without a picture is left to its cut; what may pass is tried again', async () => {
  const failing = (retryable: boolean) => () => {
    throw new MediaError('no_picture', 'Nothing is there.', { retryable });
  };
  await post(pictured('poster', failing(false)));
  expect((await clip()).processingStatus).toBe('pending');
  await expect(post(pictured('poster', failing(true)))).rejects.toThrow('Nothing is there.');
});
