import { describe, expect, it } from 'vitest';
import { bytesInWords, createTransferMeter, secondsInWords } from './transfer-words.ts';

describe('a transfer in words', () => {
  it('counts bytes in decimal units', () => {
    expect([0, 999, 1000, 4_345_520, 123_400_000, 999_999, 5e9].map(bytesInWords)).toEqual([
      '0 B',
      '999 B',
      '1.0 kB',
      '4.3 MB',
      '123 MB',
      '1.0 MB',
      '5.0 GB',
    ]);
  });

  it('counts time in two units at most', () => {
    expect([0.2, 59.2, 185, 7800].map(secondsInWords)).toEqual(['1 s', '1 min 00 s', '3 min 05 s', '2 h 10 min']);
  });

  it('tells speed and time left from what happened lately, not from what was there before', () => {
    let ms = 0;
    const meter = createTransferMeter(() => ms);
    expect(meter.words(500, 1000)).toBe('50 % of 1.0 kB');
    ms = 1000;
    expect(meter.words(600, 1000)).toBe('60 % of 1.0 kB, 100 B/s, 4 s left');
    ms = 10_000;
    expect(meter.words(600, 1000)).toBe('60 % of 1.0 kB');
  });
});
