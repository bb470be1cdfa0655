import { z } from 'zod';
import { clipParamsSchema, clipSchema, MAX_CLIP_DURATION_S } from '#lib/clips/clip-schemas.ts';
import { AT_LEAST_ONE_FIELD } from '#lib/http/document-schemas.ts';
import { intParam } from '#lib/http/query-schemas.ts';
import { clipIdSchema, playerIdSchema, teamCodeSchema, textSchema } from '#lib/word-schemas.ts';

/** How many items a reel has at most. */
export const MAX_ITEMS = 1000;
/** How many players may be chosen. */
const MAX_PLAYERS = 100;

/** To whom reels are shown, as the list is narrowed by it. */
export const AUDIENCES = ['private', 'staff', 'team', 'players'] as const;
const [PRIVATE, STAFF, TEAM] = AUDIENCES;

export const audienceSchema = z
  .union([z.enum([PRIVATE, STAFF, TEAM]), z.strictObject({ players: z.array(playerIdSchema).min(1).max(MAX_PLAYERS) })])
  .meta({
    id: 'ReelAudience',
    description:
      '`private`: its maker alone. `staff`: those of the team who may make reels. `team`: everybody who reaches the team. ' +
      'Players by their ids: these, where they reach the team, and staff; a player is told of no other.',
  });
export type Audience = z.output<typeof audienceSchema>;

/** An audience of the same people is the same, however they were named. */
export const plainAudience = (audience: Audience): Audience =>
  typeof audience === 'string' ? audience : { players: [...new Set(audience.players)].sort() };

const EXAMPLE_PLAYER = '8480018';

const titleSchema = textSchema(200).meta({ example: 'Power play, entries' });
const descriptionSchema = textSchema(2000).nullish();

/** `POST /reels` */
export const createReelSchema = z
  .strictObject({
    team_code: teamCodeSchema,
    title: titleSchema,
    description: descriptionSchema,
    audience: audienceSchema.default(PRIVATE),
  })
  .meta({
    id: 'ReelCreate',
    examples: [{ team_code: 'MTL', title: 'Power play, entries', audience: { players: [EXAMPLE_PLAYER] } }],
  });
export type CreateReel = z.output<typeof createReelSchema>;

/** `PATCH /reels/{reel_id}` */
export const patchReelSchema = z
  .strictObject({ title: titleSchema, description: descriptionSchema, audience: audienceSchema })
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, 'Name at least one field to change.')
  .meta({ ...AT_LEAST_ONE_FIELD, id: 'ReelPatch', examples: [{ title: 'Power play, exits', audience: STAFF }] });
export type PatchReel = z.output<typeof patchReelSchema>;

/** `GET /reels` */
export const listReelsQuerySchema = z.strictObject({
  team_code: teamCodeSchema.optional(),
  q: textSchema(200).optional().meta({
    description: 'Words to find in title, description and the name of who made it: all of them, accents aside.',
    example: 'power play',
  }),
  audience: z.enum(AUDIENCES).optional(),
  for_me: z.enum(['true', 'false']).default('false').meta({ description: 'What others show to the caller.' }),
  mine: z.enum(['true', 'false']).default('false').meta({ description: 'What the caller has made.' }),
  limit: intParam(1, 100).default(50),
  cursor: z.string().min(1).max(512).optional().meta({ description: '`next_cursor` of the page before.' }),
});
export type ListReelsQuery = z.output<typeof listReelsQuerySchema>;

const seconds = z.number().min(0).max(MAX_CLIP_DURATION_S);
const trimShape = {
  in_s: seconds.nullable().default(null).meta({ description: 'From the beginning of the clip; null: from there.' }),
  out_s: seconds.nullable().default(null).meta({ description: 'From the beginning of the clip; null: to its end.' }),
  note: textSchema(2000).nullable().default(null),
};

/** `PUT /reels/{reel_id}/items`: all items in their order. Those that are not named are taken out. */
export const putItemsSchema = z
  .strictObject({
    items: z
      .array(
        z
          .strictObject({ id: z.uuid(), ...trimShape })
          .refine(({ in_s, out_s }) => out_s === null || out_s > (in_s ?? 0), {
            path: ['out_s'],
            message: 'The end lies before the start.',
          }),
      )
      .max(MAX_ITEMS)
      .refine((items) => new Set(items.map(({ id }) => id)).size === items.length, 'An item is named twice.'),
  })
  .meta({
    id: 'ReelItemsPut',
    examples: [
      { items: [{ id: '0b5bd0f2-6c3b-4a52-8a1e-7f6f6c4d2c11', in_s: 1.5, out_s: 6, note: 'Look at the gap' }] },
    ],
  });
