import { contourDensity } from 'd3-contour';
import { frameOf, type RinkSheet } from './rink-geometry.ts';

/** A line of equal density on the rink: everything in it is at least so dense. */
export interface HeatBand {
  /** From 0 to 1, the densest. */
  level: number;
  path: string;
}

const BANDS = 7;
/** How far a play's warmth reaches, in feet. */
const BANDWIDTH_FT = 6;
/** Cells are squares of so many units of the drawing: a finer map would cost more and say no more. */
const CELL_FT = 2;

const rounded = (value: number): number => Math.round(value * 10) / 10;

/** Where plays are dense, the widest band first, as paths of the rink's drawing. */
export function heatBands(plays: readonly { x_ft: number; y_ft: number }[], sheet: RinkSheet): HeatBand[] {
  if (plays.length === 0) return [];
  const { left, top, width, height } = frameOf(sheet);
  const density = contourDensity<{ x_ft: number; y_ft: number }>()
    .x(({ x_ft }) => x_ft - left)
    .y(({ y_ft }) => -y_ft - top)
    .size([width, height])
    .cellSize(CELL_FT)
    .bandwidth(BANDWIDTH_FT)
    .thresholds(BANDS);
  const bands = density([...plays]).filter(({ coordinates }) => coordinates.length > 0);
  return bands.map(({ coordinates }, index) => ({
    level: (index + 1) / bands.length,
    path: coordinates
      .flat()
      .map((ring) => `M${ring.map(([x = 0, y = 0]) => `${rounded(x + left)},${rounded(y + top)}`).join('L')}Z`)
      .join(''),
  }));
}
