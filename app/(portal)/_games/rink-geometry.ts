import type { RinkBox } from '#lib/plays/play-field-schemas.ts';
import { rinkText } from '#lib/plays/rink-schemas.ts';

/* A rink from above, in feet from centre ice. On screen y grows downwards: what is drawn has -y. */

/** What there is on a sheet of ice, as far as it is drawn. */
export interface RinkSheet {
  halfLength: number;
  halfWidth: number;
  cornerRadius: number;
  goalLine: number;
  blueLine: number;
  circleRadius: number;
  endDots: { x: number; y: number };
  neutralDots: { x: number; y: number };
  /** The crease: a circle's part in front of the line, cut off at half its width. */
  crease: { radius: number; halfWidth: number };
  /** Half the width at the goal line and at the boards, where goalies may play the puck. */
  trapezoid: { atLine: number; atBoards: number } | null;
}

const FEET_A_METRE = 1 / 0.3048;
const metres = (length: number): number => length * FEET_A_METRE;

const international = (widthM: number): RinkSheet => ({
  ...{ halfLength: metres(30), halfWidth: metres(widthM / 2), cornerRadius: metres(8.5) },
  ...{ goalLine: metres(26), blueLine: metres(7.14), circleRadius: metres(4.5), trapezoid: null },
  endDots: { x: metres(20), y: metres(7) },
  neutralDots: { x: metres(5.64), y: metres(7) },
  crease: { radius: metres(1.8), halfWidth: metres(1.8) },
});

export const RINK_SHEETS = {
  nhl: {
    ...{ halfLength: 100, halfWidth: 42.5, cornerRadius: 28, goalLine: 89, blueLine: 25, circleRadius: 15 },
    endDots: { x: 69, y: 22 },
    neutralDots: { x: 20, y: 22 },
    crease: { radius: 6, halfWidth: 4 },
    trapezoid: { atLine: 11, atBoards: 14 },
  },
  iihf: international(30),
  iihfNarrow: international(26),
} as const satisfies Record<string, RinkSheet>;
export type RinkSheetName = keyof typeof RINK_SHEETS;

/** How far from the ice's edge the drawing reaches. */
const MARGIN_FT = 1.5;

/** The drawing's frame: left, top, width and height. */
export const frameOf = ({ halfLength, halfWidth }: RinkSheet) => ({
  ...{ left: -halfLength - MARGIN_FT, top: -halfWidth - MARGIN_FT },
  ...{ width: 2 * (halfLength + MARGIN_FT), height: 2 * (halfWidth + MARGIN_FT) },
});

/** Half the length of the goal line: in the corners the boards cut it short. */
export function goalLineReach({ halfLength, halfWidth, cornerRadius, goalLine }: RinkSheet): number {
  const into = goalLine - (halfLength - cornerRadius);
  return into <= 0 ? halfWidth : halfWidth - cornerRadius + Math.sqrt(cornerRadius ** 2 - into ** 2);
}

const rounded = (feet: number): number => Math.round(feet * 1000) / 1000;

/** The crease of one end, `1` at +x, as a path. */
export function creasePath({ goalLine, crease: { radius, halfWidth } }: RinkSheet, end: 1 | -1): string {
  const front = goalLine - Math.sqrt(radius ** 2 - halfWidth ** 2);
  const at = (x: number, y: number) => `${rounded(x * end)},${rounded(y)}`;
  const sweep = end === 1 ? 1 : 0;
  return `M${at(goalLine, halfWidth)}L${at(front, halfWidth)}A${rounded(radius)},${rounded(radius)} 0 0 ${sweep} ${at(front, -halfWidth)}L${at(goalLine, -halfWidth)}`;
}

export interface RinkPoint {
  x: number;
  y: number;
}

const within = (value: number, bound: number): number => Math.min(bound, Math.max(-bound, value));

/** The place on the ice under a point of the screen. */
export function pointOnIce(
  sheet: RinkSheet,
  at: { clientX: number; clientY: number },
  drawn: { left: number; top: number; width: number; height: number },
): RinkPoint {
  const { left, top, width, height } = frameOf(sheet);
  return {
    x: within(left + ((at.clientX - drawn.left) / drawn.width) * width, sheet.halfLength),
    y: within(-(top + ((at.clientY - drawn.top) / drawn.height) * height), sheet.halfWidth),
  };
}

const toHalf = (feet: number): number => Math.round(feet * 2) / 2 + 0;

/** The box between two points, to half a foot. */
export const boxBetween = (a: RinkPoint, b: RinkPoint): RinkBox => ({
  ...{ left: toHalf(Math.min(a.x, b.x)), right: toHalf(Math.max(a.x, b.x)) },
  ...{ bottom: toHalf(Math.min(a.y, b.y)), top: toHalf(Math.max(a.y, b.y)) },
});

/** A drag that is shorter, in feet, is a press. */
export const PRESS_FT = 2;

export const isPress = (a: RinkPoint, b: RinkPoint): boolean => Math.hypot(a.x - b.x, a.y - b.y) < PRESS_FT;

/** What is nearest to a point, or `null` where nothing is so near. */
export function nearestTo<P extends { x_ft: number; y_ft: number }>(
  plays: readonly P[],
  { x, y }: RinkPoint,
  withinFt: number,
): P | null {
  let nearest: P | null = null;
  let distance = withinFt;
  for (const play of plays) {
    const away = Math.hypot(play.x_ft - x, play.y_ft - y);
    if (away > distance) continue;
    nearest = play;
    distance = away;
  }
  return nearest;
}

/** A box as four numbers: the side nearest to one's own goal, the right, the far side, the left. */
export type BoxSides = readonly [x1: number, y1: number, x2: number, y2: number];

export const sidesOfBox = ({ left, bottom, right, top }: RinkBox): BoxSides => [left, bottom, right, top];

/** Reads the filter `rink`, which the API's schema has let through. */
export function boxOfText(text: string): RinkBox | null {
  const sides = text.split(',').map(Number);
  const [x1, y1, x2, y2] = sides;
  if (x1 === undefined || y1 === undefined || x2 === undefined || y2 === undefined) return null;
  return sides.length === 4 && sides.every(Number.isFinite) ? exactBox({ x: x1, y: y1 }, { x: x2, y: y2 }) : null;
}

const exactBox = (a: RinkPoint, b: RinkPoint): RinkBox => ({
  ...{ left: Math.min(a.x, b.x), right: Math.max(a.x, b.x) },
  ...{ bottom: Math.min(a.y, b.y), top: Math.max(a.y, b.y) },
});

export const isSameBox = (a: RinkBox | null, b: RinkBox | null): boolean =>
  a !== null && b !== null && rinkText(a) === rinkText(b);

/** What is to be drawn of a box: the part of it that is ice. */
export function drawnBox({ left, right, bottom, top }: RinkBox, { halfLength, halfWidth }: RinkSheet) {
  const [x1, x2] = [within(left, halfLength), within(right, halfLength)];
  const [y1, y2] = [within(bottom, halfWidth), within(top, halfWidth)];
  return { x: x1, y: -y2, width: x2 - x1, height: y2 - y1 };
}
