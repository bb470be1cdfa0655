import { readBearer } from '#lib/auth/api-key.ts';
import { type DeviceCookie, deviceCookie } from '#lib/auth/device-cookie.ts';
import { nextAuthOptions } from '#lib/auth/next-auth-options.ts';
import { readSessionCookie } from '#lib/auth/session-cookie.ts';
import type { SignInThrottle } from '#lib/auth/sign-in-throttle.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { publicBaseUrl, readEnv } from '#lib/config/env.ts';
import { createSharedCounter } from '#lib/db/shared-counter.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { createRouting, type HttpHost } from '#lib/http/define-resource.ts';
import { parseCookies } from '#lib/http/parse-cookies.ts';
import { createRateLimit } from '#lib/http/rate-limit.ts';
import { createLogger } from '#lib/logger.ts';
import { resolveApiKey, resolveSession } from '#lib/users/resolve-caller.ts';
import { authSettingsOf } from './auth-settings.ts';
import { openPortal, type Portal } from './portal.ts';

export interface WebRuntime extends Portal, HttpHost<PortalDeps> {
  authOptions: ReturnType<typeof nextAuthOptions>;
  /** Counts wrong passwords, wherever one is asked for. */
  throttle: SignInThrottle;
  deviceCookie: DeviceCookie;
  /** The caller of a page, by the cookies that Next hands over. */
  callerOfCookies(cookies: Record<string, string>): Promise<UserContext | null>;
}

async function createWebRuntime(): Promise<WebRuntime> {
  const env = readEnv();
  const logger = createLogger(env.LOG_LEVEL, 'web');
  const portal = await openPortal(env, { logger, name: 'heartbeat-web' });
  const { deps } = portal;
  const auth = authSettingsOf(env, deps.db);

  const callerOfCookies = async (cookies: Record<string, string>): Promise<UserContext | null> => {
    const claims = await readSessionCookie(cookies, auth);
    return claims && resolveSession(deps, claims);
  };

  /** A request with an `Authorization` header is judged by it alone, whatever cookies come along. */
  const authenticate = async (request: Request): Promise<UserContext | null> => {
    const key = readBearer(request.headers.get('authorization'));
    if (key === null) return callerOfCookies(parseCookies(request.headers.get('cookie')));
    return key === undefined ? null : resolveApiKey(deps, key);
  };

  // Next waits for every answer under way, and a stream of events never ends by itself.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void deps.events.close());

  return {
    ...portal,
    logger,
    origin: new URL(publicBaseUrl(env)).origin,
    authOptions: nextAuthOptions(deps, auth),
    callerOfCookies,
    authenticate,
    throttle: auth.throttle,
    deviceCookie: deviceCookie(auth.secureCookie),
    rateLimit: createRateLimit({
      limit: env.API_RATE_LIMIT_PER_MINUTE,
      counter: createSharedCounter(deps.db),
      logger,
    }),
  };
}

/** Next loads each route as a bundle of its own: the runtime hangs on the process, so that there is one. */
const shared = globalThis as typeof globalThis & { heartbeatWebRuntime?: Promise<WebRuntime> | undefined };

/** The web process' one runtime. A start that failed is tried again by the next request. */
export function getWebRuntime(): Promise<WebRuntime> {
  shared.heartbeatWebRuntime ??= createWebRuntime().catch((error) => {
    shared.heartbeatWebRuntime = undefined;
    throw error;
  });
  return shared.heartbeatWebRuntime;
}

export const { defineRoute, defineResource } = createRouting<PortalDeps>(getWebRuntime);
