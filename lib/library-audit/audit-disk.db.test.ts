import { mkdir, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { BUCKETS } from '#lib/runtime/portal-fixture.ts';
import { createDiskPaths } from '#lib/storage/disk/paths.ts';
import { type Library, lakeRef, mediaRef, openLibrary, uriOf } from './library-fixture.ts';

let library: Library;
let paths: ReturnType<typeof createDiskPaths>;
beforeAll(async () => {
  library = await openLibrary('disk');
  paths = createDiskPaths(library.portal.storeRoot, [BUCKETS.lake, BUCKETS.media]);
});
afterAll(() => library.close());
beforeEach(async () => {
  await library.clear();
  await library.addMaster('p1.mp4');
  await library.addClip('one');
});

/** Other bytes of the same length under the same time, as a failing disk makes them. */
async function rot(file: string): Promise<void> {
  const { size, atime, mtimeNs } = await stat(file, { bigint: true });
  await writeFile(file, 'x'.repeat(Number(size)));
  await utimes(file, atime, (Number(mtimeNs / 1000n) + 0.5) / 1e6);
}

const TWO_DAYS_AGO = new Date(Date.now() - 48 * 3_600_000);
async function leave(file: string, text = ''): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
  await utimes(file, TWO_DAYS_AGO, TWO_DAYS_AGO);
}

it('reads the bytes when asked to, of clips and masters', async () => {
  const rotten = [mediaRef('one', 'clip.mp4'), lakeRef('p1.mp4')];
  for (const ref of rotten) await rot(paths.objectFile(ref));
  const kindsOf = async (readBytes: boolean) =>
    (await library.audit({ readBytes })).findings.map(({ kind, where }) => [kind, where]);
  expect(await kindsOf(false)).toEqual([]);
  expect(await kindsOf(true)).toEqual(rotten.map((ref) => ['bytes_differ', uriOf(ref)]));
});

it('takes no metadata from an object that was written since its folder was found empty', async () => {
  const again = mediaRef('again', 'clip.mp4');
  const metadata = paths.metadataDir(again);
  await leave(
    path.join(metadata, '1.json'),
    JSON.stringify({ key: again.key, crc32c: 'AAAAAA==', contentType: 'a/b' }),
  );
  await utimes(metadata, TWO_DAYS_AGO, TWO_DAYS_AGO);
  let written: unknown;
  async function* leftovers() {
    for await (const found of library.portal.store.leftovers()) {
      await library.put(again, 'the clip that was made again');
      written = await library.store.stat(again);
      yield found;
    }
  }
  await library.audit({ fix: true }, { leftovers });
  expect(written).not.toBeUndefined();
  expect((await stat(metadata)).isDirectory()).toBe(true);
  expect(await library.store.stat(again)).toEqual(written);
});

it('finds what crashes left among the store’s own files, and `fix` removes it', async () => {
  const temporary = path.join(paths.temporaryDir, 'half-written');
  const session = path.join(paths.uploadsDir, 'a'.repeat(64));
  await leave(temporary, 'half');
  await leave(path.join(session, 'data'), 'half');
  await utimes(session, TWO_DAYS_AGO, TWO_DAYS_AGO);
  await leave(path.join(paths.temporaryDir, 'new'), 'being written');
  await utimes(path.join(paths.temporaryDir, 'new'), new Date(), new Date());
  // The object went, its metadata did not: the crash was between the two.
  const widow = mediaRef('gone', 'clip.mp4');
  const metadata = paths.metadataDir(widow);
  await leave(
    path.join(metadata, '1.json'),
    JSON.stringify({ key: widow.key, crc32c: 'AAAAAA==', contentType: 'a/b' }),
  );
  await utimes(metadata, TWO_DAYS_AGO, TWO_DAYS_AGO);
  const owned = paths.metadataDir(mediaRef('one', 'clip.mp4'));
  await utimes(owned, TWO_DAYS_AGO, TWO_DAYS_AGO);

  const told = (is_fixed: boolean) =>
    [temporary, session, metadata].map((file) => ({
      ...{ kind: 'store_leftover', where: path.relative(paths.root, file), is_fixed },
    }));
  expect((await library.audit()).findings).toEqual(told(false));
  expect((await library.audit({ fix: true })).findings).toEqual(told(true));
  expect((await library.audit()).findings).toEqual([]);
  expect((await stat(owned)).isDirectory()).toBe(true);
});
