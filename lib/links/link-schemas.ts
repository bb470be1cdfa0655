import { z } from 'zod';
import { intParam } from '#lib/http/query-schemas.ts';
import { teamCodeSchema } from '#lib/word-schemas.ts';

/** How long a link opens something, in days. */
export const LINK_DAYS = { usual: 14, most: 365 } as const;
/** How many characters the password of a link has at least: it is told by word of mouth, and tries are counted. */
export const LEAST_PASSWORD = 8;
const passwordSchema = z.string().min(LEAST_PASSWORD).max(256);

/** `POST /reels/{reel_id}/links` */
export const createLinkSchema = z
  .strictObject({
    expires_in_days: z.int().min(1).max(LINK_DAYS.most).default(LINK_DAYS.usual),
    password: passwordSchema.nullish().meta({ description: 'Asked for before anything is shown.' }),
    download: z.boolean().default(false).meta({ description: 'Whether the files of its clips may be kept.' }),
    names: z
      .boolean()
      .default(true)
      .meta({
        description:
          'Whether it may be told who and what the reel is about. Without: neither its title, the words of notes and ' +
          'drawings nor players, nor an address, file name or id that says so.',
      }),
  })
  .meta({ id: 'LinkCreate', examples: [{ expires_in_days: 14, download: false, names: true }] });
export type CreateLink = z.output<typeof createLinkSchema>;

export const linkParamsSchema = z.object({ link_id: z.uuid().meta({ description: 'The id of the link.' }) });

const linkShape = {
  id: z.uuid(),
  reel_id: z.uuid(),
  team_code: z.string(),
  reel_title: z.string().nullable().meta({ description: 'Null for a reel that is not shown to the caller.' }),
  created_by: z.object({ id: z.uuid(), name: z.string() }),
  created_at: z.iso.datetime(),
  expires_at: z.iso.datetime(),
  has_password: z.boolean(),
  download: z.boolean(),
  names: z.boolean(),
  revoked_at: z.iso.datetime().nullable(),
  is_live: z.boolean().meta({ description: 'Neither revoked nor expired.' }),
  view_count: z.int().meta({ description: 'How often it was opened.' }),
  last_used_at: z.iso.datetime().nullable(),
};
export const linkSchema = z.object(linkShape).meta({ id: 'Link' });
export type LinkJson = z.output<typeof linkSchema>;

export const newLinkSchema = z
  .object({ ...linkShape, url: z.url().meta({ description: 'Told this once: the portal keeps its hash alone.' }) })
  .meta({ id: 'NewLink' });
export type NewLinkJson = z.output<typeof newLinkSchema>;

export const linkListSchema = z.object({ links: z.array(linkSchema) }).meta({ id: 'LinkList' });
export type LinkListJson = z.output<typeof linkListSchema>;

/** `GET /links` */
export const listLinksQuerySchema = z.strictObject({
  team_code: teamCodeSchema.optional(),
  limit: intParam(1, 500).default(200),
});
export type ListLinksQuery = z.output<typeof listLinksQuerySchema>;
