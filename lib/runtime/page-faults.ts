import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import type { ServerResponse } from 'node:http';
import { isConnectionFault } from '#lib/db/database-faults.ts';

const answering = new AsyncLocalStorage<ServerResponse>();

/** Remembers, for all that a request sets off, where its answer goes. Called once, before the server listens. */
export function followRequests(): void {
  subscribe('http.server.request.start', (message) => {
    answering.enterWith((message as { response: ServerResponse }).response);
  });
}

/**
 * Next answers 500 whatever a page failed of, and lets no page choose. What passes by itself is 503, so that caches,
 * crawlers and load balancers come again.
 * @param error what Next gives its `onRequestError`.
 */
export function markPassingFault(error: unknown): void {
  const response = answering.getStore();
  if (!response || response.headersSent || !isConnectionFault(error)) return;
  const writeHead = response.writeHead.bind(response) as (status: number, ...rest: unknown[]) => ServerResponse;
  Object.assign(response, {
    writeHead: (status: number, ...rest: unknown[]) => {
      if (status !== 500) return writeHead(status, ...rest);
      response.setHeader('Retry-After', '5');
      return writeHead(503, ...rest);
    },
  });
}
