import { describe, expect, it } from 'vitest';
import type { Drawing, Shape } from './drawing-schemas.ts';
import { boxOf, movedShape, shapeAt } from './shape-hits.ts';

const HD = { width: 1920, height: 1080 };
const base = { color: 'red', width: 10 };
const shapes: Shape[] = [
  {
    ...base,
    id: 'spot',
    type: 'spotlight',
    points: [
      [0, 0],
      [0.5, 0.5],
    ],
  },
  {
    ...base,
    id: 'line',
    type: 'line',
    points: [
      [0.1, 0.1],
      [0.4, 0.1],
    ],
  },
  {
    ...base,
    id: 'oval',
    type: 'ellipse',
    points: [
      [0.6, 0.6],
      [0.8, 0.8],
    ],
  },
  {
    ...base,
    id: 'pen',
    type: 'pen',
    points: [
      [0.1, 0.9],
      [0.2, 0.8, 1],
      [0.3, 0.9],
    ],
  },
  { ...base, id: 'text', type: 'text', points: [[0.6, 0.1]], text: 'Gap' },
];
const drawing: Drawing = { version: 1, shapes };
const [spot, , , pen] = shapes as [Shape, Shape, Shape, Shape];

describe('shapeAt', () => {
  it.each([
    ['a line in a spotlight', [0.25, 0.102], 'line'],
    ['a spotlight, anywhere in it', [0.25, 0.3], 'spot'],
    ['a pen between its points', [0.15, 0.85], 'pen'],
    ['an ellipse by its line', [0.7, 0.6], 'oval'],
    ['nothing inside of an ellipse', [0.7, 0.7], null],
    ['a text', [0.62, 0.13], 'text'],
    ['nothing', [0.95, 0.95], null],
  ])('finds %s', (_, at, id) => {
    expect(shapeAt(drawing, at, HD, 8)?.id ?? null).toBe(id);
  });

  it('finds what lies above', () => {
    const twice: Drawing = { version: 1, shapes: [pen, { ...pen, id: 'above' }] };
    expect(shapeAt(twice, [0.2, 0.8], HD, 0)?.id).toBe('above');
  });
});

describe('movedShape', () => {
  it('moves all points, and keeps how hard they were pressed', () => {
    const [first, second] = movedShape(pen, [0.5, -0.3]).points;
    expect(first?.map((value) => value.toFixed(3))).toEqual(['0.600', '0.600']);
    expect(second?.map((value) => value.toFixed(3))).toEqual(['0.700', '0.500', '1.000']);
  });

  it('stops at the edges with its shape kept', () => {
    expect(movedShape(spot, [-5, 5]).points).toEqual([
      [0, 0.5],
      [0.5, 1],
    ]);
  });
});

describe('boxOf', () => {
  it('is in the frame of the picture, with the line', () => {
    const [x1, y1, x2, y2] = [192 - 5.4, 864 - 5.4, 576 + 5.4, 972 + 5.4];
    const box = boxOf(pen, HD);
    expect([box.x1, box.y1, box.x2, box.y2].map((value) => value.toFixed(1))).toEqual(
      [x1, y1, x2, y2].map((value) => value.toFixed(1)),
    );
  });
});
