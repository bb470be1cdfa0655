import type { RinkBox } from './play-field-schemas.ts';

/* Places on the rink as boxes, in feet from centre ice, the acting team attacking towards +x and +y on its left. */

/** Areas leave a gap of what no file's coordinates are as fine as, so that no play lies in two of them. */
const GAP_FT = 0.001;

/** Wider than any sheet: the sides of an area that end at the boards. */
const BOARDS = { x: 100, y: 50 } as const;

const box = (left: number, bottom: number, right: number, top: number): RinkBox => ({ left, right, bottom, top });

/** The same box on the other side of the line between the goals. */
const acrossLength = ({ left, right, bottom, top }: RinkBox): RinkBox => box(left, -top + 0, right, -bottom + 0);

const OUTER_SLOT = box(69, 7 + GAP_FT, 89, 17 - GAP_FT);
const WIDE = box(54, 17, 84 - GAP_FT, BOARDS.y);
const CORNER = box(84, 17, BOARDS.x, BOARDS.y);
const POINT = box(25 + GAP_FT, 0, 54 - GAP_FT, BOARDS.y);

/** Where plays happen, from the goal outwards: the slot's inner part lies between the circles of the two face-off dots. */
export const RINK_AREAS = {
  inner_slot: box(69, -7, 89, 7),
  outer_slot_left: OUTER_SLOT,
  outer_slot_right: acrossLength(OUTER_SLOT),
  high_slot: box(54, -17 + GAP_FT, 69 - GAP_FT, 17 - GAP_FT),
  wide_left: WIDE,
  wide_right: acrossLength(WIDE),
  corner_left: CORNER,
  corner_right: acrossLength(CORNER),
  behind_net: box(89 + GAP_FT, -17 + GAP_FT, BOARDS.x, 17 - GAP_FT),
  point_left: POINT,
  point_right: box(POINT.left, -BOARDS.y, POINT.right, -GAP_FT),
  neutral_zone: box(-25, -BOARDS.y, 25, BOARDS.y),
  defensive_zone: box(-BOARDS.x, -BOARDS.y, -25 - GAP_FT, BOARDS.y),
} as const satisfies Record<string, RinkBox>;
export type RinkArea = keyof typeof RINK_AREAS;

/** How far from its dot a face-off is written down at most. */
const BESIDE_DOT_FT = 8;

const aroundDot = (x: number, y: number): RinkBox =>
  box(x - BESIDE_DOT_FT, y - BESIDE_DOT_FT, x + BESIDE_DOT_FT, y + BESIDE_DOT_FT);

/** The nine dots that pucks are dropped on, and what lies around each. */
export const FACE_OFF_DOTS = {
  oz_left: aroundDot(69, 22),
  oz_right: aroundDot(69, -22),
  nz_far_left: aroundDot(20, 22),
  nz_far_right: aroundDot(20, -22),
  centre: aroundDot(0, 0),
  nz_near_left: aroundDot(-20, 22),
  nz_near_right: aroundDot(-20, -22),
  dz_left: aroundDot(-69, 22),
  dz_right: aroundDot(-69, -22),
} as const satisfies Record<string, RinkBox>;
export type FaceOffDot = keyof typeof FACE_OFF_DOTS;

/** The same place as the other team sees it, who attacks the other way. */
export const turnedBox = ({ left, right, bottom, top }: RinkBox): RinkBox =>
  box(-right + 0, -top + 0, -left + 0, -bottom + 0);

/** A box as the filter `rink` is written: `x1,y1,x2,y2`. */
export const rinkText = ({ left, right, bottom, top }: RinkBox): string => `${left},${bottom},${right},${top}`;

/** Whether something lies in a box; its borders belong to it, as in the filter. */
export const isInBox = ({ left, right, bottom, top }: RinkBox, x_ft: number, y_ft: number): boolean =>
  x_ft >= left && x_ft <= right && y_ft >= bottom && y_ft <= top;

/** What two boxes have in common, or `null`. */
export function commonBox(a: RinkBox, b: RinkBox): RinkBox | null {
  const common = box(
    Math.max(a.left, b.left),
    Math.max(a.bottom, b.bottom),
    Math.min(a.right, b.right),
    Math.min(a.top, b.top),
  );
  return common.left <= common.right && common.bottom <= common.top ? common : null;
}
