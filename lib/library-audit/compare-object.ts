import type { Difference } from './library-audit-schemas.ts';

/** What a row says of its object; `null` for what was never written down. */
export interface Registered {
  sizeBytes: number | null;
  generation: string | null;
  crc32c: string | null;
}

/** What a store says of an object; the checksum is `null` where a list does not tell it. */
export interface Stored {
  sizeBytes: number;
  generation: string;
  crc32c: string | null;
}

/** What a row and its object disagree about, of all that both know. */
export function differencesOf(row: Registered, object: Stored): Difference[] {
  const differs: Difference[] = [];
  if (row.sizeBytes !== null && row.sizeBytes !== object.sizeBytes) differs.push('size');
  if (row.generation !== null && row.generation !== object.generation) differs.push('generation');
  if (row.crc32c !== null && object.crc32c !== null && row.crc32c !== object.crc32c) differs.push('crc32c');
  return differs;
}
