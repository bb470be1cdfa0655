import { clipParamsSchema } from '#lib/clips/clip-schemas.ts';
import { signedIn } from '#lib/http/define-resource.ts';
import { replayHeaders } from '#lib/http/idempotency-key.ts';
import { createNote } from '#lib/notes/change-notes.ts';
import { listNotes } from '#lib/notes/get-notes.ts';
import { createNoteSchema, noteListSchema, noteSchema } from '#lib/notes/note-schemas.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  GET: defineRoute({
    operation: {
      id: 'listClipNotes',
      tag: 'Notes',
      summary: 'The notes on a clip that the caller sees',
      description: 'Those on the film that it is cut from are among them, as far as the clip goes.',
    },
    auth: 'reels.read',
    params: clipParamsSchema,
    answers: { 200: noteListSchema },
    etag: () => null,
    handle: async ({ deps, user, params }) => ({ status: 200, json: await listNotes(deps, signedIn(user), params) }),
  }),
  POST: defineRoute({
    operation: {
      id: 'createClipNote',
      tag: 'Notes',
      summary: 'Writes a note on a clip',
      problems: {
        409: 'The note that the key made was deleted since.',
        422: 'It would appear after the end (`beyond_end`), or there are 500 notes already (`too_many_notes`).',
      },
    },
    auth: 'reels.write',
    params: clipParamsSchema,
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
