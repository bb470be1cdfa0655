import type { Reads } from './reads.ts';

/** As many as are written in a moment: whoever changes one of them meanwhile waits so long. */
const SLICE_ROWS = 500;

/**
 * Gives clips the text that search looks through, where they have another, a slice at a time: in one transaction all of them
 * would stay locked until its end.
 * @param reads of the owner, outside of a transaction.
 * @param isThorough makes the text of every clip to compare it; else clips of before, and those without a text, are found.
 * @returns how many clips had another text.
 */
export async function fillSearchText(reads: Reads, { isThorough }: { isThorough: boolean }): Promise<number> {
  let filled = 0;
  let last: number | null = 0;
  while (last !== null) {
    const [row]: { last_id: number | null; mended: number }[] = await reads.$queryRaw`
      SELECT last_id, mended FROM media.mend_search_text(${last}::int, ${SLICE_ROWS}::int, ${isThorough})`;
    filled += row?.mended ?? 0;
    last = row?.last_id ?? null;
  }
  return filled;
}
