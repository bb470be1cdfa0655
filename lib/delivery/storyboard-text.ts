import type { StoryboardIndex } from './delivery-index.ts';
import { checkedUri } from './playlist-text.ts';

/** Small pictures in rows, one every `intervalS`; seconds of whatever they are the storyboard of. */
export interface SheetShape {
  /** When the first of them shows. */
  startS: number;
  /** When the last one ends. */
  endS: number;
  intervalS: number;
  columns: number;
  cellWidth: number;
  cellHeight: number;
}

export interface PictureSheet extends SheetShape {
  /** Of the picture that they lie in. */
  uri: string;
}

/** `00:01:02.500`, as WebVTT writes a time. */
function vttTime(totalSeconds: number): string {
  const ms = Math.round(totalSeconds * 1000);
  const pad = (value: number, digits: number) => String(value).padStart(digits, '0');
  const [h, m, s] = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60, Math.floor(ms / 1000) % 60];
  return `${pad(h, 2)}:${pad(m, 2)}:${pad(s, 2)}.${pad(ms % 1000, 3)}`;
}

/** What rounding leaves of a picture's time at the end is none. */
const LEAST_S = 0.001;

/** How many pictures a sheet has. */
export const cellsOf = ({ startS, endS, intervalS }: SheetShape): number =>
  Math.max(1, Math.ceil((endS - startS) / intervalS - LEAST_S));

/**
 * A storyboard as WebVTT: one cue a picture, its place as a media fragment (`#xywh=`, Media Fragments URI 1.0 §4.2.2).
 * @param range what of the sheets it is of: times count from its beginning. All of them, when left out.
 */
export function sheetsVtt(
  sheets: readonly PictureSheet[],
  { startS, endS }: { startS: number; endS: number } = { startS: 0, endS: Number.POSITIVE_INFINITY },
): string {
  const cues = sheets.flatMap((sheet) => {
    const image = checkedUri(sheet.uri);
    const cells = cellsOf(sheet);
    return Array.from({ length: cells }, (_, k) => {
      const from = Math.max(startS, sheet.startS + k * sheet.intervalS);
      const until = Math.min(endS, k === cells - 1 ? sheet.endS : sheet.startS + (k + 1) * sheet.intervalS);
      const x = (k % sheet.columns) * sheet.cellWidth;
      const y = Math.floor(k / sheet.columns) * sheet.cellHeight;
      if (until - from < LEAST_S) return [];
      const place = `${image}#xywh=${x},${y},${sheet.cellWidth},${sheet.cellHeight}`;
      return [`${vttTime(from - startS)} --> ${vttTime(until - startS)}\n${place}\n`];
    }).flat();
  });
  return ['WEBVTT\n', ...cues].join('\n');
}

/** `grid.vtt`, of the storyboard that was cut with a clip. */
export const storyboardVtt = (board: StoryboardIndex, uri: string): string =>
  sheetsVtt([
    {
      ...{ startS: 0, endS: board.durationS, intervalS: board.intervalS, columns: board.columns },
      ...{ cellWidth: board.tileWidth, cellHeight: board.tileHeight, uri },
    },
  ]);
