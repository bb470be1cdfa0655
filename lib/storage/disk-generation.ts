import type { BigIntStats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';

let lastIssued = 0n;

/** An object's generation is its file's modification time in whole microseconds: one rename publishes both. */
export const generationOf = (stats: BigIntStats): string => (stats.mtimeNs / 1000n).toString();

/**
 * Gives a finished file a generation above `previous` and above every one that this process issued.
 * Nothing may be written to the file afterwards.
 */
export async function stampGeneration(handle: FileHandle, previous: string | null): Promise<string> {
  const now = BigInt(Date.now()) * 1000n;
  const floor = previous === null ? lastIssued : BigInt(Math.max(Number(previous), Number(lastIssued)));
  lastIssued = now > floor ? now : floor + 1n;
  // Half a microsecond more, because the time goes through a double and the reader rounds down.
  await handle.utimes(new Date(), (Number(lastIssued) + 0.5) / 1e6);
  return generationOf(await handle.stat({ bigint: true }));
}
