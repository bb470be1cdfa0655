import { z } from 'zod';
import { type FieldsSaying, fieldsSaying, saidInTable } from '#lib/http/field-schemas.ts';
import { anyOfParam, intParam } from '#lib/http/query-schemas.ts';
import { AUDIO_NOTES } from '#lib/media/media-types.ts';
import {
  gameIdSchema,
  isoDateSchema,
  playerIdSchema,
  seasonSchema,
  tagSchema,
  teamCodeSchema,
  textSchema,
} from '#lib/word-schemas.ts';

/** How many days a deleted clip can be had back; then the worker deletes it for good. */
export const TRASH_DAYS = 30;

/** How long who made a clip may take it back without the right to delete. */
export const TAKEN_BACK_MINUTES = 60;

/** Of a clip, or of the master that it is cut from. */
export const audioNoteSchema = z.enum(AUDIO_NOTES).nullable().meta({
  description:
    'Sound that is left out: all of it or a track, because it cannot be decoded here, tracks beside the one heard, or channels beside the first two.',
});

export const periodSchema = z
  .int()
  .min(1)
  .max(9)
  .meta({ id: 'Period', description: '1 to 3, then overtime.', example: 1 });
export const timecodeSchema = z
  .number()
  .min(0, 'A timecode is not negative.')
  .max(86_400, 'A timecode is at most a day.')
  .meta({ description: 'Seconds from the first moment of the master.', example: 12.5 });

export const PROCESSING_STATUSES = ['pending', 'processing', 'ready', 'failed'] as const;
export const processingStatusSchema = z.enum(PROCESSING_STATUSES).meta({ id: 'ProcessingStatus' });
export type ProcessingStatus = (typeof PROCESSING_STATUSES)[number];

/** What the table says of one field of a clip. What it does not say of a field, the field is not. */
interface ClipField {
  /** It is a column of `media.clips`, of this kind. */
  column?: 'int' | 'bigint' | 'text' | 'date' | 'float8' | 'timestamp';
  /** How the API answers it. */
  shown?: z.ZodType;
  /** Not told to players; `shown` is optional then. */
  isPrivate?: true;
  /** How a request that makes a clip gives it, once for all. */
  given?: z.ZodType;
  /** How such a request gives it, and how it is corrected later. With the tags, these are the clip's version. */
  edited?: z.ZodType;
  /** How a list is narrowed by it, as in the URL of the browser and of the API. */
  filter?: z.ZodType;
  /** The filter means "any of": its values are counted, kept as sums, and offered. */
  isFacet?: true;
  /** Lists are sorted by it. */
  isSortKey?: true;
}

const anyOf = <S extends z.ZodType>(value: S) => ({ filter: anyOfParam(value).optional(), isFacet: true }) as const;

/** Words of those who describe clips: they may be missing, are corrected, filtered by and counted. */
const words = (max: number, example: string) =>
  ({
    column: 'text',
    shown: z.string().nullable(),
    edited: textSchema(max).nullish().meta({ example }),
    ...anyOf(textSchema(max)),
  }) as const;

/**
 * Every field of a clip, said once: columns and filters, in the order in which they are answered and shown
 * (docs/adr/0047). Its label is `hockey.field` of the catalogue; of a filter that is no field, `clips.field`.
 */
