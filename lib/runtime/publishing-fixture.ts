import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { createClipWork } from '#lib/clips/processing-repo.ts';
import type { ClipWork } from '#lib/media/clip-work.ts';
import type { CutRequest, CutResult } from '#lib/media/media-types.ts';
import { publishClip } from '#lib/media/publish/publish-clip.ts';
import { FILE_NAMES } from '#lib/media/publish/quick-cut-fixture.ts';
import type { ObjectStore } from '#lib/storage/port/object-store.ts';
import { BUCKETS, clipRow, type PortalFixture, portalFixture } from './portal-fixture.ts';

const PREFIX = 'MTL/2025-2026/20031/c/';
export const MASTER = { bucket: BUCKETS.lake, key: 'media/raw/MTL/2025-2026/20031/p1.mp4' };
/** An object of the one clip, `c`, that is published. */
export const here = (name: string) => ({ bucket: BUCKETS.media, key: PREFIX + name });

let portal: PortalFixture;
/** The portal of this test file: call it once, at the top. Before each test there is one pending clip and no object. */
export function publishingPortal(): () => PortalFixture {
  beforeAll(async () => {
    portal = await portalFixture();
    await portal.store.write(MASTER, Buffer.from('the master'), { contentType: 'video/mp4' });
  });
  afterAll(() => portal.close());
  beforeEach(async () => {
    await portal.db.clip.deleteMany();
    await portal.db.clipWrite.deleteMany();
    for (const name of Object.keys(await stored())) await portal.store.delete(here(name));
    await portal.db.clip.create({ data: clipRow({ clipId: 'c', processingStatus: 'pending' }) });
  });
  return () => portal;
}

interface AttemptOptions {
  store?: ObjectStore;
  clips?: ClipWork;
  signal?: AbortSignal;
  isLastAttempt?: boolean;
  isPatient?: boolean;
  clipId?: string;
}

/** One worker's attempt; `store` and `clips` may stand in its way. */
export function publish(
  cutClip: (request: CutRequest) => Promise<CutResult>,
  options: AttemptOptions = {},
): Promise<void> {
  const { db } = portal;
  const { buckets, logger } = portal.deps;
  const { store = portal.store, clips = createClipWork(db), ...attempt } = options;
  const signal = new AbortController().signal;
  return publishClip(
    { store, buckets, logger, clips, cutClip },
    { clipId: 'c', signal, isLastAttempt: false, ...attempt },
  );
}

/** The same store, but `write` tells when it has written an object. */
export const telling = (afterWrite: (count: number) => Promise<unknown>): ObjectStore => {
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
/** The row of the clip, with its assets. */
export const clip = () => portal.db.clip.findUniqueOrThrow({ where: { clipId: 'c' }, include: { assets: true } });
/** File name → text of every object of the clip. */
export async function stored(): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for await (const { key } of portal.store.list(BUCKETS.media, PREFIX)) {
    found[key.slice(PREFIX.length)] = await text(await portal.store.read({ bucket: BUCKETS.media, key }));
  }
  return found;
}
const allBy = (maker: string) => Object.fromEntries(FILE_NAMES.map((name) => [name, `${maker}: ${name}`]));
/** Whatever the clip is said to have is there, as registered, and nothing else. */
export async function expectPublishedBy(maker: string): Promise<void> {
  expect(await stored()).toEqual(allBy(maker));
  const { assets, ...row } = await clip();
  expect(row).toMatchObject({ processingStatus: 'ready', progress: 100, claimToken: null, errorMessage: null });
  expect(assets.map(({ gcsUri }) => gcsUri.slice(`gs://${BUCKETS.media}/${PREFIX}`.length)).sort()).toEqual(FILE_NAMES);
  for (const asset of assets) {
    const object = await portal.store.stat(here(asset.gcsUri.split('/').at(-1) ?? ''));
    expect([asset.generation, Number(asset.fileSizeBytes), asset.crc32c]).toEqual([
      object?.generation,
      object?.sizeBytes,
      object?.crc32c,
    ]);
  }
}
