import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#lib/db/test-database.ts';
import { clipRow } from '#lib/runtime/portal-fixture.ts';
import { selectAssetSample } from './asset-rows-repo.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  const { id } = await database.db.clip.create({ data: clipRow({ clipId: 'one' }) });
  const assets = Array.from({ length: 50 }, (_, at) => ({ clipId: id, assetType: 'mp4', gcsUri: `gs://m/${at}` }));
  await database.db.clipAsset.createMany({ data: assets });
});
afterAll(() => database.drop());

it('is everything as far as that is not too much, else the newest and some at random', async () => {
  const all = await selectAssetSample(database.db, 50);
  expect([all.rows.length, all.isComplete]).toEqual([50, true]);
  const some = await selectAssetSample(database.db, 20);
  expect(some.isComplete).toBe(false);
  expect(some.rows.slice(0, 10).map(({ uri }) => uri)).toEqual(
    Array.from({ length: 10 }, (_, at) => `gs://m/${49 - at}`),
  );
  expect(some.rows.length).toBeGreaterThan(10);
  expect(some.rows.length).toBeLessThanOrEqual(20);
});
