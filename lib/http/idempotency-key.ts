import { badRequest } from '#lib/errors.ts';

/** The `Idempotency-Key` header: 1 to 255 visible ASCII characters, or `null` without one. @throws AppError 400 */
export function readIdempotencyKey(request: Request): string | null {
  const key = request.headers.get('idempotency-key');
  if (key === null || /^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw badRequest([{ path: 'Idempotency-Key', message: 'The header has 1 to 255 visible ASCII characters.' }]);
}
