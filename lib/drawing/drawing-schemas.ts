import { z } from 'zod';
import { textSchema } from '#lib/word-schemas.ts';

/** How many shapes a drawing has at most. */
export const MAX_SHAPES = 200;
/** How many points its shapes have together. */
export const MAX_POINTS = 20_000;
export const MAX_WIDTH = 100;
export const MAX_SHAPE_TEXT = 200;

/** The colours on offer; any other is written out as `#rrggbb`. */
export const COLORS = {
  yellow: '#ffd60a',
  red: '#ff3b30',
  blue: '#0a84ff',
  green: '#30d158',
  white: '#ffffff',
} as const;
export type ColorName = keyof typeof COLORS;
export const COLOR_NAMES: readonly ColorName[] = ['yellow', 'red', 'blue', 'green', 'white'];

const share = z.number().min(0).max(1);

/** From the left, from the top, and how hard a pen pressed: each from 0 to 1. */
const pointSchema = z.array(share).min(2).max(3);
export type DrawnPoint = z.output<typeof pointSchema>;

const shapeShape = {
  id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'An id is 1 to 64 letters, digits, "_" or "-".'),
  color: z.union([
    z.enum(COLOR_NAMES),
    z.string().regex(/^#[0-9A-Fa-f]{6}$/, 'A color is #rrggbb or one of the names.'),
  ]),
  width: z.number().gt(0).max(MAX_WIDTH).meta({ description: 'In thousandths of the height of the picture.' }),
};

const ofTwoPoints = <Type extends string>(type: Type) =>
  z.strictObject({ ...shapeShape, type: z.literal(type), points: z.array(pointSchema).length(2) });

const shapeSchema = z
  .discriminatedUnion('type', [
    z.strictObject({ ...shapeShape, type: z.literal('pen'), points: z.array(pointSchema).min(1).max(MAX_POINTS) }),
    ofTwoPoints('line'),
    ofTwoPoints('arrow'),
    ofTwoPoints('ellipse'),
    ofTwoPoints('spotlight'),
    z.strictObject({
      ...{ ...shapeShape, type: z.literal('text'), points: z.array(pointSchema).length(1) },
      text: textSchema(MAX_SHAPE_TEXT),
    }),
  ])
  .meta({
    id: 'DrawnShape',
    description:
      'Points are [x, y] or [x, y, pressure], x and y from 0 to 1 of the picture. An arrow has its head at its second point; ' +
      'an ellipse and a spotlight lie between two corners; a text begins at its upper left one.',
  });
export type Shape = z.output<typeof shapeSchema>;
export type ShapeType = Shape['type'];

export const drawingSchema = z
  .strictObject({
    version: z.literal(1),
    shapes: z
      .array(shapeSchema)
      .max(MAX_SHAPES)
      .refine((shapes) => new Set(shapes.map(({ id }) => id)).size === shapes.length, 'Two shapes have one id.')
      .refine(
        (shapes) => shapes.reduce((total, { points }) => total + points.length, 0) <= MAX_POINTS,
        `A drawing has at most ${MAX_POINTS} points.`,
      ),
  })
  .meta({
    id: 'Drawing',
    examples: [
      {
        version: 1,
        shapes: [
          {
            id: 'a',
            type: 'arrow',
            points: [
              [0.2, 0.5],
              [0.6, 0.4],
            ],
            color: 'yellow',
            width: 6,
          },
        ],
      },
    ],
  });
export type Drawing = z.output<typeof drawingSchema>;
