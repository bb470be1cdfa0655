import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { UsageError } from './one-line.ts';
import { collect, given, parseOptions, timecodeFlag, wholeNumberFlag } from './parse-options.ts';

describe('flags', () => {
  it('read seconds and clocks', () => {
    expect(timecodeFlag.parse('83.5')).toBe(83.5);
    expect(timecodeFlag.parse('1:23.5')).toBe(83.5);
    expect(timecodeFlag.parse('1:01:23.5')).toBe(3683.5);
    for (const bad of ['', '-1', '1:70:00', '00:00:01:12', 'abc', '1e3', '1:2:3:4']) {
      expect(timecodeFlag.safeParse(bad).success, bad).toBe(false);
    }
  });

  it('read whole numbers only', () => {
    expect(wholeNumberFlag.parse('3')).toBe(3);
    for (const bad of ['1.5', '-1', '', 'x', '1e9']) expect(wholeNumberFlag.safeParse(bad).success, bad).toBe(false);
  });

  it('may be repeated or joined by commas', () => {
    expect(collect('CHI, MTL', ['BOS'])).toEqual(['BOS', 'CHI', 'MTL']);
    expect(collect(',,')).toEqual([]);
  });

  it('are named in the message, missing or bad', () => {
    const schema = z.object({ team_code: z.string(), period: wholeNumberFlag });
    const parse = () => parseOptions(schema, { period: 'x' }, { team_code: '--team', period: '--period' });
    expect(parse).toThrow(UsageError);
    expect(parse).toThrow('--team is missing. --period: This is not a whole number.');
  });

  it('that were left out are absent', () => {
    expect(Object.keys(given({ a: 1, b: undefined }))).toEqual(['a']);
  });
});