export type PutItems = z.output<typeof putItemsSchema>;

/** `POST /reels/{reel_id}/items`: clips at its end, in this order. The same clip twice is two items. */
export const addItemsSchema = z
  .strictObject({ clip_ids: z.array(clipIdSchema).min(1).max(MAX_ITEMS) })
  .meta({ id: 'ReelItemsAdd', examples: [{ clip_ids: ['mtl-20031-p1-0007'] }] });
export type AddItems = z.output<typeof addItemsSchema>;

export const reelParamsSchema = z.object({ reel_id: z.uuid().meta({ description: 'The id of the reel.' }) });

export const reelClipParamsSchema = reelParamsSchema.extend(clipParamsSchema.shape);

const reelClipSchema = clipSchema
  .pick({
    ...{ clip_id: true, player_id: true, player_name: true, team_code: true, opponent_code: true, game_id: true },
    ...{ game_date: true, season: true, period: true, event_type: true, outcome: true, zone: true, strength: true },
    ...{ duration_s: true, playback: true },
  })
  .extend({ thumbnail_url: z.string().nullable().meta({ description: 'A small picture, once there is one.' }) })
  .meta({
    id: 'ReelClip',
    description:
      'A clip as a reel shows it. `exact_url` of its `playback` is null for those who do not reach the clip elsewhere.',
  });
export type ReelClipJson = z.output<typeof reelClipSchema>;

const reelItemSchema = z
  .object({
    id: z.uuid(),
    clip_id: z.string().nullable().meta({ description: 'Null for what is gone, as `clip` is.' }),
    in_s: z.number().nullable(),
    out_s: z.number().nullable(),
    note: z.string().nullable(),
    clip: reelClipSchema.nullable().meta({
      description:
        'Null for what is gone: it lies in the trash, is deleted for good, or is not the maker’s to show any more.',
    }),
  })
  .meta({ id: 'ReelItem' });
export type ReelItemJson = z.output<typeof reelItemSchema>;

const reelShape = {
  id: z.uuid(),
  team_code: z.string(),
  title: z.string(),
  description: z.string().nullable(),
  owner: z.object({ id: z.uuid(), name: z.string() }),
  audience: audienceSchema,
  item_count: z.int().meta({ description: 'Those that are gone included.' }),
  duration_s: z.number().meta({ description: 'How long what can be shown lasts.' }),
  poster_url: z.string().nullable().meta({ description: 'The small picture of the first clip that it shows.' }),
  is_new: z.boolean().meta({ description: 'Whether others show it to the caller, who has not opened it yet.' }),
  may_edit: z.boolean().meta({ description: 'Whether the caller may change it.' }),
  version: z.int().meta({ description: 'Changes with the reel and its items; for If-Match.' }),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
};

export const reelSummarySchema = z.object(reelShape).meta({ id: 'ReelSummary' });
export type ReelSummaryJson = z.output<typeof reelSummarySchema>;

export const reelListSchema = z
  .object({
    reels: z.array(reelSummarySchema),
    new_count: z.int().meta({ description: 'How many of all are new to the caller, 100 at most.' }),
    next_cursor: z.string().nullable(),
  })
  .meta({ id: 'ReelList' });
export type ReelListJson = z.output<typeof reelListSchema>;

export const reelSchema = z.object({ ...reelShape, items: z.array(reelItemSchema) }).meta({ id: 'Reel' });
export type ReelJson = z.output<typeof reelSchema>;

export const addedItemsSchema = z
  .object({
    items: z.array(reelItemSchema).meta({ description: 'Those that were added, as far as they are there still.' }),
    version: z
      .int()
      .nullable()
      .meta({
        description:
          'Of the reel with them, for who said by If-Match which one it was before. Null for others: whoever puts the items in ' +
          'order next reads the reel first, so that nobody’s are lost.',
      }),
  })
  .meta({ id: 'ReelItemsAdded' });
export type AddedItemsJson = z.output<typeof addedItemsSchema>;
