import type { z } from 'zod';
import { type Action, authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { AppError, unauthenticated } from '#lib/errors.ts';
import { createLogger, type Logger } from '#lib/logger.ts';
import { problemResponse, requestIdOf } from './problem.ts';
import { readBody, readParams, readQuery } from './read-input.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type Method = (typeof METHODS)[number];

/** What a handler gets: the caller and the parsed input. */
export interface RouteInput<D, P, Q, B> {
  deps: D;
  /** `null` only on a public route. */
  user: UserContext | null;
  params: P;
  query: Q;
  body: B;
  request: Request;
}

interface RouteSpecBase<D, P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  params?: P;
  query?: Q;
  body?: B;
  handle(input: RouteInput<D, z.output<P>, z.output<Q>, z.output<B>>): Promise<RouteReply>;
}

/** A route is public, or it names the right that it needs: decided before the body is looked at. */
type RouteSpec<D, P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = RouteSpecBase<D, P, Q, B> &
  ({ auth: 'public' } | { auth: Action });

/** A status and either JSON under the schema that the API promises, or a text, or nothing. */
export type RouteReply =
  | { status: number; json: unknown; schema: z.ZodType; headers?: Record<string, string> }
  | { status: number; text: string; headers: Record<string, string> }
  | { status: 204 };

/** What the HTTP layer needs of the application: who is asking, what use-cases run on, and where faults are told. */
export interface HttpHost<D> {
  deps: D;
  logger: Logger;
  authenticate(request: Request): Promise<UserContext | null>;
}

export type RouteHandler = (request: Request, context: { params: Promise<unknown> }) => Promise<Response>;
type AnySpec<D> = RouteSpec<D, z.ZodType, z.ZodType, z.ZodType>;

const NO_STORE = { 'Cache-Control': 'private, no-store' };

function toResponse(reply: RouteReply, requestId: string): Response {
  const headers = { ...NO_STORE, 'X-Request-Id': requestId, ...('headers' in reply ? reply.headers : {}) };
  if ('json' in reply) return Response.json(reply.schema.parse(reply.json), { status: reply.status, headers });
  return new Response('text' in reply ? reply.text : null, { status: reply.status, headers });
}

/** A browser's request that changes something must come from a page of this very host. */
function refuseForeignOrigin(request: Request, user: UserContext): void {
  if (request.method === 'GET' || user.apiKeyId) return;
  const origin = request.headers.get('origin');
  if (!origin || (URL.canParse(origin) && new URL(origin).host === request.headers.get('host'))) return;
  throw new AppError({ status: 403, code: 'foreign_origin', detail: 'A change must come from the portal itself.' });
}

async function run<D>(spec: AnySpec<D>, host: HttpHost<D>, request: Request, rawParams: unknown): Promise<RouteReply> {
  let user: UserContext | null = null;
  if (spec.auth !== 'public') {
    user = await host.authenticate(request);
    if (!user) throw unauthenticated();
    refuseForeignOrigin(request, user);
    authorize(user, spec.auth);
  }
  return spec.handle({
    deps: host.deps,
    user,
    request,
    params: spec.params && readParams(spec.params, rawParams),
    query: spec.query && readQuery(spec.query, new URL(request.url)),
    body: spec.body && (await readBody(spec.body, request)),
  });
}

/**
 * Builds `defineRoute` and `defineResource` for one application.
 * `openHost` is called once a request, so that importing a route opens no connection.
 * @param startLogger where it is told that the host could not be opened: a portal without its database answers, too.
 */
export function createRouting<D>(openHost: () => Promise<HttpHost<D>>, startLogger = createLogger('info', 'web')) {
  const handler = (spec: AnySpec<D> | undefined, allow: string): RouteHandler => {
    return async (request, context) => {
      const requestId = requestIdOf(request);
      let logger = startLogger;
      try {
        const host = await openHost();
        logger = host.logger;
        if (!spec) {
          const detail = `This resource answers ${allow}.`;
          throw new AppError({ status: 405, code: 'method_not_allowed', detail, headers: { Allow: allow } });
        }
        return toResponse(await run(spec, host, request, await context.params), requestId);
      } catch (error) {
        return problemResponse(error, request, requestId, logger);
      }
    };
  };

  /** Checks one method's declaration; its handler sees parsed values only. */
  const defineRoute = <P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(spec: RouteSpec<D, P, Q, B>) =>
    spec as unknown as AnySpec<D>;

  /** The exports of a `route.ts`: each method that is not declared answers 405 with a problem document. */
  const defineResource = (methods: Partial<Record<Method, AnySpec<D>>>): Record<Method, RouteHandler> => {
    const allow = METHODS.filter((method) => methods[method]).join(', ');
    const entries = METHODS.map((method) => [method, handler(methods[method], allow)]);
    return Object.fromEntries(entries) as Record<Method, RouteHandler>;
  };

  return { defineRoute, defineResource };
}

/** The caller of a route that is not public. */
export const signedIn = (user: UserContext | null): UserContext => {
  if (!user) throw unauthenticated();
  return user;
};
