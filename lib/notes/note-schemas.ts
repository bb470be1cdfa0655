import { z } from 'zod';
import { drawingSchema } from '#lib/drawing/drawing-schemas.ts';
import { AT_LEAST_ONE_FIELD } from '#lib/http/document-schemas.ts';

/** How many notes and answers one clip, or one film, has at most. */
export const MAX_NOTES = 500;
export const MAX_HOLD_S = 60;
export const MAX_NOTE_TEXT = 2000;
/** How long a note stands when nobody said. */
export const HOLD_S = 3;

export const VISIBLE_TO = ['staff', 'audience'] as const;
export type VisibleTo = (typeof VISIBLE_TO)[number];

const textSchema = z
  .string()
  .trim()
  .normalize('NFC')
  .max(MAX_NOTE_TEXT)
  // Lines may end; nothing else that is not seen may be there.
  .refine(
    (text) =>
      !/[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]/u.test(text.replaceAll('\r\n', '\n').replaceAll('\n', ' ')),
    'Control characters are not allowed.',
  )
  .refine((text) => text.isWellFormed(), 'This is not valid Unicode.')
  .meta({ description: 'Plain text: markup in it is text.', example: 'Look at the gap' });

const fields = {
  at_s: z
    .number()
    .min(0)
    .max(86_400)
    .meta({ description: 'When it appears: from the beginning of the clip, or film.' }),
  hold_s: z.number().min(0).max(MAX_HOLD_S).meta({ description: 'How long the picture stands still for it.' }),
  text: textSchema,
  drawing: drawingSchema.nullable(),
  visible_to: z.enum(VISIBLE_TO).meta({
    description: '`staff`: those who make reels. `audience`: everybody who sees the clip, in a reel too.',
  }),
};

const SAYS_SOMETHING = 'A note has words or a drawing.';
/** Whether a note with these says anything. */
export const saysSomething = ({ text, drawing }: { text: string; drawing: { shapes: unknown[] } | null }): boolean =>
  text !== '' || (drawing?.shapes.length ?? 0) > 0;

/** `POST /clips/{clip_id}/notes`, `POST /masters/{master_id}/notes` */
export const createNoteSchema = z
  .strictObject({
    ...{ at_s: fields.at_s, hold_s: fields.hold_s.default(HOLD_S), text: fields.text.default('') },
    ...{ drawing: fields.drawing.default(null), visible_to: fields.visible_to.default('staff') },
  })
  .refine(saysSomething, { path: ['text'], message: SAYS_SOMETHING })
  .meta({ id: 'NoteCreate', examples: [{ at_s: 2.4, text: 'Look at the gap', visible_to: 'audience' }] });
export type CreateNote = z.output<typeof createNoteSchema>;

/** `POST /notes/{note_id}/answers` */
export const answerNoteSchema = z
  .strictObject({ text: fields.text.default(''), drawing: fields.drawing.default(null) })
  .refine(saysSomething, { path: ['text'], message: SAYS_SOMETHING })
  .meta({ id: 'NoteAnswer', examples: [{ text: 'I see it now' }] });
export type AnswerNote = z.output<typeof answerNoteSchema>;

/** `PATCH /notes/{note_id}` */
export const patchNoteSchema = z
  .strictObject(fields)
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, 'Name at least one field to change.')
  .meta({ ...AT_LEAST_ONE_FIELD, id: 'NotePatch', examples: [{ text: 'Look at the gap now' }] });
export type PatchNote = z.output<typeof patchNoteSchema>;

export const noteParamsSchema = z.object({ note_id: z.uuid().meta({ description: 'The id of the note.' }) });

export const noteSchema = z
  .object({
    id: z.uuid(),
    on: z.enum(['clip', 'film']).meta({
      description: 'What it was written on. A note on a film shows on every clip of it that its moment lies in.',
    }),
    clip_id: z.string().nullable().meta({ description: 'The clip that it is shown on; null where it is a film.' }),
    at_s: z.number().meta({ description: 'From the beginning of what it is shown on.' }),
    ...{ hold_s: fields.hold_s, text: z.string(), drawing: drawingSchema.nullable(), visible_to: fields.visible_to },
    author: z.object({ id: z.uuid(), name: z.string() }),
    reply_to: z.uuid().nullable().meta({ description: 'The note that it answers.' }),
    may_edit: z.boolean().meta({ description: 'Whether the caller may change its words and its drawing.' }),
    may_delete: z.boolean(),
    version: z.int().meta({ description: 'For If-Match.' }),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
  })
  .meta({ id: 'Note' });
export type NoteJson = z.output<typeof noteSchema>;

export const noteListSchema = z
  .object({ notes: z.array(noteSchema) })
  .meta({ id: 'NoteList', description: 'By their moments; answers after what they answer, the oldest first.' });
export type NoteListJson = z.output<typeof noteListSchema>;
