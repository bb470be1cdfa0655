import type { DrawnPoint, Shape } from './drawing-schemas.ts';

/** A picture, in whatever unit. */
export interface PictureSize {
  width: number;
  height: number;
}

/** [x, y] in a frame. */
export type Spot = readonly [number, number];

/** From x1, y1 to x2, y2. */
export interface Box {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

/** All pictures are drawn in a frame of one height, so that a drawing has the same outline however large it is shown. */
export const FRAME_HEIGHT = 1080;

/** The frame of a picture. */
export const frameOf = ({ width, height }: PictureSize): PictureSize => ({
  width: Math.round((FRAME_HEIGHT * width * 100) / height) / 100,
  height: FRAME_HEIGHT,
});

/** Where a point of a drawing lies in a frame. */
export const spotOf = ([x = 0, y = 0]: DrawnPoint, frame: PictureSize): Spot => [x * frame.width, y * frame.height];

/** The first and the last point of a shape. */
export function endsOf({ points }: Pick<Shape, 'points'>, frame: PictureSize): [Spot, Spot] {
  const first = points[0] ?? [];
  return [spotOf(first, frame), spotOf(points.at(-1) ?? first, frame)];
}

/** How wide its line is. */
export const strokeOf = ({ width }: Pick<Shape, 'width'>, frame: PictureSize): number => (width * frame.height) / 1000;

/** How high a text is: as wide as its line would be, many times over. */
export const fontSizeOf = (shape: Pick<Shape, 'width'>, frame: PictureSize): number => strokeOf(shape, frame) * 8;

export function boxAround(spots: readonly Spot[]): Box {
  const box = { x1: Number.POSITIVE_INFINITY, y1: Number.POSITIVE_INFINITY, x2: 0, y2: 0 };
  for (const [x, y] of spots) {
    box.x1 = Math.min(box.x1, x);
    box.y1 = Math.min(box.y1, y);
    box.x2 = Math.max(box.x2, x);
    box.y2 = Math.max(box.y2, y);
  }
  return box;
}

/** The middle and the radii of what lies between two corners. */
export function roundOf(shape: Pick<Shape, 'points'>, frame: PictureSize) {
  const { x1, y1, x2, y2 } = boxAround(endsOf(shape, frame));
  return { cx: (x1 + x2) / 2, cy: (y1 + y2) / 2, rx: (x2 - x1) / 2, ry: (y2 - y1) / 2 };
}
