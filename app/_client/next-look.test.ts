import { expect, it } from 'vitest';
import { nextLookMs } from './next-look.ts';

const NOW = Date.parse('2026-01-10T12:00:00Z');
const waiting = (next_attempt_at: string | null) => ({ state: 'pending' as const, next_attempt_at });
const ended = { state: 'failed' as const, next_attempt_at: null };

it.each([
  [[], false],
  [[ended], false],
  [[waiting(null)], 1500],
  [[waiting('2026-01-10T11:59:00Z')], 1500],
  [[ended, waiting('2026-01-10T12:00:30Z')], 30_000],
  [[waiting('2026-01-10T14:00:00Z'), waiting('2026-01-10T12:00:05Z')], 5000],
  [[waiting('2026-01-10T14:00:00Z')], 60_000],
])('looks again when the next attempt is due: %#', (deliveries, wait) => {
  expect(nextLookMs(deliveries, NOW)).toBe(wait);
});
