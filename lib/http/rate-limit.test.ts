import { describe, expect, it } from 'vitest';
import type { UserContext } from '#lib/auth/user-context.ts';
import { type AppError, isAppError } from '#lib/errors.ts';
import { createLogger } from '#lib/logger.ts';
import { admit, admitAnybody } from './metered-request.ts';
import { createRateLimit, rateHeaders, type SharedCounter } from './rate-limit.ts';

const logger = createLogger('silent', 'test');

/** A counter that answers when it is told to. */
function setting(limit: number) {
  let nowMs = 1_000_000;
  const totals = new Map<string, number>();
  const calls: number[] = [];
  const counter: SharedCounter = {
    add: async (key, points) => {
      calls.push(points);
      const total = (totals.get(key) ?? 0) + points;
      totals.set(key, total);
      return { total, msLeft: 60_000 - (nowMs % 60_000) };
    },
  };
  const rate = createRateLimit({ limit, counter, logger, nowMs: () => nowMs });
  return {
    rate,
    calls,
    counter,
    pass: (ms: number) => {
      nowMs += ms;
    },
    addElsewhere: (points: number) => {
      for (const [key, total] of totals) totals.set(key, total + points);
    },
    forget: () => totals.clear(),
    settled: () => new Promise((resolve) => setImmediate(resolve)),
  };
}
const faultOf = (act: () => unknown): AppError => {
  try {
    act();
  } catch (error) {
    if (isAppError(error)) return error;
    throw error;
  }
  throw new Error('was let through');
};

describe('the limit of a caller', () => {
  it('lets so many through in a minute, says what is left, and then when to come back', async () => {
    const { rate, settled, pass, forget } = setting(3);
    expect([1, 2, 3].map(() => rate.take('a').remaining)).toEqual([2, 1, 0]);
    await settled();
    const fault = faultOf(() => rate.take('a'));
    expect(fault).toMatchObject({ status: 429, code: 'rate_limited' });
    const seconds = Number(fault.headers?.['Retry-After']);
    expect(seconds).toBeGreaterThan(0);
    expect(fault.headers).toMatchObject({
      'RateLimit-Policy': '"default";q=3;w=60',
      RateLimit: `"default";r=0;t=${seconds}`,
    });
    expect(rate.take('b').remaining).toBe(2);
    pass(seconds * 1000);
    forget();
    expect(rate.take('a').remaining).toBe(2);
  });

  it('counts what other processes counted, and tells them in lumps', async () => {
    const { rate, calls, settled, pass, addElsewhere } = setting(1000);
    for (let n = 0; n < 40; n++) rate.take('a');
    await settled();
    expect(calls).toEqual([1]);
    addElsewhere(900);
    pass(1000);
    expect(rate.take('a').remaining).toBe(959);
    await settled();
    expect(calls).toEqual([1, 40]);
    expect(rate.take('a').remaining).toBe(58);
    for (let n = 0; n < 49; n++) rate.take('a');
    await settled();
    expect(calls).toEqual([1, 40, 50]);
  });

  it('costs the database nothing once it is used up, and goes on alone when the database is gone', async () => {
    const { rate, calls, settled, counter, pass } = setting(2);
    rate.take('a', 'shown');
    rate.take('a', 'shown');
    await settled();
    const before = calls.length;
    for (let n = 0; n < 1000; n++) faultOf(() => rate.take('a', 'shown'));
    expect(faultOf(() => rate.refuseSpent('shown')).status).toBe(429);
    rate.refuseSpent('other');
    expect(calls).toHaveLength(before);
    pass(60_001);
    rate.refuseSpent('shown');
    counter.add = () => Promise.reject(new Error('gone'));
    rate.take('c');
    await settled();
    rate.take('c');
    expect(faultOf(() => rate.take('c')).status).toBe(429);
  });
});

describe('a request', () => {
  const user: UserContext = { userId: 'u', role: 'coach', name: 'C', teamAccess: [], preferences: {} };
  const from = (ip: string, headers: Record<string, string> = {}) =>
    new Request('http://clips.example/', { headers: { 'x-forwarded-for': ip, ...headers } });
  const told: number[] = [];
  const letIn = (request: Request, rate: ReturnType<typeof setting>['rate'], who: UserContext | null) =>
    admit(
      request,
      rate,
      async () => who,
      ({ remaining }) => told.push(remaining),
    );

  it('is counted for its person’s keys together, else its person, else its place', async () => {
    const { rate } = setting(2);
    const key = { ...user, apiKeyId: 'k' };
    const other = { ...user, apiKeyId: 'l' };
    const elses = { ...user, userId: 'v', apiKeyId: 'm' };
    for (const [one, two] of [
      [key, other],
      [user, user],
      [elses, elses],
    ] as const) {
      await letIn(from('192.0.2.1', { authorization: `Bearer ${one.apiKeyId}` }), rate, one);
      await letIn(from('192.0.2.2', { authorization: `Bearer ${two.apiKeyId}` }), rate, two);
      for (const who of [one, two])
        await expect(letIn(from('192.0.2.3'), rate, who)).rejects.toMatchObject({ status: 429 });
    }
    await expect(letIn(from('192.0.2.1'), rate, null)).rejects.toMatchObject({ status: 401 });
    admitAnybody(from('192.0.2.1'), rate);
    await expect(letIn(from('192.0.2.1'), rate, null)).rejects.toMatchObject({ status: 429 });
    // One IPv6 subscriber is one place.
    admitAnybody(from('2001:db8::1'), rate);
    admitAnybody(from('2001:db8::2'), rate);
    expect(() => admitAnybody(from('2001:db8::3'), rate)).toThrow();
  });

  it('of a public route is paid for by whom it names, whatever its place has used up', () => {
    const { rate } = setting(2);
    for (let n = 0; n < 2; n++) admitAnybody(from('192.0.2.1'), rate);
    expect(() => admitAnybody(from('192.0.2.1'), rate)).toThrow();
    for (const payer of ['playback:u', 'playback:v']) {
      for (let n = 0; n < 2; n++) admitAnybody(from('192.0.2.1'), rate, payer);
      expect(() => admitAnybody(from('192.0.2.9'), rate, payer)).toThrow();
    }
  });

  it('with a spent credential is refused before it is looked up', async () => {
    const { rate } = setting(1);
    const request = () => from('192.0.2.1', { authorization: 'Bearer x' });
    await letIn(request(), rate, user);
    await expect(letIn(request(), rate, user)).rejects.toMatchObject({ status: 429 });
    const refused = admit(
      request(),
      rate,
      () => Promise.reject(new Error('looked up')),
      () => undefined,
    );
    await expect(refused).rejects.toMatchObject({ status: 429 });
  });

  it('tells the fields of the draft', () => {
    expect(rateHeaders({ limit: 600, remaining: 50, resetS: 30 })).toEqual({
      'RateLimit-Policy': '"default";q=600;w=60',
      RateLimit: '"default";r=50;t=30',
    });
  });
});
