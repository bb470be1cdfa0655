import { createSeal } from '#lib/auth/seal.ts';
import type { Position } from './event.ts';

/** How long an id can be resumed from; the rows are kept a little longer (`KEEP_EVENTS_HOURS`). */
const RESUMABLE_MS = 23 * 3_600_000;
const BODY_BYTES = 24;

export interface EventIds {
  seal(position: Position): string;
  /** `null` for an id that was not issued here, or is too old to be resumed from. */
  open(id: string): Position | null;
}

/**
 * Ids that clients see. They are encrypted, each anew: neither their order nor the gaps between them tell how much
 * happens in other teams, and two ids of one place do not show that nothing happened.
 */
export function createEventIds(secret: string, now: () => Date): EventIds {
  const seal = createSeal(secret, 'event ids v1');
  return {
    seal({ xact, id }) {
      const body = Buffer.alloc(BODY_BYTES);
      body.writeBigInt64BE(xact, 0);
      body.writeBigInt64BE(id, 8);
      body.writeBigInt64BE(BigInt(now().getTime()), 16);
      return seal.close(body);
    },
    open(text) {
      const body = seal.open(text);
      if (body?.length !== BODY_BYTES || now().getTime() - Number(body.readBigInt64BE(16)) > RESUMABLE_MS) return null;
      return { xact: body.readBigInt64BE(0), id: body.readBigInt64BE(8) };
    },
  };
}
