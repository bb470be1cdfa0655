import type { IncomingMessage, ServerResponse } from 'node:http';
import { admitUnread } from '#lib/http/metered-request.ts';
import { answerNodeRequest, type WebHandler } from '#lib/http/node-http-bridge.ts';
import type { RateLimit } from '#lib/http/rate-limit.ts';
import { createTurns } from './admitted.ts';
import type { Door } from './doors.ts';
import { withBody } from './held-request.ts';
import { type BodyOptions, type BodyPace, hasBody, IncomingBody } from './incoming-body.ts';

/** Forms and the arguments of server actions come nowhere near it. Routes of the API say what they take. */
const MAX_BODY_BYTES = 64 * 1024;

/** No handler asks which name of the portal was used; what `Host` says is anybody's word. */
const ORIGIN = 'http://portal';

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
  /** Answers the API. */
  api: WebHandler;
  /** Next, which answers pages and what hangs on them. */
  next: NodeHandler;
  pace?: BodyPace;
}

/** How a request goes on behind each door. @throws AppError 400, 408, 413, 429 for a body that may not come in. */
export function createPassing({ openHost, api, next, pace }: PassingOptions): Record<Door, NodeHandler> {
  const inTurn = createTurns();
  const nextInTurn = inTurn(next);

  /** Who asked whether to go on is told so when somebody wants the body (RFC 9110 §10.1.1). */
  const bodyOptions = (request: IncomingMessage, response: ServerResponse): BodyOptions => ({
    ...(pace ? { pace } : {}),
    begin: () => {
      if (request.headers.expect !== undefined && !response.headersSent) response.writeContinue();
    },
  });

  /**
   * No byte of a body comes in before the handler reads it, and no more than it reads: a route has admitted its caller by
   * then, and knows how much it takes; uploads are as long as masters are, and check their own `Content-Range`.
   */
  const answer = async (handler: WebHandler, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const openBody = () => {
      if (!hasBody(request)) return null;
      return new IncomingBody(request, Number.POSITIVE_INFINITY, bodyOptions(request, response)).toStream();
    };
    await answerNodeRequest(handler, request, response, { origin: ORIGIN, openBody });
  };

  /** Whoever sends it is counted, then the body is read whole, and only then is anybody told. */
  const page: NodeHandler = async (request, response) => {
    if (!['GET', 'HEAD', 'OPTIONS'].includes(request.method ?? '')) {
      const { rateLimit, payerOf } = await openHost();
      const payer = await payerOf(request.headers.cookie ?? null);
      admitUnread(String(request.headers['x-forwarded-for'] ?? ''), rateLimit, payer);
    }
    if (!hasBody(request)) return nextInTurn(request, response);
    const body = new IncomingBody(request, MAX_BODY_BYTES, bodyOptions(request, response));
    await nextInTurn(withBody(request, await body.readAll()), response);
  };

  return {
    api: inTurn((request, response) => answer(api, request, response)),
    objects: async (request, response) => answer((await openHost()).serveObject, request, response),
    auth: page,
    page,
  };
}
