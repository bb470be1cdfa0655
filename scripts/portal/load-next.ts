import { EventEmitter } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type createNext from 'next';
import type { NodeHandler } from '#lib/server/passing.ts';

export interface NextApp {
  handle: NodeHandler;
  close(): Promise<void>;
}

/** Where Next is loaded from, and what it serves. */
interface NextPlace {
  /** The standalone build's folder, or the project's own in development. */
  dir: string;
  isDevelopment: boolean;
  port: number;
  /** Where Next's development server listens for the WebSockets of its pages. */
  upgrades?: EventEmitter;
}

/**
 * Next as a handler of requests, by its interface for servers of one's own. The standalone build takes its
 * configuration from the file that `next build` left, as its `server.js` does.
 */
export async function loadNext({
  dir,
  isDevelopment,
  port,
  upgrades = new EventEmitter(),
}: NextPlace): Promise<NextApp> {
  Object.assign(process.env, { NODE_ENV: isDevelopment ? 'development' : 'production' });
  // Requests of Next to itself go here, whatever `Host` a request names.
  process.env.__NEXT_PRIVATE_ORIGIN = `http://localhost:${port}`;
  if (!isDevelopment) {
    const built = JSON.parse(await readFile(path.join(dir, '.next', 'required-server-files.json'), 'utf8'));
    process.env.__NEXT_PRIVATE_STANDALONE_CONFIG = JSON.stringify(built.config);
  }
  const create = createRequire(path.join(dir, 'package.json'))('next') as typeof createNext;
  // Next takes every upgrade of the server that it knows: it is shown the one that may have some.
  const app = create({ dir, dev: isDevelopment, port, hostname: 'localhost', httpServer: upgrades as never });
  await app.prepare();
  const handle = app.getRequestHandler();
  return { handle: (request, response) => handle(request, response), close: () => app.close() };
}
