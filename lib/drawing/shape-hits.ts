import type { Drawing, DrawnPoint, Shape } from './drawing-schemas.ts';
import {
  type Box,
  boxAround,
  fontSizeOf,
  frameOf,
  type PictureSize,
  roundOf,
  type Spot,
  spotOf,
  strokeOf,
} from './reference-frame.ts';

/** About how wide a letter is, as a share of its height. */
const LETTER = 0.6;

function distanceToSegment([x, y]: Spot, [x1, y1]: Spot, [x2, y2]: Spot): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const squared = dx * dx + dy * dy;
  const along = squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / squared));
  return Math.hypot(x - (x1 + along * dx), y - (y1 + along * dy));
}

function distanceToLine(spot: Spot, spots: readonly Spot[]): number {
  return spots.reduce(
    (least, to, index) => Math.min(least, distanceToSegment(spot, spots[index - 1] ?? to, to)),
    Number.POSITIVE_INFINITY,
  );
}

/** The box of a shape in the picture's frame, its line included. */
export function boxOf(shape: Shape, size: PictureSize): Box {
  const frame = frameOf(size);
  if (shape.type === 'text') {
    const [x, y] = spotOf(shape.points[0] ?? [], frame);
    const font = fontSizeOf(shape, frame);
    return { x1: x, y1: y, x2: x + [...shape.text].length * font * LETTER, y2: y + font };
  }
  const half = strokeOf(shape, frame) * (shape.type === 'arrow' ? 2 : 0.5);
  const { x1, y1, x2, y2 } = boxAround(shape.points.map((point) => spotOf(point, frame)));
  return { x1: x1 - half, y1: y1 - half, x2: x2 + half, y2: y2 + half };
}

/** How far a spot lies off an ellipse's line: about, which is enough for a finger. */
function distanceToRound([x, y]: Spot, shape: Shape, frame: PictureSize): { isInside: boolean; distance: number } {
  const { cx, cy, rx, ry } = roundOf(shape, frame);
  const scaled = Math.hypot((x - cx) / Math.max(rx, 1), (y - cy) / Math.max(ry, 1));
  return { isInside: scaled <= 1, distance: Math.abs(scaled - 1) * Math.min(Math.max(rx, 1), Math.max(ry, 1)) };
}

function isHit(shape: Shape, spot: Spot, frame: PictureSize, tolerance: number): boolean {
  const near = tolerance + strokeOf(shape, frame) / 2;
  if (shape.type === 'text') {
    const { x1, y1, x2, y2 } = boxOf(shape, frame);
    return (
      spot[0] >= x1 - tolerance && spot[0] <= x2 + tolerance && spot[1] >= y1 - tolerance && spot[1] <= y2 + tolerance
    );
  }
  if (shape.type === 'ellipse' || shape.type === 'spotlight') {
    const { isInside, distance } = distanceToRound(spot, shape, frame);
    return distance <= near || (shape.type === 'spotlight' && isInside);
  }
  return (
    distanceToLine(
      spot,
      shape.points.map((point) => spotOf(point, frame)),
    ) <= near
  );
}

/**
 * The uppermost shape at a point of the picture. What lies in a spotlight is chosen before it.
 * @param tolerance how far off a finger or a pointer may be, in the frame's unit.
 */
export function shapeAt(drawing: Drawing, at: DrawnPoint, size: PictureSize, tolerance: number): Shape | null {
  const frame = frameOf(size);
  const spot = spotOf(at, frame);
  const hits = drawing.shapes.filter((shape) => isHit(shape, spot, frame, tolerance));
  return hits.findLast(({ type }) => type !== 'spotlight') ?? hits.at(-1) ?? null;
}

/** A shape that is moved, as far as the picture goes. */
export function movedShape(shape: Shape, [byX, byY]: Spot): Shape {
  const { x1, y1, x2, y2 } = boxAround(shape.points.map(([x = 0, y = 0]): Spot => [x, y]));
  const dx = Math.min(1 - x2, Math.max(-x1, byX));
  const dy = Math.min(1 - y2, Math.max(-y1, byY));
  const within = (value: number): number => Math.min(1, Math.max(0, value));
  const points = shape.points.map(([x = 0, y = 0, ...pressure]) => [within(x + dx), within(y + dy), ...pressure]);
  return { ...shape, points };
}
