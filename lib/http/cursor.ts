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
  createHmac('sha256', `list cursor v1:${secret}`).update(payload).digest().subarray(0, MAC_BYTES);

/** An opaque, signed text for a position. */
export function encodeCursor(secret: string, { sort, value, id }: CursorPosition): string {
  const payload = Buffer.from(JSON.stringify([sort, value, id])).toString('base64url');
  return `${payload}.${macOf(secret, payload).toString('base64url')}`;
}

/** Reads a cursor back. @throws AppError 400 for one that was never issued, or was issued under another sort order. */
export function decodeCursor(secret: string, cursor: string, sort: string): CursorPosition {
  const [payload = '', mac = ''] = cursor.split('.');
  const given = Buffer.from(mac, 'base64url');
  const refuse = (message: string) => badRequest([{ path: 'cursor', message }]);
  if (given.length !== MAC_BYTES || !timingSafeEqual(given, macOf(secret, payload))) {
    throw refuse('This cursor was not issued here; start from the first page.');
  }
  const [issuedSort, value, id] = JSON.parse(Buffer.from(payload, 'base64url').toString()) as [string, string, number];
  if (issuedSort !== sort) throw refuse(`This cursor belongs to a list sorted by ${issuedSort}.`);
  return { sort, value, id };
}
