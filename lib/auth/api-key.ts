import { createHash, randomBytes } from 'node:crypto';

const PREFIX = 'hb_';

/** A new key: `hb_` and 256 random bits. Shown once; only its hash is kept. */
export const generateApiKey = (): string => PREFIX + randomBytes(32).toString('base64url');

/** SHA-256, hex. */
export const hashApiKey = (key: string): string => createHash('sha256').update(key).digest('hex');

/** The start of a key, for telling keys apart. */
export const hintOf = (key: string): string => key.slice(0, 9);

/** The key of an `Authorization: Bearer hb_…` header; `null` for no such header, `undefined` for a malformed one. */
export function readBearer(header: string | null): string | null | undefined {
  if (header === null) return null;
  return /^Bearer (hb_[A-Za-z0-9_-]{20,100})$/i.exec(header.trim())?.[1];
}
