import { z } from 'zod';
import { type FieldsSaying, fieldsSaying, saidInTable } from '#lib/http/field-schemas.ts';
import { anyOfParam, intParam } from '#lib/http/query-schemas.ts';
import { gameIdSchema, playerIdSchema, seasonSchema, teamCodeSchema, textSchema } from '#lib/word-schemas.ts';
import { PLAY_FORMATS } from './play.ts';

/** What the table says of one field of a play. What it does not say of a field, the field is not (docs/adr/0047). */
interface PlayField {
  /** It is a column of `media.plays`, of this kind. */
  column?: 'bigint' | 'int' | 'text' | 'text[]' | 'float8' | 'jsonb';
  /** How the API answers it. */
  shown?: z.ZodType;
  /** How a list is narrowed by it. */
  filter?: z.ZodType;
  /** Its values are counted, and offered. */
  isFacet?: true;
}

const words = (max: number) =>
  ({
    column: 'text',
    shown: z.string().nullable(),
    isFacet: true,
    filter: anyOfParam(textSchema(max)).optional(),
  }) as const;

/** A filter by some words: what it gives are words, as of all others. */
const oneOf = (values: readonly [string, ...string[]]): z.ZodType<string> => z.enum(values);

const scope = <S extends z.ZodType>(value: S) =>
  ({ column: 'text', shown: z.string(), filter: anyOfParam(value).optional() }) as const;

const onIce = (description: string) =>
  ({
    column: 'text[]',
    shown: z.array(z.string()),
    isFacet: true,
    filter: anyOfParam(playerIdSchema)
      .optional()
      .meta({ description: `${description} Given more than once: all of them together.` }),
  }) as const;

const seconds = (description: string) =>
  ({ column: 'float8', shown: z.number().nullable().meta({ description }) }) as const;

/** A box on the rink, in feet from centre ice, the acting team attacking towards +x. */
export interface RinkBox {
  left: number;
  right: number;
  bottom: number;
  top: number;
}

const rinkSchema = z
  .string()
  .regex(/^-?\d{1,3}(?:\.\d{1,3})?(?:,-?\d{1,3}(?:\.\d{1,3})?){3}$/, 'A box is x1,y1,x2,y2 in feet.')
  .transform((text): RinkBox => {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = text.split(',').map(Number);
    return { left: Math.min(x1, x2), right: Math.max(x1, x2), bottom: Math.min(y1, y2), top: Math.max(y1, y2) };
  })
  .optional()
  .meta({
    description: 'A box on the rink: x1,y1,x2,y2 in feet from centre ice, the acting team attacking towards +x.',
    example: '69,-17,89,17',
    override: ({ jsonSchema }: { jsonSchema: Record<string, unknown> }) => {
      Object.assign(jsonSchema, { type: 'string' });
    },
  });

/** What happens, and who is on the ice for how long. */
export const PLAY_KINDS = ['event', 'shift'] as const;

/** Every field of a play, said once, in the order in which they are answered and filtered by. */
export const PLAY_FIELDS = {
  id: { column: 'bigint', shown: z.int() },
  team_code: scope(teamCodeSchema),
  season: scope(seasonSchema),
  game_id: scope(gameIdSchema),
  source: {
    column: 'text',
    shown: z.string().meta({ description: 'The format of the file that tells of it.' }),
    filter: anyOfParam(oneOf(PLAY_FORMATS)).optional().meta({ description: 'The format of the file.' }),
  },
  kind: {
    ...{ column: 'text', shown: z.enum(PLAY_KINDS) },
    filter: anyOfParam(z.enum(PLAY_KINDS))
      .optional()
      .meta({ description: 'Shifts are derived from who is on the ice.' }),
  },
  period: {
    ...{ column: 'int', shown: z.int().nullable(), isFacet: true },
    filter: anyOfParam(intParam(1, 9)).optional(),
  },
  clock_s: seconds('Elapsed in the period.'),
  end_clock_s: seconds('Of what lasts: a shift.'),
  name: { ...words(100), shown: z.string() },
  shorthand: words(100),
  type: { column: 'text', shown: z.string().nullable() },
  outcome: words(50),
  zone: words(50),
  strength: words(20),
  acting_team: {
    ...words(50),
    shown: z.string().nullable().meta({ description: 'As the file calls it.' }),
  },
  player_id: {
    column: 'text',
    shown: z.string().nullable(),
    isFacet: true,
    filter: anyOfParam(playerIdSchema).optional().meta({ description: 'Who acts.' }),
  },
  player_name: { column: 'text', shown: z.string().nullable() },
  named_ids: {
    column: 'text[]',
    shown: z.array(z.string()).meta({ description: 'Everybody else whom the play names.' }),
    filter: anyOfParam(playerIdSchema)
      .optional()
      .meta({ description: 'Named beside the one who acts. Given more than once: all of them together.' }),
  },
  on_ice: onIce('Of the acting team on the ice.'),
  against: onIce('Of the other team on the ice.'),
  rink: { filter: rinkSchema },
  x_ft: { column: 'float8', shown: z.number().nullable() },
  y_ft: { column: 'float8', shown: z.number().nullable() },
  labels: { column: 'jsonb', shown: z.array(z.object({ group: z.string().nullable(), text: z.string() })) },
  free_text: { column: 'text', shown: z.string().nullable() },
} as const satisfies Record<string, PlayField>;

type Fields = typeof PLAY_FIELDS;
export type PlayFacet = FieldsSaying<Fields, 'isFacet'>;

export const PLAY_COLUMNS = fieldsSaying(PLAY_FIELDS, 'column');
export const PLAY_FACETS = fieldsSaying(PLAY_FIELDS, 'isFacet');
/** Filters that are a column each. */
export const PLAY_FILTERS = fieldsSaying(PLAY_FIELDS, 'filter').filter((name) => name !== 'rink');

export const playFilterSchema = z.object(saidInTable(PLAY_FIELDS, 'filter'));
export type PlayFilter = z.output<typeof playFilterSchema>;

export const playSchema = z
  .object({
    ...saidInTable(PLAY_FIELDS, 'shown'),
    video: z
      .object({
        master_id: z.uuid(),
        at_s: z.number().meta({ description: 'Seconds from the first moment of the master.' }),
        is_exact: z.boolean().meta({
          description:
            'False for about: a stoppage lies between, and nothing says how long; or nobody has said yet that the master ' +
            'begins with the opening face-off.',
        }),
      })
      .nullable()
      .meta({ description: 'Where it is seen; null where no master shows it, and for those who reach no masters.' }),
    clip_id: z
      .string()
      .nullable()
      .meta({ description: 'The clip that was made of it, alone or with others; null where none is in reach.' }),
  })
  .meta({ id: 'Play' });
export type PlayJson = z.output<typeof playSchema>;
