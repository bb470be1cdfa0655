import { signedIn } from '#lib/http/define-resource.ts';
import { replayHeaders } from '#lib/http/idempotency-key.ts';
import { masterParamsSchema } from '#lib/masters/master-schemas.ts';
import { createNote } from '#lib/notes/change-notes.ts';
import { listNotes } from '#lib/notes/get-notes.ts';
import { createNoteSchema, noteListSchema, noteSchema } from '#lib/notes/note-schemas.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: {
      id: 'listFilmNotes',
      tag: 'Notes',
      summary: 'The notes on a film',
      description: 'Each shows on the clips of the film that its moment lies in, too.',
    },
    auth: 'masters.watch',
    params: masterParamsSchema,
    answers: { 200: noteListSchema },
    etag: () => null,
    handle: async ({ deps, user, params }) => ({ status: 200, json: await listNotes(deps, signedIn(user), params) }),
  }),
  POST: defineRoute({
    operation: {
      id: 'createFilmNote',
      tag: 'Notes',
      summary: 'Writes a note on a film',
      problems: {
        409: 'The note that the key made was deleted since.',
        422: 'It would appear after the end (`beyond_end`), or there are 500 notes already (`too_many_notes`).',
      },
    },
    auth: 'reels.write',
    params: masterParamsSchema,
    body: createNoteSchema,
    idempotent: true,
    answers: { 201: noteSchema, 200: noteSchema },
    etag: (note) => String(note.version),
    handle: async ({ deps, user, params, body, idempotency }) => {
      const { note, isReplay } = await createNote(deps, signedIn(user), params, body, idempotency);
      return { status: isReplay ? 200 : 201, json: note, headers: replayHeaders(isReplay) };
    },
  }),
});
