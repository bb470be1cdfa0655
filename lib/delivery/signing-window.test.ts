import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultWindowMs, presentWindow, windowAt } from './signing-window.ts';

const MINUTE = 60_000;
const period = fc
  .record({
    ttlMs: fc.integer({ min: 2000, max: 7 * 24 * 60 * MINUTE }),
    share: fc.double({ min: 0.01, max: 1, noNaN: true }),
  })
  .map(({ ttlMs, share }) => ({ ttlMs, windowMs: ttlMs * share }));
const moment = fc.date({ min: new Date('2020-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });

describe('windows', () => {
  it('are quarters of an hour by the clock', () => {
    const at = (time: string) =>
      windowAt(new Date(`2026-01-01T${time}Z`), { ttlMs: 60 * MINUTE, windowMs: 15 * MINUTE });
    expect(at('10:00:00')).toEqual({
      signedAt: new Date('2026-01-01T10:00:00Z'),
      expiresAt: new Date('2026-01-01T11:00:00Z'),
    });
    expect(at('10:14:59.999')).toEqual(at('10:00:00'));
    expect(at('10:15:00').signedAt).toEqual(new Date('2026-01-01T10:15:00Z'));
  });

  it('are kept as long as they last, whichever way the clock goes', () => {
    fc.assert(
      fc.property(fc.array(moment, { minLength: 1 }), period, fc.nat(), (moments, length, shiftMs) => {
        let now = new Date(0);
        const windowNow = presentWindow(() => now, length);
        for (const next of moments.flatMap((at) => [at, at, new Date(at.getTime() + (shiftMs % length.windowMs))])) {
          now = next;
          expect(windowNow()).toEqual(windowAt(next, length));
          expect(windowNow()).toBe(windowNow());
        }
      }),
    );
  });

  it('leave at least the TTL less one window, in whole seconds, and never begin later than now', () => {
    fc.assert(
      fc.property(moment, period, (now, { ttlMs, windowMs }) => {
        const { signedAt, expiresAt } = windowAt(now, { ttlMs, windowMs });
        const [ttl, step] = [Math.floor(ttlMs / 1000) * 1000, Math.max(1000, Math.floor(windowMs / 1000) * 1000)];
        expect(signedAt.getTime()).toBeLessThanOrEqual(now.getTime());
        expect(expiresAt.getTime() - now.getTime()).toBeGreaterThan(ttl - step);
        expect(expiresAt.getTime() - signedAt.getTime()).toBe(ttl);
        expect([signedAt.getTime() % 1000, expiresAt.getTime() % 1000]).toEqual([0, 0]);
        // The same on every machine, whichever moment of the window it asks at.
        expect(windowAt(new Date(signedAt.getTime() + step - 1), { ttlMs, windowMs })).toEqual({ signedAt, expiresAt });
      }),
    );
  });

  it('are a quarter of an hour, or a quarter of a short TTL', () => {
    expect(defaultWindowMs(60 * MINUTE)).toBe(15 * MINUTE);
    expect(defaultWindowMs(24 * 60 * MINUTE)).toBe(15 * MINUTE);
    expect(defaultWindowMs(4 * MINUTE)).toBe(MINUTE);
  });
});
