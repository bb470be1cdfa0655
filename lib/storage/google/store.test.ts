import { describeObjectStore } from '#lib/storage/port/object-store.contract.ts';
import { HMAC_KEY, LAKE, MEDIA, startGcsHarness } from './fake/harness.ts';

const harnessOf = (overrides: Parameters<typeof startGcsHarness>[0]) => async () => {
  const { store, close } = await startGcsHarness(overrides);
  return { store, bucket: LAKE, otherBucket: MEDIA, close };
};

describeObjectStore('Google, signing by RSA', harnessOf({}));
describeObjectStore('Google, signing by HMAC', harnessOf({ hmacKey: HMAC_KEY }));
