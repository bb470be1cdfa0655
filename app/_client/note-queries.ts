import { mutationOptions, type QueryClient, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  answerNoteSchema,
  createNoteSchema,
  NoteJson,
  NoteListJson,
  patchNoteSchema,
} from '#lib/notes/note-schemas.ts';
import { apiFetch } from './api-fetch.ts';
import { isLost } from './bulk-clips.ts';
import { newIdempotencyKey } from './idempotency-key.ts';
import { queryKeys } from './query-keys.ts';

/** What notes are asked of: a clip, a film, or what a reel shows. */
export interface NotesOf {
  kind: 'clips' | 'masters' | 'reels';
  id: string;
}

type NewNote = z.input<typeof createNoteSchema>;
type Answer = z.input<typeof answerNoteSchema>;
type NotePatch = z.input<typeof patchNoteSchema>;

/** The notes that the reader sees there; asked for again when they come back to the window. */
export const notesOptions = ({ kind, id }: NotesOf) =>
  queryOptions({
    queryKey: queryKeys.notes(kind, id),
    queryFn: async ({ signal }) => (await apiFetch<NoteListJson>(`/${kind}/${id}/notes`, { signal })).notes,
    refetchOnWindowFocus: 'always',
  });

const again = (client: QueryClient) => () => client.invalidateQueries({ queryKey: queryKeys.allNotes });
const retry = (failures: number, error: Error): boolean => failures < 2 && isLost(error);

/** What a request is given that writes something new; repeated, it is the same one. */
export const newNote = <Body>(body: Body) => ({ body, key: newIdempotencyKey() });

export const createNoteOptions = (client: QueryClient, { kind, id }: NotesOf) =>
  mutationOptions({
    mutationFn: ({ body, key }: { body: NewNote; key: string }) =>
      apiFetch<NoteJson>(`/${kind}/${id}/notes`, { method: 'POST', body, headers: { 'idempotency-key': key } }),
    retry,
    onSuccess: again(client),
  });

export const answerNoteOptions = (client: QueryClient, noteId: string) =>
  mutationOptions({
    mutationFn: ({ body, key }: { body: Answer; key: string }) =>
      apiFetch<NoteJson>(`/notes/${noteId}/answers`, { method: 'POST', body, headers: { 'idempotency-key': key } }),
    retry,
    onSuccess: again(client),
  });

/** 412 `stale_edit` when it was changed since. */
export const patchNoteOptions = (client: QueryClient) =>
  mutationOptions({
    mutationFn: ({ note: { id, version }, patch }: { note: NoteJson; patch: NotePatch }) =>
      apiFetch<NoteJson>(`/notes/${id}`, { method: 'PATCH', body: patch, headers: { 'if-match': `"${version}"` } }),
    onSuccess: again(client),
  });

export const deleteNoteOptions = (client: QueryClient) =>
  mutationOptions({
    mutationFn: ({ id, version }: NoteJson) =>
      apiFetch<void>(`/notes/${id}`, { method: 'DELETE', headers: { 'if-match': `"${version}"` } }),
    onSuccess: again(client),
  });
