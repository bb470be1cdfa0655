import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Env } from '#lib/config/env.ts';
import { AppError } from '#lib/errors.ts';
import type { WebHandler } from '#lib/http/node-http-bridge.ts';
import { problemAnswer, requestIdOf } from '#lib/http/problem.ts';
import { refuseInheritedNames } from '#lib/http/read-input.ts';
import type { Logger } from '#lib/logger.ts';
import { sendProblem, sendRawProblem, settleUnreadBody } from './answer.ts';
import { onBrokenRequest } from './broken-requests.ts';
import { createFactsCorrection } from './client-facts.ts';
import { compressAnswer } from './compression.ts';
import { doorOf, isOfApi } from './doors.ts';
import { createDraining, type Draining } from './draining.ts';
import { weakenTagsOfCompressed } from './encoded-tags.ts';
import type { BodyPace } from './incoming-body.ts';
import { createPassing, type NodeHandler, type ServerHost } from './passing.ts';
import { ALLOW, readTarget, refuseNul } from './request-target.ts';
import { ANSWER_POLICY, securityHeaders } from './security-headers.ts';

/** Far more than the browsers and programs of a club open; each holds 64 KiB of a body at most. */
const MAX_CONNECTIONS = 2000;
/** Longer than most load balancers keep a line that nobody uses (60 s): who closes it is they, never both at once. */
const KEEP_ALIVE_MS = 65_000;
const HEADERS_MS = 15_000;
const LOOK_EVERY_MS = 1000;

export interface WebServerOptions {
  env: Env;
  logger: Logger;
  /** Ids of the OpenID Connect providers of sign-in. */
  providers: readonly string[];
  openHost(): Promise<ServerHost>;
  /** Answers the API. */
  api: WebHandler;
  /** Next, which answers pages and what hangs on them. */
  next: NodeHandler;
  /** Next's development server talks to its pages by WebSocket. */
  allowUpgrade?: boolean;
  pace?: { headersMs: number; body: BodyPace };
}

const pathnameOf = (url = ''): string => url.split('?', 1)[0] ?? '';
const firstOf = (value: string | string[] | undefined): string | undefined => [value ?? []].flat()[0];

/**
 * The server before Next: every request passes here first (docs/adr/0027). It looks at method, URL and headers, holds
 * the body back, and counts whoever sends one, before anything of the application runs.
 */
export function createWebServer(options: WebServerOptions): { server: Server; draining: Draining } {
  const { env, logger, providers, openHost, api, next, pace, allowUpgrade = false } = options;
  const everywhere = securityHeaders(env);
  const correctFacts = createFactsCorrection(env);
  const passing = createPassing({ openHost, api, next, ...(pace ? { pace: pace.body } : {}) });
  /** The answer that each connection waits for. */
  const awaited = new WeakMap<Duplex, ServerResponse>();

  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const target = readTarget(request.method, request.url);
    if (target.pathname === '*') {
      response.writeHead(204, { Allow: ALLOW }).end();
      return;
    }
    if (!isOfApi(target)) refuseNul(target);
    const door = doorOf(target, providers);
    refuseInheritedNames(new URLSearchParams(target.search));
    if (door !== 'page') response.setHeader('Content-Security-Policy', ANSWER_POLICY);
    request.url = target.pathname + target.search;
    correctFacts(request);
    compressAnswer(request, response, door);
    await passing[door](request, response);
  };

  const refuse = (error: unknown, request: IncomingMessage, response: ServerResponse): void => {
    // Nobody is there to be told, and what broke off broke for that reason.
    if (request.socket.destroyed) return;
    const requestId = requestIdOf(firstOf(request.headers['x-request-id']));
    const place = { method: request.method ?? '', pathname: pathnameOf(request.url), requestId };
    if (!response.headersSent) response.setHeader('Content-Security-Policy', ANSWER_POLICY);
    sendProblem(request, response, problemAnswer(error, place, logger));
  };

  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const { socket } = request;
    awaited.set(socket, response);
    // A connection that is kept would keep all that hangs on its last request, past the young generation of garbage.
    response.once('close', () => awaited.get(socket) === response && awaited.delete(socket));
    for (const [name, value] of Object.entries(everywhere)) response.setHeader(name, value);
    draining.track(response);
    settleUnreadBody(request, response);
    weakenTagsOfCompressed(request, response);
    pass(request, response).catch((error) => refuse(error, request, response));
  };

  const server = createServer({
    headersTimeout: pace?.headersMs ?? HEADERS_MS,
    // Each body has a clock of its own: a master may take hours.
    requestTimeout: 0,
    connectionsCheckingInterval: Math.min(LOOK_EVERY_MS, pace?.headersMs ?? LOOK_EVERY_MS),
    keepAliveTimeout: KEEP_ALIVE_MS,
    shouldUpgradeCallback: () => allowUpgrade,
  });
  server.maxConnections = MAX_CONNECTIONS;
  const draining = createDraining(server);
  server.on('request', handle);
  server.on('checkContinue', handle);
  server.on('checkExpectation', (request, response) => {
    const detail = 'Nothing but "100-continue" can be expected.';
    refuse(new AppError({ status: 417, code: 'expectation_failed', detail }), request, response);
  });
  server.on('drop', () => logger.warn({ connections: MAX_CONNECTIONS }, 'a connection was refused: too many'));
  onBrokenRequest(server, (socket, fault, method) => {
    const answer = problemAnswer(fault, { method, pathname: '', requestId: requestIdOf(null) }, logger);
    const policy = { ...everywhere, 'Content-Security-Policy': ANSWER_POLICY };
    // Words of ours in the middle of another answer would be taken for a part of it.
    if (awaited.get(socket)?.writableEnded === false && awaited.get(socket)?.headersSent) socket.destroy();
    else sendRawProblem(socket as Socket, answer, policy);
  });
  return { server, draining };
}
