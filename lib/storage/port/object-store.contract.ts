import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StoreHarness } from './store-bench.ts';
import { createStoreBench } from './store-bench.ts';
import { describeReads } from './store-reads.contract.ts';
import { describeSignedGet } from './store-signed-get.contract.ts';
import { describeUploads } from './store-uploads.contract.ts';
import { describeWrites } from './store-writes.contract.ts';

/**
 * What every object store does, whichever it is. `makeHarness` is called once; all HTTP goes to the URLs that the store
 * itself hands out.
 */
export function describeObjectStore(name: string, makeHarness: () => Promise<StoreHarness>): void {
  describe(`object store: ${name}`, () => {
    let harness: StoreHarness | undefined;
    const bench = createStoreBench(() => {
      if (!harness) throw new Error('The store of this test did not start.');
      return harness;
    });
    beforeAll(async () => {
      harness = await makeHarness();
    });
    afterAll(() => harness?.close());

    describeWrites(bench);
    describeReads(bench);
    describeSignedGet(bench);
    describeUploads(bench);

    it('passes its own check', async () => {
      await expect(bench.store.check()).resolves.toBeUndefined();
    });
  });
}
