import { describe, expect, it } from 'vitest';
import { RateMeter, secondsLeft } from './upload-rate.ts';

describe('RateMeter', () => {
  it('knows nothing from one sample', () => {
    const meter = new RateMeter();
    meter.record(0, 5_000_000);
    expect(meter.bytesPerSecond()).toBeNull();
  });

  it('does not count what was stored before it looked', () => {
    const meter = new RateMeter();
    meter.record(0, 5_000_000);
    meter.record(2000, 7_000_000);
    expect(meter.bytesPerSecond()).toBe(1_000_000);
  });

  it('forgets what is older than eight seconds', () => {
    const meter = new RateMeter();
    meter.record(0, 0);
    meter.record(4000, 40_000);
    meter.record(12_000, 48_000);
    expect(meter.bytesPerSecond()).toBe(1000);
  });

  it('starts over when the store has less than before', () => {
    const meter = new RateMeter();
    meter.record(0, 9000);
    meter.record(1000, 4000);
    expect(meter.bytesPerSecond()).toBeNull();
  });
});

describe('secondsLeft', () => {
  it.each([
    [100, 40, 20, 3],
    [100, 100, 20, 0],
    [100, 40, 0, null],
    [100, 40, null, null],
  ])('%i with %i stored at %s B/s: %s s', (total, stored, rate, left) => {
    expect(secondsLeft(total, stored, rate)).toBe(left);
  });
});
