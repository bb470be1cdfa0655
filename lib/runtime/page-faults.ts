import { AsyncLocalStorage } from 'node:async_hooks';
import type { ServerResponse } from 'node:http';
import { isConnectionFault } from '#lib/db/database-faults.ts';

/** The server before Next knows the answer, and Next's own bundle tells of the fault: both are of one process. */
const shared = globalThis as typeof globalThis & {
  heartbeatAnswering?: AsyncLocalStorage<ServerResponse>;
  heartbeatFailedAnswers?: WeakSet<ServerResponse>;
};
shared.heartbeatAnswering ??= new AsyncLocalStorage<ServerResponse>();
shared.heartbeatFailedAnswers ??= new WeakSet();
const answering = shared.heartbeatAnswering;
/** Answers of pages that failed of what passes. */
const failed = shared.heartbeatFailedAnswers;

/** Remembers, for all that a request sets off, where its answer goes. */
export const whileAnswering = <T>(response: ServerResponse, work: () => T): T => answering.run(response, work);

/**
 * Next answers 500 whatever a page failed of, and lets no page choose. What passes by itself is 503, so that caches,
 * crawlers and load balancers come again.
 * @param error what Next gives its `onRequestError`.
 */
export function markPassingFault(error: unknown): void {
  const response = answering.getStore();
  if (!response || response.headersSent || !isConnectionFault(error)) return;
  failed.add(response);
  const writeHead = response.writeHead.bind(response) as (status: number, ...rest: unknown[]) => ServerResponse;
  Object.assign(response, {
    writeHead: (status: number, ...rest: unknown[]) => {
      if (status !== 500) return writeHead(status, ...rest);
      response.setHeader('Retry-After', '5');
      return writeHead(503, ...rest);
    },
  });
}

/** Whether the page at hand has failed of what passes: nothing that it draws instead need wait for the same again. */
export function hasPassingFault(): boolean {
  const response = answering.getStore();
  return response !== undefined && failed.has(response);
}
