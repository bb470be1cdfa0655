import { getStroke } from 'perfect-freehand';
import { COLORS, type Drawing, type Shape } from './drawing-schemas.ts';
import {
  endsOf,
  fontSizeOf,
  frameOf,
  type PictureSize,
  roundOf,
  type Spot,
  spotOf,
  strokeOf,
} from './reference-frame.ts';

/** An element of SVG: its attributes are named as React names them. */
export interface SvgElement {
  tag: 'path' | 'ellipse' | 'rect' | 'text' | 'mask';
  /** The shape that it shows; the dark round spotlights is of none. */
  shapeId?: string;
  attributes: Readonly<Record<string, string | number>>;
  text?: string;
  children?: readonly SvgElement[];
}

const DARK = '#000000';
/** How dark everything beside a spotlight is. */
const DIMMED = 0.62;
const HALO = 0.55;
/** As it is burnt in, the face is what the machine has of these. */
const FONT = "'Inter Variable', Inter, 'DejaVu Sans', sans-serif";

const round = (value: number): number => Math.round(value * 100) / 100;
const place = ([x, y]: Spot): string => `${round(x)} ${round(y)}`;

const isNamed = (color: string): color is keyof typeof COLORS => Object.hasOwn(COLORS, color);
/** The colour as `#rrggbb`. */
export const hexOf = (color: string): string => (isNamed(color) ? COLORS[color] : color);

/** The outline of a pen's stroke. */
function penPath(shape: Shape, frame: PictureSize): string {
  const hasPressure = shape.points.some((point) => point.length > 2);
  const outline = getStroke(
    shape.points.map((point) => [...spotOf(point, frame), point[2] ?? 0.5]),
    {
      ...{ size: strokeOf(shape, frame) * (hasPressure ? 1.6 : 1), thinning: hasPressure ? 0.6 : 0 },
      ...{ smoothing: 0.5, streamline: 0.35, simulatePressure: false, last: true },
    },
  );
  const spots = outline.map(([x = 0, y = 0]): Spot => [x, y]);
  const [first, ...rest] = spots;
  if (!first) return '';
  const curves = rest.map((spot, index) => {
    const [x, y] = rest[index + 1] ?? first;
    return `Q${place(spot)} ${place([(spot[0] + x) / 2, (spot[1] + y) / 2])}`;
  });
  return `M${place(first)}${curves.join('')}Z`;
}

/** The triangle at an arrow's end, and where its shaft stops. */
function arrowHead([from, to]: [Spot, Spot], stroke: number): { head: string; neck: Spot } {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy);
  const [ux, uy] = length === 0 ? [1, 0] : [dx / length, dy / length];
  const size = length === 0 ? stroke * 4 : Math.min(stroke * 4, Math.max(length * 0.6, stroke));
  const back: Spot = [to[0] - ux * size, to[1] - uy * size];
  const half = size * 0.5;
  const corners: Spot[] = [to, [back[0] - uy * half, back[1] + ux * half], [back[0] + uy * half, back[1] - ux * half]];
  return {
    head: `M${corners.map(place).join('L')}Z`,
    neck: [to[0] - ux * size * 0.8, to[1] - uy * size * 0.8],
  };
}

const ROUNDED = { strokeLinecap: 'round', strokeLinejoin: 'round' };

/** What is drawn in the shape's colour, and round it in the dark, so that it is seen on ice and on jerseys. */
function withHalo(shape: Shape, frame: PictureSize, parts: readonly SvgElement[]): SvgElement[] {
  const edge = Math.max(strokeOf(shape, frame) * 0.25, 1.5);
  const dark = parts.map((part): SvgElement => {
    const { stroke, strokeWidth, fill } = part.attributes;
    const isLine = stroke !== undefined;
    return {
      ...part,
      attributes: {
        ...{ ...part.attributes, ...ROUNDED, stroke: DARK, strokeOpacity: HALO },
        ...{ strokeWidth: round((isLine ? Number(strokeWidth) : 0) + edge * 2), fill: isLine ? String(fill) : 'none' },
      },
    };
  });
  return [...dark, ...parts].map((part) => ({ ...part, shapeId: shape.id }));
}

