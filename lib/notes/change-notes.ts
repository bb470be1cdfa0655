import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { recordAudit } from '#lib/audit/record-audit.ts';
import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { withinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps, Transaction } from '#lib/deps.ts';
import { conflict, forbidden, isAppError, notFound, unprocessable } from '#lib/errors.ts';
import { type IfMatch, refuseStaleEdit } from '#lib/http/etag.ts';
import type { IdempotentRequest } from '#lib/http/idempotency-key.ts';
import { runOnce } from '#lib/idempotency/run-once.ts';
import { getNote, mayChangeNote, readerOfNote } from './get-notes.ts';
import {
  countNotes,
  deleteNoteRow,
  type FoundPlace,
  insertNote,
  type LockedNote,
  lockNote,
  type NotePlace,
  selectAnswered,
  selectPlace,
  updateNote,
} from './note-repo.ts';
import {
  type AnswerNote,
  type CreateNote,
  MAX_NOTES,
  type NoteJson,
  type PatchNote,
  saysSomething,
} from './note-schemas.ts';

type Deps = Pick<PortalDeps, 'db' | 'logger'>;

/** Which note, as of which version: `null` for whatever stands there. */
export interface NoteTarget {
  noteId: string;
  ifMatch: IfMatch | null;
}

/** Durations are rounded. */
const TOLERANCE_S = 0.001;

const outcomeSchema = z.object({ note_id: z.string() });

/** Writes down what was done to a note and for whom it is, and not what it says. */
const recordNote = (
  tx: Transaction,
  user: UserContext,
  note: { id: string; team_code: string },
  action: 'note.create' | 'note.update' | 'note.delete',
  facts: { before?: Record<string, unknown>; after?: Record<string, unknown> },
): Promise<void> =>
  recordAudit(tx, user, { action, target: { type: 'note', id: note.id }, teams: [note.team_code], ...facts });

function requireWithin(atS: number | undefined, durationS: number | null): void {
  if (atS === undefined || durationS === null || atS <= durationS + TOLERANCE_S) return;
  const message = `It lasts ${durationS.toFixed(3)} s.`;
  throw unprocessable('beyond_end', 'The note would appear after the end.', [{ path: 'at_s', message }]);
}

async function requireRoom(tx: Transaction, place: Pick<FoundPlace, 'clip' | 'master'>): Promise<void> {
  if ((await countNotes(tx, place)) < MAX_NOTES) return;
  throw unprocessable('too_many_notes', `There are ${MAX_NOTES} notes already; delete some that nobody needs.`);
}

/** What a request has made, or had made before. */
async function made(deps: Deps, [user, reader]: [UserContext, UserContext], noteId: string, isReplay: boolean) {
  const note = await getNote(deps, user, reader, noteId).catch((error) => {
    const isGone = isReplay && isAppError(error) && error.status === 404;
    throw isGone ? conflict('replay_gone', 'The note that this Idempotency-Key made was deleted since.') : error;
  });
  return { note, isReplay };
}

/**
 * Writes a note on a clip or a film.
 * @throws AppError 403, 404, 422 `beyond_end`, `too_many_notes`, 409 `replay_gone`; and what `runOnce` throws.
 */
export async function createNote(
  deps: Deps,
  user: UserContext,
  place: NotePlace,
  input: CreateNote,
  request: IdempotentRequest | null = null,
): Promise<{ note: NoteJson; isReplay: boolean }> {
  authorize(user, 'reels.write');
  const { outcome, isReplay } = await runOnce(deps, user, { request, outcome: outcomeSchema }, async (tx) => {
    const found = await selectPlace(tx, user, place);
    if (!found) throw notFound('clip_id' in place ? 'Clip' : 'Master');
    requireWithin(input.at_s, found.duration_s);
    await requireRoom(tx, found);
    const id = randomUUID();
    await insertNote(tx, user, { ...input, id, reply_to: null, place: found });
    const { team_code } = found;
    await recordNote(tx, user, { id, team_code }, 'note.create', { after: { ...place, visible_to: input.visible_to } });
    return { note_id: id };
  });
  return made(deps, [user, user], outcome.note_id, isReplay);
}

