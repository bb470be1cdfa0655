import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { createClipWork } from '#lib/clips/processing-repo.ts';
import { type CutFile, type CutRequest, MediaError } from '#lib/media/media-types.ts';
import { publishPoster } from '#lib/media/publish/publish-poster.ts';
import { quickCut } from '#lib/media/publish/quick-cut-fixture.ts';
import { clip, expectPublishedBy, here, publish, publishingPortal, stored } from './publishing-fixture.ts';

const portal = publishingPortal();

/** What takes a picture, without ffmpeg. */
const pictured =
  (maker: string, meanwhile: () => Promise<unknown> | unknown = () => undefined) =>
  async ({ workDir }: CutRequest): Promise<CutFile> => {
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

function post(makePoster: (request: CutRequest) => Promise<CutFile>): Promise<void> {
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
