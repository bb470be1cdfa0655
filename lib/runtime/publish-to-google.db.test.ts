import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FILE_NAMES, quickCut } from '#lib/media/publish/quick-cut-fixture.ts';
import { type GcsHarness, startGcsHarness } from '#lib/storage/google/fake/harness.ts';
import { parseGsUri } from '#lib/storage/port/object-keys.ts';
import { BUCKETS } from './portal-fixture.ts';
import { clip, MASTER, publish, publishingPortal } from './publishing-fixture.ts';

publishingPortal();

let google: GcsHarness;
beforeAll(async () => {
  google = await startGcsHarness();
  await google.store.write(MASTER, Buffer.from('the master'), { contentType: 'video/mp4', ifGenerationMatch: '0' });
});
afterAll(() => google.close());

it('publishes a clip whose objects lie on Google, through its hiccups', async () => {
  google.fake.faults.add({ on: /^POST \/upload/, times: 3, fault: { kind: 'status', status: 503 } });
  google.fake.faults.add({ on: /alt=media/, fault: { kind: 'reset', afterBytes: 4 } });
  const cut = quickCut('A', async ({ source }) => {
    expect(await text(await source.read({ first: 0, last: 9 }))).toBe('the master');
  });
  await publish(cut, { store: google.store });
  const { assets, processingStatus } = await clip();
  expect(processingStatus).toBe('ready');
  expect(assets.map(({ gcsUri }) => gcsUri.split('/').at(-1)).sort()).toEqual(FILE_NAMES);
  for (const { gcsUri, generation, fileSizeBytes } of assets) {
    const object = await google.store.stat(parseGsUri(BUCKETS, gcsUri));
    expect([generation, Number(fileSizeBytes)]).toEqual([object?.generation, object?.sizeBytes]);
  }
});
