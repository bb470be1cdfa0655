import { signedIn } from '#lib/http/define-resource.ts';
import { readIfMatch } from '#lib/http/etag.ts';
import { IF_MATCH } from '#lib/http/operation.ts';
import { deleteNote, patchNote } from '#lib/notes/change-notes.ts';
import { noteParamsSchema, noteSchema, patchNoteSchema } from '#lib/notes/note-schemas.ts';
import { defineResource, defineRoute } from '#lib/runtime/web.ts';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineResource({
  PATCH: defineRoute({
    operation: {
      id: 'updateNote',
      tag: 'Notes',
      summary: 'Changes a note',
      description:
        'One’s own, and for those who make reels any that is no answer. Fields left out stay. Answers follow their note: its ' +
        'moment, and whom it is for.',
      headers: IF_MATCH.headers,
      problems: {
        ...IF_MATCH.problems,
        422: 'It would say nothing (`empty_note`), appear after the end (`beyond_end`), or it is an answer, whose place is its note’s.',
      },
    },
    auth: 'notes.answer',
    params: noteParamsSchema,
    body: patchNoteSchema,
    answers: { 200: noteSchema },
    etag: (note) => String(note.version),
    handle: async ({ deps, user, params, body, request }) => {
      const target = { noteId: params.note_id, ifMatch: readIfMatch(request) };
      return { status: 200, json: await patchNote(deps, signedIn(user), target, body) };
    },
  }),
  DELETE: defineRoute({
    operation: {
      id: 'deleteNote',
      tag: 'Notes',
      summary: 'Deletes a note with its answers, or one answer',
      ...IF_MATCH,
    },
    auth: 'notes.answer',
    params: noteParamsSchema,
    answers: { 204: null },
    handle: async ({ deps, user, params, request }) => {
      await deleteNote(deps, signedIn(user), { noteId: params.note_id, ifMatch: readIfMatch(request) });
      return { status: 204 };
    },
  }),
});
