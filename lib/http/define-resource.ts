import { z } from 'zod';
import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { AppError, unauthenticated } from '#lib/errors.ts';
import { createLogger, type Logger } from '#lib/logger.ts';
import { addressIn, withRequestFacts } from '#lib/request-facts.ts';
import { entityTag, isNotModified } from './etag.ts';
import { idempotentRequest } from './idempotency-key.ts';
import { admit, admitAnybody, credentialOf } from './metered-request.ts';
import type { Answers, AnyReply, AnyRouteSpec, RouteSpec } from './operation.ts';
import { problemResponse, requestIdOf } from './problem.ts';
import { type Budget, type RateLimit, rateHeaders } from './rate-limit.ts';
import { readBody, readParams, readQuery, refuseNulUrl } from './read-input.ts';
import { requireSameOrigin } from './same-origin.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type Method = (typeof METHODS)[number];

/** What the HTTP layer needs of the application: who is asking, what use-cases run on, and where faults are told. */
export interface HttpHost<D> {
  deps: D;
  logger: Logger;
  /** Scheme, host and port of the portal's own pages. */
  origin: string;
  authenticate(request: Request): Promise<UserContext | null>;
  rateLimit: RateLimit;
}

/** What Next calls. It carries its declaration, which the OpenAPI document is made from. */
export interface RouteHandler<D = unknown> {
  (request: Request, context: { params: Promise<unknown> }): Promise<Response>;
  spec: AnyRouteSpec<D> | undefined;
}

const NO_STORE = { 'Cache-Control': 'private, no-store' };
/** A browser may keep it, and asks by its ETag each time. */
const ASK_AGAIN = { 'Cache-Control': 'private, no-cache' };
/** Neither kept, nor compressed (which would hold messages back), nor buffered by a proxy (nginx's own header). */
const EVENT_STREAM = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'private, no-store, no-transform',
  'X-Accel-Buffering': 'no',
};

/** JSON with its tag; 304 for a reader who has it already. */
function taggedResponse(request: Request, reply: AnyReply, json: unknown, version: string | null, base: HeadersInit) {
  const body = JSON.stringify(json);
  const etag = entityTag(body, version);
  const headers = new Headers(base);
  headers.set('ETag', etag);
  if (request.method === 'GET' && isNotModified(request, etag)) return new Response(null, { status: 304, headers });
  headers.set('Content-Type', 'application/json');
  return new Response(body, { status: reply.status, headers });
}

/** The reply as its declaration promises it: a value that breaks its schema, or a status never declared, is our fault. */
function toResponse<D>(reply: AnyReply, spec: AnyRouteSpec<D>, request: Request, requestId: string): Response {
  const answer = spec.answers[reply.status];
  if (answer === undefined) throw new Error(`the status ${reply.status} is not declared`);
  const kept = spec.mayBeKept ? ASK_AGAIN : NO_STORE;
  const headers: Record<string, string> = { ...kept, 'X-Request-Id': requestId, ...reply.headers };
  if (reply.location !== undefined) headers.Location = reply.location;
  if (answer instanceof z.ZodType) {
    const json = answer.parse(reply.json);
    if (spec.etag) return taggedResponse(request, reply, json, spec.etag(json), headers);
    return Response.json(json, { status: reply.status, headers });
  }
  const isEvents = answer !== null && 'events' in answer;
  Object.assign(headers, isEvents ? EVENT_STREAM : {});
  return new Response(reply.stream ?? reply.text ?? null, { status: reply.status, headers });
}

/** Tells what is left of the caller's minute. */
function withBudget(response: Response, budget: Budget | null): Response {
  if (budget) for (const [name, value] of Object.entries(rateHeaders(budget))) response.headers.set(name, value);
  return response;
}

async function run<D>(
  spec: AnyRouteSpec<D>,
  host: HttpHost<D>,
  request: Request,
  rawParams: unknown,
  told: (budget: Budget) => void,
): Promise<AnyReply> {
  let user: UserContext | null = null;
  if (spec.auth === 'public') {
    const payer = spec.payer?.({ deps: host.deps, url: new URL(request.url), params: rawParams }) ?? null;
    if (!spec.isUnlimited) told(admitAnybody(request, host.rateLimit, payer));
  } else {
    user = await admit(request, host.rateLimit, host.authenticate, told);
    requireSameOrigin(request, user, host.origin);
    authorize(user, spec.auth);
  }
  const params = spec.params && readParams(spec.params, rawParams);
  const url = new URL(request.url);
  refuseNulUrl(url);
  const query = spec.query && readQuery(spec.query, url);
  const body =
    spec.body && (await readBody(spec.body, request, { maxBytes: spec.maxBodyBytes, judgedLater: spec.judgedLater }));
  const idempotency = spec.idempotent ? idempotentRequest(request, body) : null;
  const reauthenticate = () => host.authenticate(request);
  const caller = { user, credential: credentialOf(request) ?? '', reauthenticate };
  return spec.handle({ deps: host.deps, ...caller, request, params, query, body, idempotency });
}

/**
 * Builds `defineRoute` and `defineResource` for one application.
 * `openHost` is called once a request, so that importing a route opens no connection.
 * @param startLogger where it is told that the host could not be opened: a portal without its database answers, too.
 */
export function createRouting<D>(openHost: () => Promise<HttpHost<D>>, startLogger = createLogger('info', 'web')) {
  const handler = (spec: AnyRouteSpec<D> | undefined, allow: string): RouteHandler<D> => {
    const answer = async (request: Request, context: { params: Promise<unknown> }): Promise<Response> => {
      const requestId = requestIdOf(request.headers.get('x-request-id'));
      let logger = startLogger;
      let budget: Budget | null = null;
      const told = (left: Budget) => {
        budget = left;
      };
      try {
        const host = await openHost();
        logger = host.logger;
        if (!spec) {
          const detail = `This resource answers ${allow}.`;
          throw new AppError({ status: 405, code: 'method_not_allowed', detail, headers: { Allow: allow } });
        }
        const params = await context.params;
        const facts = { requestId, ip: addressIn(request.headers) };
        const reply = await withRequestFacts(facts, () => run(spec, host, request, params, told));
        return withBudget(toResponse(reply, spec, request, requestId), budget);
      } catch (error) {
        return withBudget(problemResponse(error, request, requestId, logger), budget);
      }
    };
    return Object.assign(answer, { spec });
  };

  /** Checks one method's declaration; its handler sees parsed values only. */
  const defineRoute = <P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, const A extends Answers>(
    spec: RouteSpec<D, P, Q, B, A>,
  ) => spec as unknown as AnyRouteSpec<D>;

  /** The exports of a `route.ts`: each method that is not declared answers 405 with a problem document. */
  const defineResource = (methods: Partial<Record<Method, AnyRouteSpec<D>>>): Record<Method, RouteHandler<D>> => {
    const allow = METHODS.filter((method) => methods[method]).join(', ');
    const entries = METHODS.map((method) => [method, handler(methods[method], allow)]);
    return Object.fromEntries(entries) as Record<Method, RouteHandler<D>>;
  };

  return { defineRoute, defineResource };
}

/** The caller of a route that is not public. */
export const signedIn = (user: UserContext | null): UserContext => {
  if (!user) throw unauthenticated();
  return user;
};
