import type { NoteJson } from '#lib/notes/note-schemas.ts';

/** What a picture shows of a note: of nobody, where nobody may be named. */
export type ShownNote = Pick<NoteJson, 'id' | 'at_s' | 'hold_s' | 'text' | 'drawing' | 'reply_to'> & {
  author: Pick<NoteJson['author'], 'name'> | null;
};
