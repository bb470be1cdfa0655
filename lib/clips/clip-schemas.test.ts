import { describe, expect, it } from 'vitest';
import { isoDateSchema, textSchema } from '#lib/word-schemas.ts';

describe('a day', () => {
  it.each(['0001-01-01', '2024-02-29', '9999-12-31'])('%s is one', (day) => {
    expect(isoDateSchema.parse(day)).toBe(day);
  });

  it.each(['0000-01-01', '0000-12-31', '2025-02-29', '2025-13-01', '25-10-11', '-0001-01-01', '10000-01-01'])(
    '%s is none',
    (day) => {
      expect(isoDateSchema.safeParse(day).success).toBe(false);
    },
  );
});

describe('text', () => {
  it.each([
    ['Be\u0301liveau', 'Béliveau'],
    ['  Jágr ', 'Jágr'],
    ['A\u030Angstro\u0308m', 'Ångström'],
    ['\u1112\u1161\u11AB', '한'],
  ])('%j is kept as %j', (typed, kept) => {
    expect(textSchema(20).parse(typed)).toBe(kept);
  });

  it('is as long as what is kept', () => {
    expect(textSchema(3).safeParse('e\u0301e\u0301e\u0301').success).toBe(true);
    expect(textSchema(2).safeParse('e\u0301e\u0301e\u0301').success).toBe(false);
  });
});
