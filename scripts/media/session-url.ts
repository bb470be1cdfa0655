import { objectRefOfUrl, serveOnLoopback } from '#lib/http/node-http-bridge.ts';
import { handleObjectRequest } from '#lib/storage/disk/http.ts';
import type { DiskStore } from '#lib/storage/disk/store.ts';

/** A URL of the store as this process can reach it, for as long as it is held. */
export interface ReachableStore {
  urlFor(url: string): string;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Makes the store's URLs work without the web. Those of the disk store point at the web process, which need not run
 * while a command does: the store's own HTTP side is served here, on a free loopback port. Google's work as they are.
 */
export async function reachStore(diskStore: DiskStore | null): Promise<ReachableStore> {
  if (!diskStore) return { urlFor: (url) => url, [Symbol.asyncDispose]: async () => undefined };
  const server = await serveOnLoopback((request) =>
    handleObjectRequest(diskStore, request, objectRefOfUrl(request.url)),
  );
  return {
    urlFor: (url) => {
      const { pathname, search } = new URL(url);
      return new URL(pathname + search, server.origin).href;
    },
    [Symbol.asyncDispose]: () => server.close(),
  };
}
