import type { StoryboardIndex } from '#lib/delivery/delivery-index.ts';

/** As wide as a card shows it. */
const TILE_WIDTH = 320;
const MIN_TILES = 10;
const MAX_TILES = 100;
/** Tiles lie in rows of so many. */
export const STORYBOARD_COLUMNS = 10;

/** How high a tile of a picture is; even, as JPEG codes colours of two pixels at once. */
export const tileHeightOf = (tileWidth: number, { width, height }: { width: number; height: number }): number =>
  Math.max(2, Math.round((tileWidth * height) / width / 2) * 2);

/**
 * Lays out the storyboard of a clip: about a tile a second, at least 10 and at most 100, in rows of 10.
 * Tile k shows what is on screen at k × interval.
 */
export function storyboardOf(durationS: number, picture: { width: number; height: number }): StoryboardIndex {
  const tiles = Math.min(MAX_TILES, Math.max(MIN_TILES, Math.ceil(durationS)));
  return {
    kind: 'storyboard',
    intervalS: durationS / tiles,
    durationS,
    columns: STORYBOARD_COLUMNS,
    rows: Math.ceil(tiles / STORYBOARD_COLUMNS),
    tiles,
    tileWidth: TILE_WIDTH,
    tileHeight: tileHeightOf(TILE_WIDTH, picture),
  };
}
