import { createTranslator } from 'use-intl/core';
import { describe, expect, it } from 'vitest';
import { en } from '#app/_i18n/catalogue.ts';
import { clockText } from '#app/_i18n/clip-formats.ts';
import { rangeOf } from './mark-range.ts';
import { playOf } from './play-fixture.ts';
import { playMatcher } from './play-words.ts';

const hockey = createTranslator({ locale: 'en', messages: en, namespace: 'hockey' });
const finds = (words: string) =>
  playMatcher(
    words,
    hockey,
  )(playOf({ name: 'lpr', shorthand: 'LPR+', player_name: 'Théo Côté', player_id: '9000001' }));

describe('words', () => {
  it.each(['', 'lpr', 'loose puck', 'puck cote', 'THÉO', '9000001', 'lpr+'])('“%s” finds it', (words) => {
    expect(finds(words)).toBe(true);
  });

  it.each(['shot', 'loose shot', 'suzuki'])('“%s” does not', (words) => {
    expect(finds(words)).toBe(false);
  });
});

describe('the clock', () => {
  it.each([
    [0, '0:00'],
    [59.99, '0:59'],
    [83.5, '1:23'],
    [1200, '20:00'],
    [null, '–'],
  ])('%s s reads %s', (clockS, text) => {
    expect(clockText(clockS)).toBe(text);
  });
});

describe('a range of marks', () => {
  const plays = [1, 2, 3, 4].map((id) => ({ id }));
  it.each([
    [1, 3, [2, 3, 4]],
    [3, 1, [2, 3, 4]],
    [2, 2, [3]],
  ])('from %i to %i', (from, to, ids) => {
    expect(rangeOf(plays, from, to)).toEqual(ids);
  });
});
