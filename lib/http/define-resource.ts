import type { z } from 'zod';
import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { AppError, unauthenticated } from '#lib/errors.ts';
import { createLogger, type Logger } from '#lib/logger.ts';
import { addressIn, withRequestFacts } from '#lib/request-facts.ts';
import { idempotentRequest } from './idempotency-key.ts';
import { admit, admitAnybody, credentialOf } from './metered-request.ts';
import type { Answers, AnyReply, AnyRouteSpec, RouteSpec } from './operation.ts';
import { problemResponse, requestIdOf } from './problem.ts';
import type { Budget, RateLimit } from './rate-limit.ts';
import { readBody, readFile, readParams, readQuery, refuseNulUrl } from './read-input.ts';
import { requireSameOrigin } from './same-origin.ts';
import { optionsResponse, toResponse, withFacts } from './to-response.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type Method = (typeof METHODS)[number];
/** A resource by method. HEAD is its GET, whose body the server leaves out. */
export type Resource<D = never> = Record<Method | 'OPTIONS', RouteHandler<D>>;

/** What the HTTP layer needs of the application: who is asking, what use-cases run on, and where faults are told. */
export interface HttpHost<D> {
  deps: D;
  logger: Logger;
  /** Scheme, host and port of the portal's own pages. */
  origin: string;
  authenticate(request: Request): Promise<UserContext | null>;
  rateLimit: RateLimit;
}

/** Answers one method of a resource. It carries its declaration, which the OpenAPI document is made from. */
export interface RouteHandler<D = unknown> {
  (request: Request, context: { params: Promise<unknown> }): Promise<Response>;
  spec: AnyRouteSpec<D> | undefined;
}

/** The methods that a resource has: HEAD wherever there is GET, and OPTIONS, which tells of them. */
function allowOf(methods: readonly Method[]): string {
  const all = methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  return [...all, 'OPTIONS'].join(', ');
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
  const file = spec.file ? await readFile(spec.file, request) : new Uint8Array();
  const idempotency = spec.idempotent ? idempotentRequest(request, body) : null;
  const reauthenticate = () => host.authenticate(request);
  const caller = { user, credential: credentialOf(request) ?? '', reauthenticate };
  return spec.handle({ deps: host.deps, ...caller, request, params, query, body, file, idempotency });
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
        return withFacts(toResponse(reply, spec, request, requestId), spec, budget);
      } catch (error) {
        return withFacts(problemResponse(error, request, requestId, logger), spec, budget);
      }
    };
    return Object.assign(answer, { spec });
  };

  /** Checks one method's declaration; its handler sees parsed values only. */
  const defineRoute = <P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, const A extends Answers>(
    spec: RouteSpec<D, P, Q, B, A>,
  ) => spec as unknown as AnyRouteSpec<D>;

  /**
   * The exports of a `resource.ts`: each method that is not declared answers 405 with a problem document, and OPTIONS
   * answers with those that are, unless it is declared itself.
   */
  const defineResource = (methods: Partial<Record<Method | 'OPTIONS', AnyRouteSpec<D>>>): Resource<D> => {
    const allow = allowOf(METHODS.filter((method) => methods[method]));
    const entries = METHODS.map((method) => [method, handler(methods[method], allow)]);
    const tell = async (request: Request) =>
      optionsResponse(methods, allow, requestIdOf(request.headers.get('x-request-id')));
    const OPTIONS = methods.OPTIONS ? handler(methods.OPTIONS, allow) : Object.assign(tell, { spec: undefined });
    return { ...(Object.fromEntries(entries) as Record<Method, RouteHandler<D>>), OPTIONS };
  };

  return { defineRoute, defineResource };
}

/** The caller of a route that is not public. */
export const signedIn = (user: UserContext | null): UserContext => {
  if (!user) throw unauthenticated();
  return user;
};
