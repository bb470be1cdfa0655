import { describe, expect, it } from 'vitest';
import { parseCookies } from '#lib/http/parse-cookies.ts';
import { deviceCookie, makeDeviceId } from './device-cookie.ts';

const sent = (setCookie: string) => parseCookies(setCookie.split(';')[0] ?? null);

describe('the cookie of a device', () => {
  it('comes back as the id that was written, each device with its own', () => {
    for (const secure of [true, false]) {
      const cookie = deviceCookie(secure);
      const id = makeDeviceId();
      expect(cookie.read(sent(cookie.write(id)))).toBe(id);
    }
    expect(makeDeviceId()).not.toBe(makeDeviceId());
  });

  it('is out of reach of scripts and of other sites, and with https bound to this host', () => {
    const plain = deviceCookie(false).write(makeDeviceId());
    expect(plain).toMatch(/; Max-Age=7776000; Path=\/; HttpOnly; SameSite=Strict$/);
    const secure = deviceCookie(true).write(makeDeviceId());
    expect(secure).toMatch(/^__Host-/);
    expect(secure).toMatch(/; Secure$/);
    expect(secure).not.toContain('Domain');
    expect(deviceCookie(true).read(sent(plain))).toBeNull();
  });

  it.each(['', 'short', `${'a'.repeat(43)}!`, 'a'.repeat(44), `known:${'a'.repeat(37)}`])('is no %j', (value) => {
    expect(deviceCookie(false).read({ 'heartbeat.device': value })).toBeNull();
  });

  it('goes with the answer that makes a session, and with no other', () => {
    const { remember, write } = deviceCookie(false);
    const setBy = (...cookies: string[]) => {
      const answer = new Response(null, { headers: cookies.map((cookie) => ['Set-Cookie', cookie]) });
      remember(answer, 'device');
      return answer.headers.getSetCookie().slice(cookies.length);
    };
    expect(setBy('next-auth.session-token=abc; Path=/')).toEqual([write('device')]);
    for (const cookie of [
      'next-auth.session-token=; Max-Age=0',
      'next-auth.csrf-token=abc',
      'x=next-auth.session-token=a',
    ])
      expect(setBy(cookie)).toEqual([]);
  });
});
