import { readBearer } from '#lib/auth/api-key.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { type Env, publicBaseUrl } from '#lib/config/env.ts';
import { createSharedCounter } from '#lib/db/shared-counter.ts';
import { payerKey } from '#lib/http/metered-request.ts';
import { parseCookies } from '#lib/http/parse-cookies.ts';
import { createRateLimit } from '#lib/http/rate-limit.ts';
import type { Logger } from '#lib/logger.ts';
import { createDeviceCookie } from '#lib/sign-in/device-cookie.ts';
import { readSessionCookie } from '#lib/sign-in/session-cookie.ts';
import { resolveApiKey, resolveSession } from '#lib/users/resolve-caller.ts';
import { authSettingsOf } from './auth-settings.ts';
import { openPortal, secretFor } from './portal.ts';
import type { WebRuntime } from './web.ts';

async function createWebRuntime(env: Env, logger: Logger, isDraining: () => boolean): Promise<WebRuntime> {
  const portal = await openPortal(env, { logger, name: 'heartbeat-web', isDraining });
  const { deps } = portal;
  const auth = authSettingsOf(env, deps.db);

  const deviceCookie = createDeviceCookie({ secure: auth.secureCookie, secret: secretFor(env, 'device cookies') });

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

  const payerOf = async (cookieHeader: string | null): Promise<string | null> => {
    const cookies = parseCookies(cookieHeader);
    const session = await readSessionCookie(cookies, auth);
    if (session) return payerKey('session', session.sessionId ?? session.userId);
    const device = deviceCookie.read(cookies);
    return device && payerKey('device', device);
  };

  return {
    ...portal,
    logger,
    origin: new URL(publicBaseUrl(env)).origin,
    auth,
    callerOfCookies,
    authenticate,
    deviceCookie,
    payerOf,
    rateLimit: createRateLimit({
      limit: env.API_RATE_LIMIT_PER_MINUTE,
      counter: createSharedCounter(deps.db),
      logger,
    }),
  };
}

/** The web's runtime: opened by whoever asks first, once, and closed when it was opened at all. */
export interface WebRuntimeHandle {
  get(): Promise<WebRuntime>;
  /** What was opened, without opening it. */
  opened(): Promise<WebRuntime> | undefined;
}

/**
 * Opens the runtime when it is first asked for. A start that failed (Postgres was away) is tried again by the next
 * request.
 * @param isDraining whether the web is being stopped; health says so.
 */
export function openWebRuntime(env: Env, logger: Logger, isDraining: () => boolean): WebRuntimeHandle {
  let opening: Promise<WebRuntime> | undefined;
  return {
    get: () => {
      opening ??= createWebRuntime(env, logger, isDraining).catch((error) => {
        opening = undefined;
        throw error;
      });
      return opening;
    },
    opened: () => opening,
  };
}
