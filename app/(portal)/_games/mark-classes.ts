import type { Mark } from './rink-marks.ts';

/** Filled where it went well, a cross where it did not: not by colour alone. */
export const MARK_CLASSES: Readonly<Record<Mark, string>> = {
  goal: 'fill-warning stroke-bg',
  successful: 'fill-success stroke-none',
  failed: 'fill-none stroke-danger',
  other: 'fill-none stroke-muted',
};
