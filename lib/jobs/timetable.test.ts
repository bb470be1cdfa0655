import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Logger } from '#lib/logger.ts';
import { type Round, startTimetable, type Timetable } from './timetable.ts';

const warn = vi.fn();
const logger = { warn } as unknown as Logger;
let timetable: Timetable | undefined;
beforeEach(() => warn.mockClear());
afterEach(() => timetable?.stop());

/** A round that ends when it is told to. */
function heldRound(everyMs = 1) {
  const ends: (() => void)[] = [];
  let running = 0;
  let most = 0;
  const round: Round = {
    name: 'held',
    everyMs,
    run: async () => {
      most = Math.max(most, ++running);
      await new Promise<void>((resolve) => ends.push(resolve));
      running -= 1;
    },
  };
  return { round, ends, most: () => most };
}

describe('the timetable of a worker', () => {
  it('has done every round once before it is there, and does each again and again, faults or not', async () => {
    const done = { swept: 0, failed: 0 };
    timetable = await startTimetable(
      [
        { name: 'sweep', everyMs: 1, run: async () => (done.swept += 1) },
        { name: 'fail', everyMs: 1, run: () => Promise.reject(new Error(`no ${++done.failed}`)) },
      ],
      logger,
    );
    expect(Math.min(done.swept, done.failed)).toBeGreaterThanOrEqual(1);
    await expect.poll(() => Math.min(done.swept, done.failed)).toBeGreaterThan(3);
    expect(warn.mock.calls[0]).toMatchObject([{ err: { message: 'no 1' }, round: 'fail' }, expect.any(String)]);
  });

  it('never does one twice at a time, and does it again when it was asked for meanwhile', async () => {
    const { round, ends, most } = heldRound(3_600_000);
    const starting = startTimetable([round], logger);
    await expect.poll(() => ends.length).toBe(1);
    ends[0]?.();
    timetable = await starting;
    timetable.runNow('held');
    timetable.runNow('held');
    timetable.runNow('held');
    expect(ends).toHaveLength(2);
    ends[1]?.();
    await expect.poll(() => ends.length).toBe(3);
    ends[2]?.();
    await timetable.stop();
    expect([ends.length, most()]).toEqual([3, 1]);
    expect(() => timetable?.runNow('what nobody does')).toThrow('No round is called');
  });

  it('waits at its end for what is under way, and begins nothing any more', async () => {
    const { round, ends } = heldRound();
    const starting = startTimetable([round], logger);
    await expect.poll(() => ends.length).toBe(1);
    ends[0]?.();
    timetable = await starting;
    await expect.poll(() => ends.length).toBe(2);
    let stopped = false;
    const stopping = timetable.stop().then(() => {
      stopped = true;
    });
    timetable.runNow('held');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(stopped).toBe(false);
    ends[1]?.();
    await stopping;
    expect(ends).toHaveLength(2);
  });
});
