import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { UserContext } from '#lib/auth/user-context.ts';
import { AppError, unavailable } from '#lib/errors.ts';
import { createLogger } from '#lib/logger.ts';
import { createCallerWatch } from './caller-watch.ts';

const COACH: UserContext = { userId: 'u', role: 'coach', name: 'C', teamAccess: ['MTL'], preferences: {} };
/** A revoked key counts within so long. */
const BOUND_MS = 3000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function watched(answer: () => Promise<UserContext | null> = async () => COACH) {
  const watch = createCallerWatch(createLogger('silent', 'test'));
  const looks = vi.fn(answer);
  const follow = (credential: string) => {
    const told: (UserContext | null)[] = [];
    const leave = watch.follow({ credential, reauthenticate: looks }, (user) => told.push(user));
    return { told, leave };
  };
  return { looks, follow };
}

describe('callers whose answers go on for long', () => {
  it('are looked after once, however many answers they have', async () => {
    const { looks, follow } = watched();
    const answers = Array.from({ length: 10 }, () => follow('one'));
    await vi.advanceTimersByTimeAsync(BOUND_MS);
    expect(looks).toHaveBeenCalledTimes(1);
    expect(answers.map(({ told }) => told)).toEqual(answers.map(() => [COACH]));
    await vi.advanceTimersByTimeAsync(BOUND_MS);
    expect(looks).toHaveBeenCalledTimes(2);
  });

  it('are told apart by what they have shown', async () => {
    const { looks, follow } = watched();
    follow('one');
    follow('another');
    await vi.advanceTimersByTimeAsync(BOUND_MS);
    expect(looks).toHaveBeenCalledTimes(2);
  });

  it('are nobody within the bound, for every answer, whenever it began', async () => {
    let user: UserContext | null = COACH;
    const { follow } = watched(async () => user);
    const early = follow('one');
    await vi.advanceTimersByTimeAsync(BOUND_MS - 1);
    const late = follow('one');
    user = null;
    await vi.advanceTimersByTimeAsync(BOUND_MS);
    expect(early.told.at(-1)).toBeNull();
    expect(late.told.at(-1)).toBeNull();
  });

  it('go on being looked after when the first of their answers ends, and not after the last', async () => {
    const { looks, follow } = watched();
    const [first, second] = [follow('one'), follow('one')];
    first.leave();
    await vi.advanceTimersByTimeAsync(BOUND_MS);
    expect([first.told, second.told]).toEqual([[], [COACH]]);
    second.leave();
    await vi.advanceTimersByTimeAsync(10 * BOUND_MS);
    expect(looks).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('are not judged by a look that began before they came', async () => {
    const { promise, resolve } = Promise.withResolvers<UserContext | null>();
    const answers = [promise, Promise.resolve(COACH)];
    const { follow } = watched(() => answers.shift() ?? Promise.resolve(COACH));
    const before = follow('one');
    await vi.advanceTimersByTimeAsync(BOUND_MS);
    const after = follow('one');
    resolve(null);
    await vi.advanceTimersByTimeAsync(0);
    expect([before.told, after.told]).toEqual([[null], []]);
    await vi.advanceTimersByTimeAsync(BOUND_MS);
    expect(after.told).toEqual([COACH]);
  });

  it('are nobody when three looks in a row were not answered, and somebody again after one that was', async () => {
    const down = () => Promise.reject(unavailable(new Error('away')));
    const answers = [down, down, async () => COACH, down, down, down];
    const { follow } = watched(() => answers.shift()?.() ?? down());
    const { told } = follow('one');
    await vi.advanceTimersByTimeAsync(5 * BOUND_MS);
    expect(told).toEqual([COACH]);
    await vi.advanceTimersByTimeAsync(BOUND_MS);
    expect(told).toEqual([COACH, null]);
  });

  it('are nobody at once when they are refused', async () => {
    const refused = new AppError({ status: 403, code: 'forbidden', detail: 'No.' });
    const { follow } = watched(() => Promise.reject(refused));
    const { told } = follow('one');
    await vi.advanceTimersByTimeAsync(BOUND_MS);
    expect(told).toEqual([null]);
  });
});
