import type { createFormatter } from 'use-intl/core';

/** `useFormatter()` in the browser, `await getFormatter()` on the server. */
export type Formatter = Pick<ReturnType<typeof createFormatter>, 'dateTime' | 'number'>;

/** A length as `0:09`, `12:34` or `1:02:03`; seconds are rounded to the nearest. */
export const formatDuration = (seconds: number): string => {
  const whole = Math.max(0, Math.round(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = String(whole % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
};

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
