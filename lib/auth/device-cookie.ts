import { randomBytes } from 'node:crypto';
import { authCookies } from './session-cookie.ts';

/** How long an account knows a device, or a place, after the last sign-in from there. */
export const KNOWN_S = 90 * 24 * 3600;

const DEVICE_ID = /^[A-Za-z0-9_-]{43}$/;

/**
 * The cookie by which an account knows a device again (`sign-in-throttle.ts`). It opens nothing: whoever has it may try
 * that account's password as often as its owner may. The id is 32 random bytes, and says nothing of whose it is.
 */
export interface DeviceCookie {
  /** The device's id out of the cookies that a browser sent; `null` where there is none. */
  read(cookies: Record<string, string>): string | null;
  /** The `Set-Cookie` that gives a device its id, or keeps it for another 90 days. */
  write(device: string): string;
  /** Writes the id into the answer that gives a browser its session; no other answer gets it. */
  remember(answer: Response, device: string): void;
}

export const makeDeviceId = (): string => randomBytes(32).toString('base64url');

/** @param secure as for the session's cookie (`authCookies`): with https the name has the prefix `__Host-`. */
export function deviceCookie(secure: boolean): DeviceCookie {
  const name = `${secure ? '__Host-' : ''}heartbeat.device`;
  const session = `${authCookies(secure).sessionToken.name}=`;
  const write = (device: string) =>
    `${name}=${device}; Max-Age=${KNOWN_S}; Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
  return {
    read: (cookies) => {
      const id = Object.hasOwn(cookies, name) ? cookies[name] : undefined;
      return id !== undefined && DEVICE_ID.test(id) ? id : null;
    },
    write,
    remember(answer, device) {
      const isSession = (cookie: string) => cookie.startsWith(session) && !cookie.startsWith(`${session};`);
      if (answer.headers.getSetCookie().some(isSession)) answer.headers.append('Set-Cookie', write(device));
    },
  };
}