export const CLIP_FIELDS = {
  id: { column: 'int', shown: z.int() },
  clip_id: { column: 'text', shown: z.string() },
  player_id: { column: 'text', shown: z.string(), edited: playerIdSchema, ...anyOf(playerIdSchema) },
  player_name: { column: 'text', shown: z.string().nullable(), edited: textSchema(255).nullish() },
  team_code: { column: 'text', shown: z.string(), given: teamCodeSchema, ...anyOf(teamCodeSchema) },
  opponent_code: {
    ...{ column: 'text', shown: z.string().nullable(), edited: teamCodeSchema.nullish() },
    ...anyOf(textSchema(10)),
  },
  game_id: { column: 'text', shown: z.string(), given: gameIdSchema, ...anyOf(gameIdSchema) },
  game_date: { column: 'date', shown: z.string().nullable(), edited: isoDateSchema.nullish(), isSortKey: true },
  season: { column: 'text', shown: z.string().nullable(), given: seasonSchema, ...anyOf(seasonSchema) },
  date_from: { filter: isoDateSchema.optional().meta({ description: 'The first day of games, inclusive.' }) },
  date_to: { filter: isoDateSchema.optional().meta({ description: 'The last day of games, inclusive.' }) },
  period: { column: 'int', shown: z.int().nullable(), edited: periodSchema.nullish(), ...anyOf(intParam(1, 9)) },
  event_type: {
    ...{ column: 'text', shown: z.string(), edited: textSchema(50).meta({ example: 'controlledentryagainst' }) },
    ...anyOf(textSchema(50)),
  },
  outcome: words(50, 'successful'),
  zone: words(50, 'oz'),
  strength: words(20, '5v4'),
  tag: anyOf(tagSchema),
  status: anyOf(processingStatusSchema),
  master_id: { filter: z.uuid().optional().meta({ description: 'Clips cut from this master.' }) },
  q: {
    filter: textSchema(200).optional().meta({
      description:
        'Words to find in player name, tags, event, opponent and clip id: all of them, accents and small slips aside.',
      example: 'beliveau goal',
    }),
  },
  start_timecode_s: { column: 'float8', shown: z.number(), given: timecodeSchema },
  end_timecode_s: { column: 'float8', shown: z.number(), given: timecodeSchema },
  duration_s: { column: 'float8', shown: z.number() },
  source_gcs_uri: {
    ...{ column: 'text', isPrivate: true },
    shown: z.string().nullable().optional().meta({ description: 'The master. Left out for players.' }),
  },
  play_id: {
    column: 'bigint',
    shown: z.int().nullable().meta({ description: 'The play that it was made of, or the first of those.' }),
  },
  processing_status: { column: 'text', shown: processingStatusSchema },
  progress: {
    column: 'int',
    shown: z.number().min(0).max(100).meta({ description: 'Percent of the cut that is done.' }),
  },
  place_in_line: {
    shown: z.int().min(1).optional().meta({ description: 'Of one clip that waits to be cut, among all such.' }),
  },
  frame_rate: {
    column: 'float8',
    shown: z.number().nullable().meta({ description: 'Frames per second of the published cut.' }),
  },
  audio_note: { column: 'text', shown: audioNoteSchema },
  error_message: { column: 'text', shown: z.string().nullable() },
  created_at: { column: 'timestamp', shown: z.iso.datetime(), isSortKey: true },
  updated_at: { column: 'timestamp', shown: z.iso.datetime() },
  deleted_at: {
    column: 'timestamp',
    shown: z.iso
      .datetime()
      .optional()
      .meta({ description: `In the trash only: ${TRASH_DAYS} days later it is gone.` }),
  },
  version: {
    shown: z.string().nullable().meta({
      description:
        'Changes with the facts and the tags, and with nothing else; for If-Match. Null in a list without its tags.',
    }),
  },
} as const satisfies Record<string, ClipField>;

type Fields = typeof CLIP_FIELDS;
type Said = keyof ClipField;

/** The fields of which the table says something. */
export type FieldsWith<S extends Said> = FieldsSaying<Fields, S>;

/** Their names, in the order of the table. */
export const fieldsWith = <S extends Said>(said: S): FieldsWith<S>[] => fieldsSaying(CLIP_FIELDS, said);

/** What it says of them, by their names. */
export const saidOf = <S extends Said>(said: S) => saidInTable(CLIP_FIELDS, said);

/** The facts of a clip that may be corrected later; the cut itself may not. */
export const EDITED_FIELDS = fieldsWith('edited');
export type EditedField = FieldsWith<'edited'>;
