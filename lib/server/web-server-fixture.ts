import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { parseEnv } from '#lib/config/env.ts';
import type { WebHandler } from '#lib/http/node-http-bridge.ts';
import { createRateLimit } from '#lib/http/rate-limit.ts';
import { createLogger } from '#lib/logger.ts';
import type { NodeHandler } from './passing.ts';
import { createWebServer, type WebServerOptions } from './web-server.ts';

const ENV = { DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none', NEXTAUTH_SECRET: 'sixteen letters!' };

export interface ServerFixture {
  port: number;
  /** Lines of the log, oldest first. */
  log: Record<string, unknown>[];
  server: ReturnType<typeof createWebServer>['server'];
  draining: ReturnType<typeof createWebServer>['draining'];
  close(): Promise<void>;
}

interface FixtureOptions extends Partial<Omit<WebServerOptions, 'env'>> {
  api?: WebHandler;
  next?: NodeHandler;
  env?: Record<string, string>;
  /** Requests of one place in a minute. */
  limit?: number;
}

/** The server before Next on a free loopback port, with a handler of the test's own where Next would be. */
export async function serverFixture({
  env = {},
  limit = 1_000_000,
  ...options
}: FixtureOptions): Promise<ServerFixture> {
  const log: Record<string, unknown>[] = [];
  const logger = createLogger('info', 'test', { write: (line) => log.push(JSON.parse(line)) });
  let total = 0;
  const counter = {
    add: async (_key: string, points: number) => {
      total += points;
      return { total, msLeft: 60_000 };
    },
  };
  const rateLimit = createRateLimit({ limit, counter, logger });
  const { server, draining } = createWebServer({
    env: parseEnv({ ...ENV, ...env }),
    logger,
    providers: ['oidc'],
    openHost: async () => ({
      rateLimit,
      payerOf: async (cookie) => cookie,
      serveObject: async () => new Response(null, { status: 404 }),
    }),
    api: async () => new Response('api'),
    next: async (_request, response) => void response.end('next'),
    ...options,
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    ...{ port: (server.address() as AddressInfo).port, log, server, draining },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What an answer says, as text came off the line. */
export interface RawAnswer {
  status: number;
  headers: Map<string, string>;
  text: string;
}

export function parseAnswer(raw: string): RawAnswer {
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const headers = new Map(
    lines.map((line) => [line.split(': ')[0]?.toLowerCase() ?? '', line.replace(/^[^:]*: /, '')]),
  );
  return { status: Number(first.split(' ')[1]), headers, text: rest.join('\r\n\r\n') };
}

/** A connection of its own that has said this much. */
export async function say(port: number, text: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.write(text);
  return socket;
}

/** All that comes until the other side closes. */
export async function hearAll(socket: Socket): Promise<string> {
  let heard = '';
  socket.on('data', (piece) => {
    heard += piece.toString('latin1');
  });
  if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve));
  return heard;
}

/** One request, letter by letter as it is given, and the answer to it. */
export async function exchange(port: number, text: string): Promise<RawAnswer> {
  const socket = await say(port, text);
  return parseAnswer(await hearAll(socket));
}
