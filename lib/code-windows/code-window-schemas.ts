import { z } from 'zod';
import { CLIP_FIELDS } from '#lib/clips/clip-field-schemas.ts';
import { uniqueTagsSchema } from '#lib/clips/clip-schemas.ts';
import { AT_LEAST_ONE_FIELD } from '#lib/http/document-schemas.ts';
import { beyondSchema } from '#lib/plays/clip-plays-schemas.ts';
import { teamCodeSchema, textSchema } from '#lib/word-schemas.ts';

export const MAX_BUTTONS = 60;
/** How many windows one person has. */
export const MAX_CODE_WINDOWS = 100;

/** The colours of buttons: names, of which each theme makes its own. */
export const BUTTON_COLORS = ['grey', 'blue', 'green', 'yellow', 'orange', 'red', 'pink', 'purple', 'teal'] as const;
export type ButtonColor = (typeof BUTTON_COLORS)[number];

/** Keys that play, mark, keep plays and tie clocks already, on one of the pages that have a code window. */
export const RESERVED_KEYS: ReadonlySet<string> = new Set([
  ...['k', 'j', 'l', 'n', 'p', 'f', 'm', 'Shift+j', 'Shift+l'],
  ...['i', 'o', 'e', 'u', 't', 'v'],
  ...['x', 'c', 's', 'r'],
]);

const { event_type, player_id, player_name, outcome, zone, strength } = CLIP_FIELDS;

/** What may stand on one button, by itself. */
const codeButtonSchema = z
  .strictObject({
    label: textSchema(40),
    key: z
      .string()
      .regex(/^(Shift\+)?[a-z]$/, 'A key is one letter, a to z, with or without Shift+ in front.')
      .nullish()
      .meta({
        description: 'A letter that the player and the pages have no use for, with or without `Shift+`.',
        example: 'h',
      }),
    color: z.enum(BUTTON_COLORS).default('grey'),
    event_type: event_type.edited,
    lead_s: beyondSchema.meta({ description: 'Before the moment of the press.' }),
    lag_s: beyondSchema.meta({ description: 'After it.' }),
    tags: uniqueTagsSchema.default([]),
    player_id: player_id.edited.nullish().meta({ description: 'Left out: whoever the next clip is of.' }),
    player_name: player_name.edited,
    outcome: outcome.edited,
    zone: zone.edited,
    strength: strength.edited,
  })
  .meta({ id: 'CodeButton' });
export type CodeButton = z.output<typeof codeButtonSchema>;

/** A button as it was kept. */
const shownButtonSchema = z
  .object({ ...codeButtonSchema.shape, tags: z.array(z.string()) })
  .meta({ id: 'CodeButtonShown' });

/** What is wrong with a button among others: the field, and the words. */
function* faultsAmong(buttons: readonly CodeButton[]): Generator<[index: number, field: string, message: string]> {
  const [labels, keys] = [new Set<string>(), new Set<string>()];
  for (const [index, { label, key, lead_s, lag_s }] of buttons.entries()) {
    if (labels.has(label)) yield [index, 'label', 'Another button has this name.'];
    if (key && RESERVED_KEYS.has(key)) yield [index, 'key', 'The player or its page has this key already.'];
    else if (key && keys.has(key)) yield [index, 'key', 'Another button has this key.'];
    if (lead_s + lag_s === 0) yield [index, 'lag_s', 'A clip needs some seconds before or after.'];
    labels.add(label);
    keys.add(key ?? '');
  }
}

const buttonsSchema = z
  .array(codeButtonSchema)
  .min(1, 'A window has at least one button.')
  .max(MAX_BUTTONS)
  .superRefine((buttons, context) => {
    for (const [index, field, message] of faultsAmong(buttons)) {
      context.addIssue({ code: 'custom', path: [index, field], message });
    }
  });

const nameSchema = textSchema(100).meta({ example: 'Power play' });
const EXAMPLE = {
  name: 'Power play',
  buttons: [
    { label: 'Zone entry', key: 'z', color: 'blue', event_type: 'zoneentry', lead_s: 3, lag_s: 8, strength: '5v4' },
    { label: 'Shot', key: 'h', color: 'red', event_type: 'shot', lead_s: 3, lag_s: 5, tags: ['power play'] },
  ],
};

/** `POST /code-windows` */
export const createCodeWindowSchema = z
  .strictObject({
    team_code: teamCodeSchema,
    name: nameSchema,
    is_shared: z.boolean().default(false).meta({ description: 'Whether the team’s others see it, too.' }),
    buttons: buttonsSchema,
  })
  .meta({ id: 'CodeWindowCreate', examples: [{ team_code: 'MTL', ...EXAMPLE }] });
export type CreateCodeWindow = z.output<typeof createCodeWindowSchema>;

/** `PATCH /code-windows/{code_window_id}` */
export const patchCodeWindowSchema = z
  .strictObject({ name: nameSchema, is_shared: z.boolean(), buttons: buttonsSchema })
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, 'Name at least one field to change.')
  .meta({ ...AT_LEAST_ONE_FIELD, id: 'CodeWindowPatch', examples: [{ name: 'Power play, ours' }] });
export type PatchCodeWindow = z.output<typeof patchCodeWindowSchema>;

/** What a file of a code window says that was exported here. */
export const codeWindowFileSchema = z.strictObject({
  format: z.literal('heartbeat-code-window'),
  version: z.literal(1),
  name: nameSchema,
  buttons: buttonsSchema,
});
export type CodeWindowFile = z.output<typeof codeWindowFileSchema>;

export const codeWindowSchema = z
  .object({
    id: z.uuid(),
    team_code: z.string(),
    name: z.string(),
    is_shared: z.boolean(),
    is_own: z.boolean().meta({ description: 'Whether it is the caller’s, who alone decides whether it is shared.' }),
    owner_name: z.string().nullable().meta({ description: 'Null when its owner’s account is gone.' }),
    buttons: z.array(shownButtonSchema),
    version: z.string().meta({ description: 'Changes with every edit; for If-Match.' }),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
  })
  .meta({ id: 'CodeWindow' });
export type CodeWindowJson = z.output<typeof codeWindowSchema>;
export const codeWindowListSchema = z
  .object({ code_windows: z.array(codeWindowSchema) })
  .meta({ id: 'CodeWindowList' });

/** `GET /code-windows` */
export const listCodeWindowsQuerySchema = z.strictObject({
  team_code: teamCodeSchema.optional().meta({ description: 'Of this team only.' }),
});
export type ListCodeWindowsQuery = z.output<typeof listCodeWindowsQuerySchema>;

export const codeWindowParamsSchema = z.object({ code_window_id: z.uuid('A code window’s id is a UUID.') });
