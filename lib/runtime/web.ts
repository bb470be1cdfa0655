import type { UserContext } from '#lib/auth/user-context.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { createRouting, type HttpHost } from '#lib/http/define-resource.ts';
import type { DeviceCookie } from '#lib/sign-in/device-cookie.ts';
import type { AuthSettings } from '#lib/sign-in/next-auth-options.ts';
import type { Portal } from './portal.ts';

/** What the pages and routes of the web run on. */
export interface WebRuntime extends Portal, HttpHost<PortalDeps> {
  auth: AuthSettings;
  deviceCookie: DeviceCookie;
  /**
   * Who pays for a request whose body nobody has read yet: the session, or the device that somebody has signed in on, by
   * the cookies alone. `null`: its place.
   */
  payerOf(cookieHeader: string | null): Promise<string | null>;
  /** The caller of a page, by the cookies that Next hands over. */
  callerOfCookies(cookies: Record<string, string>): Promise<UserContext | null>;
}

/** Next loads each route as a bundle of its own, and the server before Next opens the runtime: it hangs on the process. */
const shared = globalThis as typeof globalThis & { heartbeatWebRuntime?: () => Promise<WebRuntime> };

/** Tells every bundle of this process where the runtime is. */
export const shareWebRuntime = (open: () => Promise<WebRuntime>): void => {
  shared.heartbeatWebRuntime = open;
};

/** The web process' one runtime. A start that failed is tried again by the next request. */
export async function getWebRuntime(): Promise<WebRuntime> {
  if (!shared.heartbeatWebRuntime)
    throw new Error('Nobody has opened the runtime: the web is started by scripts/web.ts.');
  return shared.heartbeatWebRuntime();
}

export const { defineRoute, defineResource } = createRouting<PortalDeps>(getWebRuntime);
