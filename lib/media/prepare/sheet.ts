import type { SheetShape } from '#lib/delivery/storyboard-text.ts';
import { STORYBOARD_COLUMNS, tileHeightOf } from '#lib/media/cut/storyboard.ts';
import type { ChunkRange } from '#lib/media/prepare-work.ts';

/** Of a time line that is an hour long, a finger's width is more than this. */
const INTERVAL_S = 2;
/** As wide as a time line shows it. */
const CELL_WIDTH = 160;

/** The files that a part's sheet is made in, and of. */
export const CELLS_FILE = 'cells.nut';
export const SHEET_FILE = 'sheet.jpg';

/** Lays out the sheet of a part: as a clip's storyboard, but for its times, which are the same in every part. */
export const sheetOf = (
  { startS, endS }: Pick<ChunkRange, 'startS' | 'endS'>,
  picture: { width: number; height: number },
): SheetShape => ({
  ...{ startS, endS, intervalS: INTERVAL_S, columns: STORYBOARD_COLUMNS },
  ...{ cellWidth: CELL_WIDTH, cellHeight: tileHeightOf(CELL_WIDTH, picture) },
});
