import type { createFormatter } from 'use-intl/core';

/** `useFormatter()` in the browser, `await getFormatter()` on the server. */
export type Formatter = Pick<ReturnType<typeof createFormatter>, 'dateTime' | 'number'>;

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/**
 * A length as `0:09`, `12:34` or `1:02:03`; seconds are rounded to the nearest. `exact` tells hundredths where there are
 * any: 8.04 s is `0:08.04`, and 8.00 s is `0:08` all the same.
 */
export const formatDuration = (seconds: number, { exact = false }: { exact?: boolean } = {}): string => {
  const hundredths = Math.max(0, exact ? Math.round(seconds * 100) : Math.round(seconds) * 100);
  const whole = Math.floor(hundredths / 100);
  const part = hundredths % 100;
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const clock = `${hours > 0 ? `${hours}:${twoDigits(minutes)}` : minutes}:${twoDigits(whole % 60)}`;
  return part > 0 ? `${clock}.${twoDigits(part)}` : clock;
};

/** Elapsed time of the period, `12:05`: a clock shows whole seconds. */
export function clockText(clockS: number | null): string {
  if (clockS === null) return '–';
  const whole = Math.floor(clockS);
  return `${Math.floor(whole / 60)}:${twoDigits(whole % 60)}`;
}

/** A plain date (`2025-10-11`) has no time zone: it reads the same everywhere. Unreadable text stays as it is. */
export const formatGameDate = (format: Formatter, date: string): string => {
  const day = new Date(`${date.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(day.getTime())) return date;
  return format.dateTime(day, { year: 'numeric', month: 'short', day: 'numeric', timeZone: 'UTC' });
};

/** A moment in Montréal's time, to the minute. */
export const formatMoment = (format: Formatter, iso: string): string =>
  format.dateTime(new Date(iso), {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  });

/** A moment in Montréal's time, the day only. */
export const formatDay = (format: Formatter, iso: string): string =>
  format.dateTime(new Date(iso), { year: 'numeric', month: 'short', day: 'numeric' });
