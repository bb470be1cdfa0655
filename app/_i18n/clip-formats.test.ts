import { createFormatter } from 'use-intl/core';
import { describe, expect, it } from 'vitest';
import { formatDay, formatDuration, formatGameDate, formatMoment } from './clip-formats.ts';

const english = createFormatter({ locale: 'en', timeZone: 'America/Toronto' });
const french = createFormatter({ locale: 'fr', timeZone: 'America/Toronto' });

describe('formatDuration', () => {
  it.each([
    [0, '0:00'],
    [8.96, '0:09'],
    [59.6, '1:00'],
    [300, '5:00'],
    [3725, '1:02:05'],
    [-1, '0:00'],
  ])('%d s is %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });
});

describe('dates', () => {
  it('keeps a game date on its day, wherever the reader is', () => {
    expect(formatGameDate(english, '2025-10-11')).toBe('Oct 11, 2025');
    expect(formatGameDate(french, '2025-10-11')).toBe('11 oct. 2025');
  });

  it('shows a date that cannot be read as it is', () => {
    expect(formatGameDate(english, 'soon')).toBe('soon');
  });

  it('tells moments in Montréal time', () => {
    expect(formatDay(english, '2025-10-12T02:30:00.000Z')).toBe('Oct 11, 2025');
    expect(formatMoment(english, '2025-10-12T02:30:00.000Z')).toMatch(/^Oct 11, 2025, 10:30\sPM$/);
  });
});