/**
 * Answers a note: at its moment, seen by whom the note is. An answer to an answer answers the note.
 * @throws AppError 403, 404, 422 `too_many_notes`, 409 `replay_gone`; and what `runOnce` throws.
 */
export async function answerNote(
  deps: Deps,
  user: UserContext,
  noteId: string,
  input: AnswerNote,
  request: IdempotentRequest | null = null,
): Promise<{ note: NoteJson; isReplay: boolean }> {
  authorize(user, 'notes.answer');
  const reader = await readerOfNote(deps, user, noteId);
  const { outcome, isReplay } = await runOnce(deps, reader, { request, outcome: outcomeSchema }, async (tx) => {
    const answered = await selectAnswered(tx, noteId);
    if (!answered) throw notFound('Note');
    await requireRoom(tx, answered);
    const id = randomUUID();
    const { at_s, visible_to, team_code } = answered;
    const reply_to = answered.reply_to ?? answered.id;
    await insertNote(tx, reader, { ...input, at_s, hold_s: 0, visible_to, id, reply_to, place: answered });
    await recordNote(tx, user, { id, team_code }, 'note.create', { after: { reply_to, visible_to } });
    return { note_id: id };
  });
  return made(deps, [user, reader], outcome.note_id, isReplay);
}

/** @throws AppError 404 for a note that the caller may not change, 412 `stale_edit`. */
async function lockForChange(tx: Transaction, { noteId, ifMatch }: NoteTarget): Promise<LockedNote> {
  const note = await lockNote(tx, noteId);
  if (!note) throw notFound('Note');
  refuseStaleEdit(ifMatch, String(note.version));
  return note;
}

function requireSound(user: UserContext, note: LockedNote, patch: PatchNote): void {
  if (!mayChangeNote(user, note).may_edit) {
    throw forbidden('The words of an answer are changed by who wrote it; delete it instead.', 'not_the_author');
  }
  const own = ['at_s', 'hold_s', 'visible_to'] as const;
  const fixed = note.reply_to === null ? [] : own.filter((field) => patch[field] !== undefined);
  if (fixed.length > 0) {
    const errors = fixed.map((path) => ({ path, message: 'Change this of the note that it answers.' }));
    throw unprocessable('answer_has_no_place', 'An answer is where its note is, for whom its note is.', errors);
  }
  const { text, drawing } = { text: note.text, drawing: note.drawing, ...patch };
  if (!saysSomething({ text, drawing })) {
    throw unprocessable('empty_note', 'A note has words or a drawing; delete it instead.');
  }
}

/**
 * Changes a note that the caller sees: their own, and for those who make reels any that is no answer.
 * @throws AppError 403, also `not_the_author`, 404, 412 `stale_edit`, 422.
 */
export async function patchNote(
  deps: Deps,
  user: UserContext,
  target: NoteTarget,
  patch: PatchNote,
): Promise<NoteJson> {
  authorize(user, 'notes.answer');
  const reader = await readerOfNote(deps, user, target.noteId);
  await withinReach(deps.db, reader, async (tx) => {
    const note = await lockForChange(tx, target);
    requireSound(user, note, patch);
    requireWithin(patch.at_s, note.duration_s);
    await updateNote(tx, note.id, patch);
    const { visible_to } = note;
    await recordNote(tx, user, note, 'note.update', {
      before: { visible_to },
      after: { visible_to: patch.visible_to ?? visible_to, changed: Object.keys(patch) },
    });
  });
  return getNote(deps, user, reader, target.noteId);
}

/** Deletes a note with its answers, or an answer. @throws AppError 403, 404, 412 `stale_edit`. */
export async function deleteNote(deps: Deps, user: UserContext, target: NoteTarget): Promise<void> {
  authorize(user, 'notes.answer');
  const reader = await readerOfNote(deps, user, target.noteId);
  await withinReach(deps.db, reader, async (tx) => {
    const note = await lockForChange(tx, target);
    await deleteNoteRow(tx, note.id);
    const { visible_to, author_id } = note;
    await recordNote(tx, user, note, 'note.delete', { before: { visible_to, author_id } });
  });
}