function lineParts(shape: Shape, frame: PictureSize): SvgElement[] {
  const stroke = strokeOf(shape, frame);
  const ends = endsOf(shape, frame);
  const color = hexOf(shape.color);
  const { head, neck } = arrowHead(ends, stroke);
  const isArrow = shape.type === 'arrow';
  const shaft: SvgElement = {
    tag: 'path',
    attributes: {
      ...{ d: `M${place(ends[0])}L${place(isArrow ? neck : ends[1])}`, fill: 'none' },
      ...{ stroke: color, strokeWidth: round(stroke), ...ROUNDED },
    },
  };
  return isArrow ? [shaft, { tag: 'path', attributes: { d: head, fill: color } }] : [shaft];
}

function textParts(shape: Shape & { type: 'text' }, frame: PictureSize): SvgElement[] {
  const [x, y] = spotOf(shape.points[0] ?? [], frame);
  const size = fontSizeOf(shape, frame);
  return [
    {
      tag: 'text',
      attributes: {
        ...{ x: round(x), y: round(y + size * 0.8), fill: hexOf(shape.color) },
        ...{ fontSize: round(size), fontFamily: FONT, fontWeight: 600 },
      },
      text: shape.text,
    },
  ];
}

function partsOf(shape: Shape, frame: PictureSize): SvgElement[] {
  const color = hexOf(shape.color);
  switch (shape.type) {
    case 'pen':
      return [{ tag: 'path', attributes: { d: penPath(shape, frame), fill: color } }];
    case 'line':
    case 'arrow':
      return lineParts(shape, frame);
    case 'text':
      return textParts(shape, frame);
    default: {
      const { cx, cy, rx, ry } = roundOf(shape, frame);
      const oval = { cx: round(cx), cy: round(cy), rx: round(rx), ry: round(ry) };
      const stroke = strokeOf(shape, frame) * (shape.type === 'spotlight' ? 0.5 : 1);
      return [{ tag: 'ellipse', attributes: { ...oval, fill: 'none', stroke: color, strokeWidth: round(stroke) } }];
    }
  }
}

/** Everything but what lies in a spotlight goes dark: once, however many there are. */
function dimmed(drawing: Drawing, frame: PictureSize, maskId: string): SvgElement[] {
  const spotlights = drawing.shapes.filter(({ type }) => type === 'spotlight');
  if (spotlights.length === 0) return [];
  const whole = { x: 0, y: 0, width: frame.width, height: frame.height };
  const holes = spotlights.map((shape): SvgElement => {
    const { cx, cy, rx, ry } = roundOf(shape, frame);
    return { tag: 'ellipse', attributes: { cx: round(cx), cy: round(cy), rx: round(rx), ry: round(ry), fill: DARK } };
  });
  return [
    {
      ...{ tag: 'mask', attributes: { id: maskId, maskUnits: 'userSpaceOnUse', ...whole } },
      children: [{ tag: 'rect', attributes: { ...whole, fill: '#ffffff' } }, ...holes],
    },
    { tag: 'rect', attributes: { ...whole, fill: DARK, fillOpacity: DIMMED, mask: `url(#${maskId})` } },
  ];
}

/**
 * What shows a drawing on a picture: on the screen and where it is burnt in. The elements lie in the picture's frame
 * (`frameOf`), which is scaled to wherever they are shown.
 * @param maskId an id that nothing else of the document has.
 */
export function drawingElements(drawing: Drawing, size: PictureSize, maskId = 'spotlights'): SvgElement[] {
  const frame = frameOf(size);
  const shapes = drawing.shapes.flatMap((shape) => withHalo(shape, frame, partsOf(shape, frame)));
  return [...dimmed(drawing, frame, maskId), ...shapes];
}
