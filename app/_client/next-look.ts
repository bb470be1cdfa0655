import type { DeliveryJson } from '#lib/webhooks/webhook-schemas.ts';

const [SOONEST_MS, LATEST_MS] = [1500, 60_000];

/** How long until a look at messages may show something new, in ms; `false` when all of them have ended. */
export function nextLookMs(
  deliveries: readonly Pick<DeliveryJson, 'state' | 'next_attempt_at'>[],
  nowMs: number,
): number | false {
  const waits = deliveries
    .filter(({ state }) => state === 'pending')
    .map(({ next_attempt_at }) => (next_attempt_at ? Date.parse(next_attempt_at) - nowMs : 0));
  if (waits.length === 0) return false;
  return Math.min(Math.max(Math.min(...waits), SOONEST_MS), LATEST_MS);
}
