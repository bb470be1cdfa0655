import type { IncomingMessage, ServerResponse } from 'node:http';
import { withBodyGate } from '#lib/http/body-gate.ts';
import { admitUnread } from '#lib/http/metered-request.ts';
import { answerNodeRequest, type WebHandler } from '#lib/http/node-http-bridge.ts';
import type { RateLimit } from '#lib/http/rate-limit.ts';
import type { Door } from './doors.ts';
import { behindGate, withBody } from './held-request.ts';
import { type BodyOptions, type BodyPace, hasBody, IncomingBody } from './incoming-body.ts';

/** Forms and the arguments of server actions come nowhere near it. Routes of the API say what they take. */
const MAX_BODY_BYTES = 64 * 1024;

export type NodeHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** What the doors ask of the application. */
export interface ServerHost {
  rateLimit: RateLimit;
  /** Who pays for a request by its cookies; `null`: its place. */
  payerOf(cookieHeader: string | null): Promise<string | null>;
  /** The disk store's own HTTP side; without that store, its 404. */
  serveObject: WebHandler;
}

interface PassingOptions {
  openHost(): Promise<ServerHost>;
  /** Next, which answers what the doors let through. */
  next: NodeHandler;
  pace?: BodyPace;
}

/** How a request goes on behind each door. @throws AppError 400, 408, 413, 429 for a body that may not come in. */
export function createPassing({ openHost, next, pace }: PassingOptions): Record<Door, NodeHandler> {
  /** Who asked whether to go on is told so when somebody wants the body (RFC 9110 §10.1.1). */
  const bodyOptions = (request: IncomingMessage, response: ServerResponse): BodyOptions => ({
    ...(pace ? { pace } : {}),
    begin: () => {
      if (request.headers.expect !== undefined && !response.headersSent) response.writeContinue();
    },
  });

  /** Uploads are as long as masters are, and check their own `Content-Range`. */
  const objects: NodeHandler = async (request, response) => {
    const { serveObject } = await openHost();
    const body = new IncomingBody(request, Number.POSITIVE_INFINITY, bodyOptions(request, response));
    const origin = `http://${request.headers.host || 'portal'}`;
    await answerNodeRequest(serveObject, request, response, { origin, openBody: () => body.toStream() });
  };

  /** No byte comes in before the route has admitted its caller and asks for it. */
  const api: NodeHandler = async (request, response) => {
    if (!hasBody(request)) return next(request, response);
    const held = behindGate(request, bodyOptions(request, response));
    await withBodyGate(held.gate, () => next(held.request, response));
  };

  /** Whoever sends it is counted, then the body is read whole, and only then is anybody told. */
  const page: NodeHandler = async (request, response) => {
    if (!['GET', 'HEAD', 'OPTIONS'].includes(request.method ?? '')) {
      const { rateLimit, payerOf } = await openHost();
      const payer = await payerOf(request.headers.cookie ?? null);
      admitUnread(String(request.headers['x-forwarded-for'] ?? ''), rateLimit, payer);
    }
    if (!hasBody(request)) return next(request, response);
    const body = new IncomingBody(request, MAX_BODY_BYTES, bodyOptions(request, response));
    await next(withBody(request, await body.readAll()), response);
  };

  return { api, objects, auth: page, page };
}
