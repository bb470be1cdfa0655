import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { Position } from './event.ts';

/** How long an id can be resumed from; the rows are kept a little longer (`KEEP_EVENTS_HOURS`). */
const RESUMABLE_MS = 23 * 3_600_000;

const IV_BYTES = 12;
const TAG_BYTES = 16;
const BODY_BYTES = 24;

export interface EventIds {
  seal(position: Position): string;
  /** `null` for an id that was not issued here, or is too old to be resumed from. */
  open(id: string): Position | null;
}

/**
 * Ids that clients see. They are encrypted, each anew (AES-256-GCM, random nonce): neither their order nor the gaps
 * between them tell how much happens in other teams, and two ids of one place do not show that nothing happened.
 */
export function createEventIds(secret: string, now: () => Date): EventIds {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'event ids v1', 32));
  return {
    seal({ xact, id }) {
      const body = Buffer.alloc(BODY_BYTES);
      body.writeBigInt64BE(xact, 0);
      body.writeBigInt64BE(id, 8);
      body.writeBigInt64BE(BigInt(now().getTime()), 16);
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      const sealed = Buffer.concat([cipher.update(body), cipher.final()]);
      return Buffer.concat([iv, sealed, cipher.getAuthTag()]).toString('base64url');
    },
    open(text) {
      const bytes = Buffer.from(text, 'base64url');
      if (bytes.length !== IV_BYTES + BODY_BYTES + TAG_BYTES) return null;
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES));
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
      try {
        const body = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
        if (now().getTime() - Number(body.readBigInt64BE(16)) > RESUMABLE_MS) return null;
        return { xact: body.readBigInt64BE(0), id: body.readBigInt64BE(8) };
      } catch {
        return null;
      }
    },
  };
}
