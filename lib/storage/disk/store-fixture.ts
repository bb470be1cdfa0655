import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { objectRefOfUrl, serveOnLoopback } from '#lib/http/node-http-bridge.ts';
import { handleObjectRequest } from './http.ts';
import type { DiskStore, DiskStoreOptions } from './store.ts';
import { createDiskStore } from './store.ts';

export const LAKE = 'test-lake';
export const MEDIA = 'test-media';

export interface DiskFixture {
  store: DiskStore;
  root: string;
  origin: string;
  options: DiskStoreOptions;
  /** Replaces how requests are answered; the default is the store's own handler. */
  intercept(handler: ((request: Request, next: Next) => Promise<Response>) | null): void;
  close(): Promise<void>;
}

type Next = (request: Request) => Promise<Response>;

/** A disk store in a temporary folder behind a loopback HTTP server, for tests. */
export async function diskFixture(overrides: Partial<DiskStoreOptions> = {}): Promise<DiskFixture> {
  const root = await mkdtemp(path.join(tmpdir(), 'disk-store-'));
  let store: DiskStore | undefined;
  let interceptor: ((request: Request, next: Next) => Promise<Response>) | null = null;
  const next: Next = async (request) => {
    if (!store) throw new Error('No store yet.');
    return handleObjectRequest(store, request, objectRefOfUrl(request.url));
  };
  const server = await serveOnLoopback((request) => (interceptor ? interceptor(request, next) : next(request)));
  const options: DiskStoreOptions = {
    root,
    buckets: [LAKE, MEDIA],
    publicBaseUrl: server.origin,
    secret: 'a secret of the tests',
    ...overrides,
  };
  store = createDiskStore(options);
  return {
    store,
    root,
    origin: server.origin,
    options,
    intercept: (handler) => {
      interceptor = handler;
    },
    close: async () => {
      await server.close();
      await rm(root, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
