import { z } from 'zod';
import { clubSchema } from '#lib/clubs/club-schemas.ts';
import { drawingSchema } from '#lib/drawing/drawing-schemas.ts';

/** `POST /shared`: a link as it was handed over, or the pass that it gave. */
export const openLinkSchema = z
  .union([
    z.strictObject({ secret: z.string().max(200), password: z.string().max(256).optional() }),
    z.strictObject({ pass: z.string().max(500) }),
  ])
  .meta({ id: 'LinkOpen', examples: [{ secret: 'A'.repeat(43) }] });
export type OpenLink = z.output<typeof openLinkSchema>;

const sharedPlaybackSchema = z.object({
  kind: z.enum(['cut', 'slice']),
  url: z.string(),
  expires_at: z.iso.datetime(),
  offset_s: z.number(),
  duration_s: z.number(),
  is_file: z.boolean().meta({ description: 'Whether the URL leads to a file rather than to a playlist.' }),
});

const sharedNoteSchema = z
  .object({
    at_s: z.number().meta({ description: 'When it appears: from the beginning of the clip.' }),
    hold_s: z.number().meta({ description: 'How long the picture stands still for it.' }),
    text: z.string().meta({ description: 'Empty where the link tells no names.' }),
    drawing: drawingSchema.nullable().meta({ description: 'Without its texts where the link tells no names.' }),
  })
  .meta({ id: 'SharedNote', description: 'A note as a link shows it: of nobody.' });
export type SharedNoteJson = z.output<typeof sharedNoteSchema>;

const sharedItemSchema = z
  .object({
    id: z.uuid(),
    in_s: z.number().nullable(),
    out_s: z.number().nullable(),
    duration_s: z.number(),
    note: z.string().nullable(),
    player_name: z.string().nullable(),
    game_date: z.string().nullable(),
    opponent_code: z.string().nullable(),
    event_type: z.string().nullable(),
    outcome: z.string().nullable(),
    period: z.int().nullable(),
    notes: z.array(sharedNoteSchema).meta({ description: 'What is noted for everybody within the item, by moments.' }),
    playback: sharedPlaybackSchema.nullable().meta({ description: 'Null while there is nothing to be played.' }),
    poster_url: z.string().nullable(),
    download_url: z.string().nullable(),
  })
  .meta({ id: 'SharedItem' });
export type SharedItemJson = z.output<typeof sharedItemSchema>;

export const sharedReelSchema = z
  .object({
    title: z.string().nullable(),
    description: z.string().nullable(),
    team_code: z.string().nullable(),
    names: z.boolean(),
    download: z.boolean(),
    expires_at: z.iso.datetime(),
    pass: z
      .string()
      .meta({ description: 'Opens the same again, without the secret and its password, for some hours.' }),
    served_at: z.iso.datetime(),
    clubs: z
      .array(clubSchema.pick({ team_code: true, color: true, crest_url: true }))
      .meta({ description: 'How the clubs look that it names.' }),
    items: z.array(sharedItemSchema),
  })
  .meta({
    id: 'SharedReel',
    description: 'A reel as a link shows it. Of a link without names whatever could hold one is null.',
  });
export type SharedReelJson = z.output<typeof sharedReelSchema>;

const FILE = { description: 'A playlist’s file name, as the URLs have it.' };
export const sharedTextParamsSchema = z.object({ item_id: z.uuid(), file: z.string().max(40).meta(FILE) });
export const sharedItemParamsSchema = z.object({ item_id: z.uuid() });
export const linkTokenQuerySchema = z.strictObject({ token: z.string().max(500) });
export const sealedParamsSchema = z.object({ name: z.string().max(2000) });
