import { z } from 'zod';
import { AT_LEAST_ONE_FIELD } from '#lib/http/document-schemas.ts';
import { teamCodeSchema, textSchema } from '#lib/word-schemas.ts';

/** Of a crest, in bytes, as a PNG. */
export const MAX_CREST_BYTES = 256 * 1024;
/** Of a crest, each way, in pixels. */
export const MAX_CREST_PX = 512;

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const;

/**
 * Width and height of a PNG in pixels, from its header (PNG, third edition, §5.2 and §11.2.1); `null` for other bytes.
 */
export function sizeOfPng(bytes: Uint8Array): { width: number; height: number } | null {
  if (bytes.length < 24 || SIGNATURE.some((byte, at) => bytes[at] !== byte)) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // The first chunk is IHDR, whose first fields are the two.
  if (view.getUint32(12) !== 0x49_48_44_52) return null;
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

const fits = (side: number) => side >= 1 && side <= MAX_CREST_PX;

/** A PNG in Base64, which becomes its bytes. */
const crestSchema = z
  .base64('A crest is a PNG in Base64.')
  .max(Math.ceil((MAX_CREST_BYTES * 4) / 3) + 4, `A crest has at most ${MAX_CREST_BYTES / 1024} KiB.`)
  .transform((text) => new Uint8Array(Buffer.from(text, 'base64')))
  .refine((bytes) => bytes.length <= MAX_CREST_BYTES, `A crest has at most ${MAX_CREST_BYTES / 1024} KiB.`)
  .refine((bytes) => {
    const size = sizeOfPng(bytes);
    return size !== null && fits(size.width) && fits(size.height);
  }, `A crest is a PNG of at most ${MAX_CREST_PX} pixels each way.`)
  .meta({ description: `A PNG in Base64, at most ${MAX_CREST_PX} pixels each way.` });

/** `PATCH /clubs/{team_code}`; `null` takes away. */
export const patchClubSchema = z
  .strictObject({
    name: textSchema(60).nullable(),
    color: z
      .string()
      .regex(/^#[0-9A-Fa-f]{6}$/, 'A colour is # and six digits, 0 to f.')
      .transform((color) => color.toLowerCase())
      .nullable(),
    crest: crestSchema.nullable(),
  })
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, 'Name at least one field to change.')
  .meta({ ...AT_LEAST_ONE_FIELD, id: 'ClubPatch', examples: [{ name: 'Montréal', color: '#b3202f' }] });
export type PatchClub = z.output<typeof patchClubSchema>;

export const clubSchema = z
  .object({
    team_code: z.string(),
    name: z.string().nullable(),
    color: z.string().nullable().meta({ description: '`#rrggbb`' }),
    crest_url: z.string().nullable().meta({ description: 'A path that shows this very picture for ever.' }),
    version: z.string().meta({ description: 'Changes with every edit; for If-Match.' }),
  })
  .meta({ id: 'Club' });
export type ClubJson = z.output<typeof clubSchema>;
export const clubListSchema = z.object({ clubs: z.array(clubSchema) }).meta({ id: 'ClubList' });

export const clubParamsSchema = z.object({ team_code: teamCodeSchema });
export const crestParamsSchema = z.object({
  crest: z.string().regex(/^[0-9a-f]{64}\.png$/, 'A crest’s name is a SHA-256 and .png.'),
});
