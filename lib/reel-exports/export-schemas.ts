import { z } from 'zod';
import { SKIP_REASONS } from '#lib/media/reel-work.ts';
import { reelParamsSchema } from '#lib/reels/reel-schemas.ts';

/** `POST /reels/{reel_id}/export` */
export const exportReelSchema = z
  .strictObject({
    title_cards: z.boolean().default(false).meta({
      description: 'The film begins with the title of the reel, and each item with what it shows and its note.',
    }),
    notes: z
      .boolean()
      .default(false)
      .meta({
        description:
          'Notes and drawings are burnt in, and the picture stands still for them. Those for staff only where the reel is ' +
          'shown to its maker or to staff alone.',
      }),
    names: z.boolean().default(true).meta({ description: 'Whether title cards name players.' }),
  })
  .meta({ id: 'ReelExportRequest', examples: [{ title_cards: true, notes: true }] });
export type ExportReel = z.output<typeof exportReelSchema>;

export const exportParamsSchema = reelParamsSchema.extend({
  export_id: z.uuid().meta({ description: 'The id of the export.' }),
});

export const EXPORT_STATUSES = ['pending', 'processing', 'ready', 'failed'] as const;

export const reelExportSchema = z
  .object({
    id: z.uuid(),
    reel_id: z.uuid(),
    status: z.enum(EXPORT_STATUSES),
    progress: z.int().meta({ description: 'Whole percents.' }),
    url: z.url().nullable().meta({ description: 'A signed URL of the MP4 once it is ready; it carries a file name.' }),
    url_expires_at: z.iso.datetime().nullable(),
    title_cards: z.boolean(),
    notes: z.boolean(),
    names: z.boolean(),
    reel_version: z.int().meta({ description: 'Of the reel that it shows.' }),
    skipped: z.array(z.object({ item_id: z.uuid(), position: z.int(), reason: z.enum(SKIP_REASONS) })).meta({
      description:
        'Items that it goes without: `gone` (the reel does not show it any more), `no_file` (it has neither a file nor a ' +
        'master), `unreadable` (its file cannot be decoded).',
    }),
    error_message: z.string().nullable(),
    size_bytes: z.number().nullable(),
    duration_s: z.number().nullable(),
    width: z.int().nullable(),
    height: z.int().nullable(),
    created_at: z.iso.datetime(),
    finished_at: z.iso.datetime().nullable(),
    kept_until: z.iso.datetime().meta({ description: 'When it is deleted; earlier with its reel.' }),
  })
  .meta({ id: 'ReelExport' });
export type ReelExportJson = z.output<typeof reelExportSchema>;

export const reelExportListSchema = z.object({ exports: z.array(reelExportSchema) }).meta({ id: 'ReelExportList' });
export type ReelExportListJson = z.output<typeof reelExportListSchema>;
