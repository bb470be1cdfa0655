import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createProgressReporter } from './progress-reporter.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => vi.useRealTimers());

function reporting(write: (percent: number) => Promise<void> = async () => undefined) {
  const written: number[] = [];
  const reporter = createProgressReporter(async (percent) => {
    written.push(percent);
    await write(percent);
  });
  return { reporter, written };
}

it('writes at once, then at most once a second', async () => {
  const { reporter, written } = reporting();
  for (let at = 1; at <= 30; at++) {
    reporter.report(at / 100);
    await reporter.settle();
    vi.advanceTimersByTime(100);
  }
  expect(written).toEqual([1, 11, 21]);
  vi.advanceTimersByTime(1000);
  reporter.report(0.31);
  await reporter.settle();
  expect(written).toEqual([1, 11, 21, 31]);
});

it('only grows, and leaves 100 to the publication', async () => {
  const { reporter, written } = reporting();
  for (const fraction of [0.5, 0.2, 0.505, 1, 2, Number.NaN, 0.9]) {
    reporter.report(fraction);
    await reporter.settle();
    vi.advanceTimersByTime(1000);
  }
  expect(written).toEqual([50, 99]);
});

it('has one write under way at a time, however slow the database', async () => {
  const slow = Promise.withResolvers<void>();
  const { reporter, written } = reporting(() => slow.promise);
  for (let at = 1; at < 10; at++) {
    reporter.report(at / 10);
    vi.advanceTimersByTime(1000);
  }
  expect(written).toEqual([10]);
  slow.resolve();
  await reporter.settle();
  reporter.report(0.95);
  await reporter.settle();
  expect(written).toEqual([10, 95]);
});

it('tells of a write that failed once, in settle', async () => {
  const { reporter } = reporting(() => Promise.reject(new Error('gone')));
  reporter.report(0.1);
  await expect(reporter.settle()).rejects.toThrow('gone');
  await expect(reporter.settle()).resolves.toBeUndefined();
});
