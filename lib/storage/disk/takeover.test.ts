import { rm } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { pruneMetadata, readMetadata } from './metadata.ts';
import { createDiskPaths } from './paths.ts';
import { type DiskFixture, diskFixture, MEDIA } from './store-fixture.ts';

/** What happens while a process is stopped, right after it has made sure of its lock for the last time. */
let whileStopped: ((lockDir: string) => Promise<void>) | undefined;

vi.mock('./lock.ts', async (original) => {
  const real = await original<typeof import('./lock.ts')>();
  const withLock: typeof real.withLock = (file, work, onLost) =>
    real.withLock(
      file,
      (lock) =>
        work({
          assertHeld: async () => {
            await lock.assertHeld();
            const meanwhile = whileStopped;
            whileStopped = undefined;
            await meanwhile?.(`${file}.lock`);
          },
        }),
      onLost,
    );
  return { ...real, withLock };
});

const REF = { bucket: MEDIA, key: 'MTL/2025-2026/20031/c/clip.mp4' };
let disk: DiskFixture;
beforeAll(async () => {
  disk = await diskFixture();
});
afterAll(() => disk.close());
beforeEach(() => disk.store.delete(REF));

const write = (body: string) => disk.store.write(REF, Buffer.from(body), { contentType: 'video/mp4' });
/** Another worker finds the lock stale, takes it over and writes. */
const overtake = (body: string) => async (lockDir: string) => {
  await rm(lockDir, { recursive: true });
  await write(body);
};
/** The object is there as it was written; its checksum is the one kept: `stat` would make a lost one anew. */
async function expectWhole(body: string): Promise<void> {
  const paths = createDiskPaths(disk.root, [MEDIA]);
  const generations: string[] = [];
  for await (const { generation } of disk.store.list(MEDIA, REF.key)) generations.push(generation);
  const [generation = 'none'] = generations;
  const kept = await readMetadata(paths, REF, generation);
  expect(kept?.contentType).toBe('video/mp4');
  expect(await disk.store.stat(REF)).toMatchObject({ ...kept, generation });
  expect(await text(await disk.store.read(REF))).toBe(body);
}

it('a delete that was overtaken by a newer write takes neither the object nor its checksum', async () => {
  const { generation } = await write('old');
  whileStopped = overtake('newer');
  await expect(disk.store.delete(REF, { ifGenerationMatch: generation })).rejects.toMatchObject({
    code: 'precondition_failed',
  });
  await expectWhole('newer');
  await write('old');
  whileStopped = overtake('newest');
  expect(await disk.store.delete(REF)).toBe(true);
  await expectWhole('newest');
});

it('pruning on behalf of an older generation leaves the checksum of a newer one', async () => {
  const paths = createDiskPaths(disk.root, [MEDIA]);
  const older = await write('older');
  await write('newer');
  await pruneMetadata(paths, REF, BigInt(older.generation));
  await expectWhole('newer');
});

it('a deleted object leaves no checksum behind', async () => {
  const { generation } = await write('gone');
  expect(await disk.store.delete(REF, { ifGenerationMatch: generation })).toBe(true);
  expect(await readMetadata(createDiskPaths(disk.root, [MEDIA]), REF, generation)).toBeNull();
});
