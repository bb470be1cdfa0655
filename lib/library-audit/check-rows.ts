import { crc32cOfStream } from '#lib/storage/port/crc32c.ts';
import { parseGsUri } from '#lib/storage/port/object-keys.ts';
import { isStoreError, type ObjectRef, type ObjectStore } from '#lib/storage/port/object-store.ts';
import type { AuditRun } from './audit-run.ts';
import { differencesOf, type Registered, type Stored } from './compare-object.ts';
import { type Batches, eachOf, inBatches } from './in-batches.ts';
import type { Finding } from './library-audit-schemas.ts';

/** A row that names an object. */
export interface NamingRow extends Registered {
  id: number | string;
  uri: string;
  isReady: boolean;
}

/** Requests to the store at once. */
const AT_ONCE = 8;
const BATCH = 200;

type Fault = Pick<Finding, 'kind' | 'differs'>;

/** What is wrong with the object of a row, as far as the store can say without reading its bytes. */
export function faultOf(row: Registered, object: Stored | null): Fault | null {
  if (!object) return { kind: 'object_missing' };
  const differs = differencesOf(row, object);
  return differs.length > 0 ? { kind: 'object_differs', differs } : null;
}

/** Whether a row and what a list says of its object are one, and nothing more is to be asked. */
export const isSettled = (run: AuditRun, row: Registered, listed: Stored | null): boolean =>
  !run.options.readBytes &&
  faultOf(row, listed) === null &&
  (row.crc32c === null || (listed !== null && listed.crc32c !== null));

/** `null` where the object went meanwhile, which is the next look's affair. */
async function checksumOfBytes(store: ObjectStore, ref: ObjectRef, signal?: AbortSignal): Promise<string | null> {
  try {
    return await crc32cOfStream(await store.read(ref, signal ? { signal } : {}));
  } catch (error) {
    if (isStoreError(error) && error.code === 'not_found') return null;
    throw error;
  }
}

/** Copies have generations of their own: with size and checksum the same, the bytes are those that were registered. */
const isCopy = (row: Registered, object: Stored): boolean =>
  row.crc32c !== null && row.crc32c === object.crc32c && row.sizeBytes === object.sizeBytes;

/** What a kind of rows brings along. */
export interface RowAccess<R extends NamingRow> {
  /** The same rows as they are now. */
  again(ids: R['id'][]): Promise<R[]>;
  ownerOf(row: R): string;
  /** Registers a copy of the same bytes. */
  register(row: R, generation: string): Promise<boolean>;
}

/**
 * Rows that may be wrong, or whose bytes are to be read. A list and a page of rows are not of one moment: each row is
 * read again and its object asked for again, and what both still say is told.
 */
export function doubtfulRows<R extends NamingRow>(
  run: AuditRun,
  { again, ownerOf, register }: RowAccess<R>,
): Batches<R> {
  const { store, buckets } = run.deps;
  const { fix, readBytes, signal } = run.options;
  const check = async (row: R) => {
    signal?.throwIfAborted();
    if (!row.isReady) return;
    const ref = parseGsUri(buckets, row.uri);
    const object = await store.stat(ref);
    const told = { where: row.uri, owner: ownerOf(row) };
    const fault = faultOf(row, object);
    if (fault) {
      const is_fixed = fix && object !== null && isCopy(row, object) && (await register(row, object.generation));
      return run.tell({ ...fault, ...told, is_fixed });
    }
    if (!readBytes || !object) return;
    const crc32c = await checksumOfBytes(store, ref, signal);
    if (crc32c !== null && crc32c !== object.crc32c) run.tell({ kind: 'bytes_differ', ...told });
  };
  return inBatches<R>(BATCH, async (rows) => eachOf(await again(rows.map(({ id }) => id)), AT_ONCE, check));
}

/** Counts what a row leaves open. */
export function countGaps(run: AuditRun, row: Registered): void {
  const { uncompared } = run.report;
  if (row.sizeBytes === null) uncompared.rows_without_size++;
  if (row.generation === null) uncompared.rows_without_generation++;
  if (row.crc32c === null) uncompared.rows_without_crc32c++;
}
