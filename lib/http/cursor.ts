import { createHmac, timingSafeEqual } from 'node:crypto';
import { badRequest } from '#lib/errors.ts';

/** The place in a list where the next page starts: the last row's sort value and id, under one sort order. */
export interface CursorPosition {
  sort: string;
  value: string;
  id: number;
}

const MAC_BYTES = 12;
const macOf = (secret: string, payload: string) =>
  createHmac('sha256', `list cursor v1:${secret}`)
    .update(payload)
    .digest()
    .subarray(0, MAC_BYTES)
    .toString('base64url');

/** An opaque, signed text for a position. */
export function encodeCursor(secret: string, { sort, value, id }: CursorPosition): string {
  const payload = Buffer.from(JSON.stringify([sort, value, id])).toString('base64url');
  return `${payload}.${macOf(secret, payload)}`;
}

/** Reads a cursor back. @throws AppError 400 for one that was never issued, or was issued under another sort order. */
export function decodeCursor(secret: string, cursor: string, sort: string): CursorPosition {
  const [payload = ''] = cursor.split('.', 1);
  // The text is compared, not the decoded bytes: base64 has several spellings of one value.
  const [expected, given] = [Buffer.from(`${payload}.${macOf(secret, payload)}`), Buffer.from(cursor)];
  const refuse = (message: string) => badRequest([{ path: 'cursor', message }]);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw refuse('This cursor was not issued here; start from the first page.');
  }
  const [issuedSort, value, id] = JSON.parse(Buffer.from(payload, 'base64url').toString()) as [string, string, number];
  if (issuedSort !== sort) throw refuse(`This cursor belongs to a list sorted by ${issuedSort}.`);
  return { sort, value, id };
}
