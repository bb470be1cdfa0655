import { createHash } from 'node:crypto';
import { badRequest } from '#lib/errors.ts';

/** The `Idempotency-Key` header: 1 to 255 visible ASCII characters, or `null` without one. @throws AppError 400 */
export function readIdempotencyKey(request: Request): string | null {
  const key = request.headers.get('idempotency-key');
  if (key === null || /^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw badRequest([{ path: 'Idempotency-Key', message: 'The header has 1 to 255 visible ASCII characters.' }]);
}

/** One use of a key: what it was sent for. The same key with another hash is another request. */
export interface IdempotentRequest {
  key: string;
  method: string;
  path: string;
  /** SHA-256, hex. */
  hash: string;
}

/** JSON with its fields in order, so that the spelling of a body does not matter. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_name, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

/** The request with its key, or `null` without one. @param body as it was parsed. @throws AppError 400 */
export function idempotentRequest(request: Request, body: unknown): IdempotentRequest | null {
  const key = readIdempotencyKey(request);
  if (key === null) return null;
  const { method } = request;
  const path = new URL(request.url).pathname.replace(/(?<!\/)\/+$/, '');
  const hash = createHash('sha256')
    .update(canonical([method, path, body ?? null]))
    .digest('hex');
  return { key, method, path, hash };
}

/** Says that an answer tells of what an earlier request did (as Stripe's API does; the IETF's draft names no header). */
export const replayHeaders = (isReplay: boolean): Record<string, string> =>
  isReplay ? { 'Idempotency-Replayed': 'true' } : {};
