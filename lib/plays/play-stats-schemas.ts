import { z } from 'zod';
import { PLAY_FORMATS } from './play.ts';
import { PLAY_FILTERS, playFilterSchema } from './play-field-schemas.ts';
import { FACE_OFF_DOTS, type FaceOffDot, RINK_AREAS, type RinkArea } from './rink-schemas.ts';

/** The formats of files that plays are told by. */
export const PLAY_SOURCES = PLAY_FORMATS;

/** `GET /plays/stats`: the filters of `GET /plays`. */
export const playStatsQuerySchema = z.strictObject(playFilterSchema.shape);

export const PLAY_STATS_TABLES = ['shots', 'entries', 'faceoffs', 'ice_time'] as const;
export type PlayStatsTable = (typeof PLAY_STATS_TABLES)[number];

/** `GET /plays/stats/export` */
export const exportPlayStatsQuerySchema = z.strictObject({
  table: z.enum(PLAY_STATS_TABLES),
  ...playFilterSchema.shape,
});
export type ExportPlayStats = z.output<typeof exportPlayStatsQuerySchema>;

const queryShape = Object.fromEntries(PLAY_FILTERS.map((name) => [name, z.array(z.string()).optional()])) as Record<
  (typeof PLAY_FILTERS)[number],
  z.ZodOptional<z.ZodArray<z.ZodString>>
>;

/** The parameters of `GET /plays` that lead to what a number counts. */
export const playQuerySchema = z
  .object({ ...queryShape, rink: z.string().optional() })
  .meta({ id: 'PlayQuery', description: 'Parameters of `GET /plays`, whose total is the number.' });
export type PlayQuery = z.output<typeof playQuerySchema>;

const countSchema = z
  .object({
    value: z.int(),
    query: playQuerySchema.nullable().meta({ description: 'Null where no one filter says it: then the value is 0.' }),
  })
  .meta({ id: 'PlayCount' });
export type PlayCount = z.output<typeof countSchema>;

const rate = z.number().nullable().meta({ description: 'From 0 to 1; null of nothing.' });

export const SIDES = ['own', 'opponent'] as const;
export type Side = (typeof SIDES)[number];

const ofSide = {
  team_code: z.string(),
  side: z.enum(SIDES).meta({ description: 'Own: whoever acts is called by the team’s code in the file.' }),
};

const keys = <K extends string>(of: Readonly<Record<K, unknown>>): [K, ...K[]] => Object.keys(of) as [K, ...K[]];

export const ENTRY_KINDS = [
  ...(['controlled_entry', 'dump_in', 'controlled_exit', 'controlled_breakout', 'dump_out'] as const),
  ...(['entry_against', 'dump_in_against'] as const),
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

const shotsSchema = z.object({
  ...ofSide,
  by: z.enum(['all', 'strength', 'area']),
  key: z
    .string()
    .nullable()
    .meta({ description: `Of the strength, 5v4; of the area one of ${keys(RINK_AREAS).join(', ')}.` }),
  attempts: countSchema,
  on_goal: countSchema
    .nullable()
    .meta({ description: 'Goals included, where the file counts them so; null where it does not say.' }),
  goals: countSchema,
});
export type ShotsRow = z.output<typeof shotsSchema>;

const entriesSchema = z.object({
  ...ofSide,
  kind: z.enum(ENTRY_KINDS),
  total: countSchema,
  successful: countSchema,
  failed: countSchema,
  rate,
});
export type EntriesRow = z.output<typeof entriesSchema>;

const faceoffsSchema = z.object({
  ...ofSide,
  by: z.enum(['all', 'dot', 'player']),
  key: z
    .string()
    .nullable()
    .meta({ description: `Of the player, the id; of the dot one of ${keys(FACE_OFF_DOTS).join(', ')}.` }),
  player_name: z.string().nullable(),
  won: countSchema,
  lost: countSchema,
  taken: z.int(),
  rate,
});
export type FaceoffsRow = z.output<typeof faceoffsSchema>;

const iceTimeSchema = z.object({
  ...ofSide,
  player_id: z.string(),
  player_name: z.string().nullable(),
  shifts: countSchema,
  total_s: z.number(),
  average_s: z.number(),
});
export type IceTimeRow = z.output<typeof iceTimeSchema>;

const notToldOf = 'Null where this format does not tell of them.';

export const playStatsSchema = z
  .object({
    source: z
      .enum(PLAY_FORMATS)
      .nullable()
      .meta({ description: 'The files that the tables are of: one format, since two tell of the same plays.' }),
    sources: z
      .array(z.object({ source: z.enum(PLAY_FORMATS), plays: countSchema }))
      .meta({ description: 'What there is under these filters; `source` chooses one.' }),
    shots: z.array(shotsSchema),
    entries: z.array(entriesSchema).nullable().meta({ description: notToldOf }),
    faceoffs: z.array(faceoffsSchema),
    ice_time: z.array(iceTimeSchema).nullable().meta({ description: notToldOf }),
  })
  .meta({ id: 'PlayStats' });
export type PlayStatsJson = z.output<typeof playStatsSchema>;

export const AREA_NAMES: readonly RinkArea[] = keys(RINK_AREAS);
export const DOT_NAMES: readonly FaceOffDot[] = keys(FACE_OFF_DOTS);
