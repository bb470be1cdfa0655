import { describe, expect, it } from 'vitest';
import { parseCookies } from '#lib/http/parse-cookies.ts';
import { createDeviceCookie } from './device-cookie.ts';

const SECRET = 'device cookies of tests';
const deviceCookie = (secure: boolean, secret = SECRET) => createDeviceCookie({ secure, secret });

const sent = (setCookie: string) => parseCookies(setCookie.split(';')[0] ?? null);

describe('the cookie of a device', () => {
  it('comes back as the id that was written, each device with its own', () => {
    for (const secure of [true, false]) {
      const cookie = deviceCookie(secure);
      const id = cookie.make();
      expect(cookie.read(sent(cookie.write(id)))).toBe(id);
    }
    expect(deviceCookie(true).make()).not.toBe(deviceCookie(true).make());
  });

  it('is out of reach of scripts and of other sites, and with https bound to this host', () => {
    const plain = deviceCookie(false).write(deviceCookie(false).make());
    expect(plain).toMatch(/; Max-Age=7776000; Path=\/; HttpOnly; SameSite=Strict$/);
    const secure = deviceCookie(true).write(deviceCookie(true).make());
    expect(secure).toMatch(/^__Host-/);
    expect(secure).toMatch(/; Secure$/);
    expect(secure).not.toContain('Domain');
    expect(deviceCookie(true).read(sent(plain))).toBeNull();
  });

  it.each(['', 'short', `${'a'.repeat(43)}!`, 'a'.repeat(44), `known:${'a'.repeat(37)}`, 'a'.repeat(65)])(
    'is no %j',
    (value) => {
      expect(deviceCookie(false).read({ 'heartbeat.device': value })).toBeNull();
    },
  );

  it('is none that somebody made up, or another portal made', () => {
    const ours = deviceCookie(false);
    const id = ours.make();
    for (const made of [
      deviceCookie(false, 'another secret').make(),
      `${'a'.repeat(43)}${id.slice(43)}`,
      `${id.slice(0, 43)}${'a'.repeat(22)}`,
      id.slice(0, 43),
    ])
      expect(ours.read({ 'heartbeat.device': made })).toBeNull();
    expect(ours.read({ 'heartbeat.device': id })).toBe(id);
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
