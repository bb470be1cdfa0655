import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { KNOWN_S } from '#lib/auth/sign-in-throttle.ts';
import { authCookies } from './session-cookie.ts';

/** 32 random bytes, and 16 by which this portal knows that it made them. */
const ID_CHARS = 43;
const SEALED_ID = /^[A-Za-z0-9_-]{65}$/;

/**
 * The cookie by which an account knows a device again (`sign-in-throttle.ts`). It opens nothing: whoever has it may try
 * that account's password as often as its owner may. The id is random, and says nothing of whose it is; it is sealed, so
 * that it can be told without a look-up from one that somebody made up.
 */
export interface DeviceCookie {
  /** The id of a new device. */
  make(): string;
  /** The device's id out of the cookies that a browser sent; `null` where there is none. */
  read(cookies: Record<string, string>): string | null;
  /** The `Set-Cookie` that gives a device its id, or keeps it for another 90 days. */
  write(device: string): string;
  /** Writes the id into the answer that gives a browser its session; no other answer gets it. */
  remember(answer: Response, device: string): void;
}

/**
 * @param secure as for the session's cookie (`authCookies`): with https the name has the prefix `__Host-`.
 * @param secret what ids are sealed with.
 */
export function createDeviceCookie({ secure, secret }: { secure: boolean; secret: string }): DeviceCookie {
  const sealOf = (id: string) => createHmac('sha256', secret).update(id).digest().subarray(0, 16).toString('base64url');
  const isSealed = (device: string) => {
    const [id, seal] = [device.slice(0, ID_CHARS), device.slice(ID_CHARS)];
    return SEALED_ID.test(device) && timingSafeEqual(Buffer.from(seal), Buffer.from(sealOf(id)));
  };
  const name = `${secure ? '__Host-' : ''}heartbeat.device`;
  const session = `${authCookies(secure).sessionToken.name}=`;
  const write = (device: string) =>
    `${name}=${device}; Max-Age=${KNOWN_S}; Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
  return {
    make: () => {
      const id = randomBytes(32).toString('base64url');
      return id + sealOf(id);
    },
    read: (cookies) => {
      const device = Object.hasOwn(cookies, name) ? cookies[name] : undefined;
      return device !== undefined && isSealed(device) ? device : null;
    },
    write,
    remember(answer, device) {
      const isSession = (cookie: string) => cookie.startsWith(session) && !cookie.startsWith(`${session};`);
      if (answer.headers.getSetCookie().some(isSession)) answer.headers.append('Set-Cookie', write(device));
    },
  };
}
