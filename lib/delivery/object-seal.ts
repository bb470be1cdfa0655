import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import { z } from 'zod';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** One object as an address of the portal names it, for whoever has a link, until then. */
export interface SealedObject {
  gcsUri: string;
  generation: string | null;
  linkId: string;
  /** The name that it is saved under; absent for what is played. */
  downloadName?: string | undefined;
  expiresAt: Date;
}

const fieldsSchema = z.strictObject({
  ...{ o: z.string(), g: z.string().nullable(), l: z.string(), d: z.string().optional(), e: z.int() },
});

/** Names objects so that nobody reads their keys, which say team, game and clip. */
export interface ObjectSeal {
  /** The same object in the same window has the same name: a browser has it already. */
  close(object: SealedObject): string;
  /** `null` for what was not closed here, or for too long ago. */
  open(name: string, now: Date): SealedObject | null;
}

/**
 * AES-256-GCM whose nonce is made of the text itself, with a key of its own: the same text has the same nonce, other texts
 * have others.
 */
export function createObjectSeal(secret: string): ObjectSeal {
  const keyOf = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));
  const [key, nonceKey] = [keyOf('heartbeat sealed objects v1'), keyOf('heartbeat nonces of sealed objects v1')];
  const decrypt = (name: string): string | null => {
    const bytes = Buffer.from(name, 'base64url');
    // Base64 has several spellings of one value; one was given out.
    if (bytes.length < NONCE_BYTES + TAG_BYTES || bytes.toString('base64url') !== name) return null;
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    try {
      return decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
    } catch {
      return null;
    }
  };
  return {
    close({ gcsUri, generation, linkId, downloadName, expiresAt }) {
      const fields = {
        o: gcsUri,
        g: generation,
        l: linkId,
        d: downloadName,
        e: Math.floor(expiresAt.getTime() / 1000),
      };
      const text = JSON.stringify(fields);
      const nonce = createHmac('sha256', nonceKey).update(text).digest().subarray(0, NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      return Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]).toString('base64url');
    },
    open(name, now) {
      const text = decrypt(name);
      if (text === null) return null;
      const { o: gcsUri, g: generation, l: linkId, d: downloadName, e } = fieldsSchema.parse(JSON.parse(text));
      const expiresAt = new Date(e * 1000);
      return expiresAt <= now ? null : { gcsUri, generation, linkId, downloadName, expiresAt };
    },
  };
}
