/**
 * A key for one thing that somebody means to do: sent again with it, a request does nothing twice. From random bytes,
 * because `crypto.randomUUID` is there on https and localhost only.
 */
export const newIdempotencyKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
