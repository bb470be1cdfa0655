import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { handleObjectRequest } from './disk-http.ts';
import type { DiskStore } from './disk-store.ts';
import { createDiskStore } from './disk-store.ts';
import { objectRefOfUrl, serveOnLoopback } from './node-http-bridge.ts';
import { describeObjectStore } from './object-store.contract.ts';

const SECRET = 'a secret of the contract test';

describeObjectStore('disk', async () => {
  const root = await mkdtemp(path.join(tmpdir(), 'disk-store-'));
  let store: DiskStore | undefined;
  const server = await serveOnLoopback(async (request) => {
    if (!store) throw new Error('No store yet.');
    return handleObjectRequest(store, request, objectRefOfUrl(request.url));
  });
  const buckets = ['test-lake', 'test-media'];
  store = createDiskStore({ root, buckets, publicBaseUrl: server.origin, secret: SECRET });
  return {
    store,
    bucket: 'test-lake',
    otherBucket: 'test-media',
    close: async () => {
      await server.close();
      await rm(root, { recursive: true, force: true });
    },
  };
});
