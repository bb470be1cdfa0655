import { signedIn } from '#lib/http/define-resource.ts';
import { replayHeaders } from '#lib/http/idempotency-key.ts';
import { answerNote } from '#lib/notes/change-notes.ts';
import { answerNoteSchema, noteParamsSchema, noteSchema } from '#lib/notes/note-schemas.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  POST: defineRoute({
    operation: {
      id: 'answerNote',
      tag: 'Notes',
      summary: 'Answers a note',
      description:
        'Whoever sees a note answers it, also where a reel alone shows it to them. Those see it who see the note.',
      problems: {
        409: 'The answer that the key made was deleted since.',
        422: 'There are 500 notes already (`too_many_notes`).',
      },
    },
    auth: 'notes.answer',
    params: noteParamsSchema,
    body: answerNoteSchema,
    idempotent: true,
    answers: { 201: noteSchema, 200: noteSchema },
    etag: (note) => String(note.version),
    handle: async ({ deps, user, params, body, idempotency }) => {
      const { note, isReplay } = await answerNote(deps, signedIn(user), params.note_id, body, idempotency);
      return { status: isReplay ? 200 : 201, json: note, headers: replayHeaders(isReplay) };
    },
  }),
});
