import { describe, expect, it } from 'vitest';
import { drawingSchema, MAX_POINTS, MAX_SHAPES } from './drawing-schemas.ts';

const shape = (changes: Record<string, unknown> = {}) => ({
  ...{ id: 'a', type: 'pen', color: 'yellow', width: 6 },
  points: [
    [0, 0],
    [0.5, 1, 0.25],
  ],
  ...changes,
});
const isDrawing = (...shapes: unknown[]): boolean => drawingSchema.safeParse({ version: 1, shapes }).success;
const pen = (count: number, id = 'a') => shape({ id, points: Array.from({ length: count }, () => [0.5, 0.5]) });

describe('drawingSchema', () => {
  it('takes every kind of shape, and gives back what it was given', () => {
    const two = {
      points: [
        [0.1, 0.2],
        [0.3, 0.4],
      ],
    };
    const drawing = {
      version: 1,
      shapes: [
        shape(),
        ...['line', 'arrow', 'ellipse', 'spotlight'].map((type) => shape({ id: type, type, color: '#12ab3F', ...two })),
        shape({ id: 't', type: 'text', points: [[1, 1]], text: '<svg onload="alert(1)"> & so on' }),
      ],
    };
    expect(drawingSchema.parse(drawing)).toEqual(drawing);
    expect(isDrawing()).toBe(true);
  });

  it('takes as many shapes and points as it says, and no more', () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => pen(1, `s${index}`));
    expect([isDrawing(...many(MAX_SHAPES)), isDrawing(...many(MAX_SHAPES + 1))]).toEqual([true, false]);
    expect([isDrawing(pen(MAX_POINTS)), isDrawing(pen(MAX_POINTS), pen(1, 'b')), isDrawing(pen(100_000))]).toEqual([
      ...[true, false, false],
    ]);
  });

  it.each([
    ['a number far off', shape({ points: [[1e9, 0]] })],
    ['a number far off below', shape({ points: [[-1e9, 0]] })],
    ['what is no number', shape({ points: [[Number.NaN, 0]] })],
    ['what has no end', shape({ points: [[Number.POSITIVE_INFINITY, 0]] })],
    ['a number as a text', shape({ points: [['0.5', 0]] })],
    ['a point of one number', shape({ points: [[0.5]] })],
    ['a point of four', shape({ points: [[0, 0, 0, 0]] })],
    ['no points', shape({ points: [] })],
    [
      'an arrow of three points',
      shape({
        type: 'arrow',
        points: [
          [0, 0],
          [0, 1],
          [1, 1],
        ],
      }),
    ],
    ['another kind', shape({ type: 'image', points: [[0, 0]] })],
    ['a colour that is code', shape({ color: 'url(https://example.com)' })],
    ['a short colour', shape({ color: '#fff' })],
    ['a name that objects have', shape({ color: 'constructor' })],
    ['no width', shape({ width: 0 })],
    ['a huge width', shape({ width: 1e9 })],
    ['an id that is markup', shape({ id: '"><script>' })],
    ['a text on a pen', shape({ text: 'x' })],
    ['an empty text', shape({ type: 'text', points: [[0, 0]], text: ' ' })],
    ['a long text', shape({ type: 'text', points: [[0, 0]], text: 'x'.repeat(201) })],
    ['half a letter', shape({ type: 'text', points: [[0, 0]], text: 'a\ud800' })],
    ['a field of nobody', shape({ onload: 'x' })],
  ])('refuses %s', (_, wrong) => {
    expect(isDrawing(wrong)).toBe(false);
  });

  it('refuses two shapes of one id, another version and what is beside shapes', () => {
    expect(isDrawing(shape(), shape())).toBe(false);
    expect(drawingSchema.safeParse({ version: 2, shapes: [] }).success).toBe(false);
    expect(drawingSchema.safeParse({ version: 1, shapes: [], svg: '<svg/>' }).success).toBe(false);
  });

  it('refuses whatever is put in place of a part', () => {
    const strange = [null, true, '', 'x', -1, 1e308, [], {}, [[]], { length: 1 }, '\u0000'];
    for (const field of ['id', 'type', 'color', 'width', 'points'])
      for (const value of strange) {
        const isTextual = (field === 'id' && value === 'x') || false;
        expect([field, value, isDrawing(shape({ [field]: value }))]).toEqual([field, value, isTextual]);
      }
  });
});
