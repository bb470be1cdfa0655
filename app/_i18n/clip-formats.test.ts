import { createFormatter } from 'use-intl/core';
import { describe, expect, it } from 'vitest';
import { formatBytes } from './byte-format.ts';
import { formatDay, formatDuration, formatGameDate, formatMoment } from './clip-formats.ts';

const english = createFormatter({ locale: 'en', timeZone: 'America/Toronto' });
const french = createFormatter({ locale: 'fr', timeZone: 'America/Toronto' });

describe('formatDuration', () => {
  it.each([
    [0, '0:00', '0:00'],
    [8, '0:08', '0:08'],
    [8.004, '0:08', '0:08'],
    [7.9999, '0:08', '0:08'],
    [8.04, '0:08', '0:08.04'],
    [8.96, '0:09', '0:08.96'],
    [59.6, '1:00', '0:59.60'],
    [59.998, '1:00', '1:00'],
    [300, '5:00', '5:00'],
    [3725.5, '1:02:06', '1:02:05.50'],
    [-1, '0:00', '0:00'],
  ])('%d s is %s, exactly %s', (seconds, text, exact) => {
    expect(formatDuration(seconds)).toBe(text);
    expect(formatDuration(seconds, { exact: true })).toBe(exact);
  });
});

describe('formatBytes', () => {
  it.each([
    [0, '0 byte', '0 o'],
    [999, '999 byte', '999 o'],
    [1_400_000, '1.40 MB', '1,40 Mo'],
    [3_221_225_472, '3.22 GB', '3,22 Go'],
    [51_200_000_000, '51.2 GB', '51,2 Go'],
    [5.5e15, '5,500.0 TB', '5 500,0 To'],
  ])('%d bytes are %s, in French %s', (bytes, inEnglish, inFrench) => {
    const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');
    expect([plain(formatBytes(english, bytes)), plain(formatBytes(french, bytes))]).toEqual([inEnglish, inFrench]);
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
