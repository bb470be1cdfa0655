import { z } from 'zod';

/** How many values one parameter may be given. */
const MAX_VALUES = 50;

/** A parameter that may be repeated, `?period=1&period=3`, and then means any of the values. */
export const anyOfParam = <S extends z.ZodType>(value: S) =>
  z
    .array(value)
    .min(1)
    .max(MAX_VALUES, `At most ${MAX_VALUES} values.`)
    .transform((values) => [...new Set(values)]);

/** One value or several: in JSON as in the URL, where a filter is given once or more often. */
export const oneOrMore = <S extends z.ZodType>(schema: S) =>
  z.union([schema.transform((value) => [value]), z.array(schema).min(1).max(100)]);

/** `include=assets,tags`: the named parts, all unless told otherwise; `include=` asks for none. */
export const includeParam = <P extends string>(parts: readonly [P, ...P[]]) =>
  z
    .string()
    .transform((text) => text.split(',').filter(Boolean))
    .pipe(z.array(z.enum(parts)).max(MAX_VALUES, `At most ${MAX_VALUES} values.`))
    .optional()
    .transform((named): readonly P[] => named ?? parts)
    .meta({
      description: `Any of ${parts.join(', ')}, with commas between; the others are then empty.`,
      param: { style: 'form', explode: false },
      override: { type: 'array', items: { type: 'string', enum: [...parts] }, maxItems: MAX_VALUES },
    });

/** Query strings hold text: a whole number within bounds, or a fault that says so. Documented as the integer it means. */
export const intParam = (min: number, max: number) =>
  z
    .string()
    .regex(/^-?\d{1,10}$/, 'This is not a whole number.')
    .transform(Number)
    .pipe(z.int().min(min).max(max))
    .meta({
      override: ({ jsonSchema }: { jsonSchema: Record<string, unknown> }) => {
        delete jsonSchema.pattern;
        Object.assign(jsonSchema, { type: 'integer', minimum: min, maximum: max });
      },
    });
