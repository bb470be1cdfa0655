import { authorize, mayDo } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { readWithinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { notFound } from '#lib/errors.ts';
import { selectShown } from '#lib/reels/get-reel.ts';
import { readerOf } from '#lib/reels/reel-reader.ts';
import {
  type NotePlace,
  type NoteRow,
  selectNote,
  selectNotesOnClips,
  selectNotesOnFilm,
  selectPlace,
  selectReelOfNote,
} from './note-repo.ts';
import type { NoteJson, NoteListJson } from './note-schemas.ts';

type Deps = Pick<PortalDeps, 'db'>;

const toMilliseconds = (seconds: number): number => Math.round(seconds * 1000) / 1000;

/** Words are changed by who wrote them; a note that is no answer by all who make reels, as reels are. */
export function mayChangeNote(
  user: UserContext,
  { author_id, reply_to }: Pick<NoteRow, 'author_id' | 'reply_to'>,
): { may_edit: boolean; may_delete: boolean } {
  const isOwn = author_id === user.userId && mayDo(user, 'notes.answer');
  const makes = mayDo(user, 'reels.write');
  return { may_edit: isOwn || (makes && reply_to === null), may_delete: isOwn || makes };
}

function toNoteJson(user: UserContext, row: NoteRow): NoteJson {
  const { id, on, clip_id, hold_s, text, drawing, visible_to, reply_to, version, created_at, updated_at } = row;
  return {
    ...{ id, on, clip_id, at_s: toMilliseconds(row.at_s), hold_s, text, drawing, visible_to, reply_to },
    author: { id: row.author_id, name: row.author_name },
    ...mayChangeNote(user, row),
    ...{ version, created_at, updated_at },
  };
}

/**
 * The notes on a clip, or on a film, that the caller sees.
 * @throws AppError 403, 404 for one out of reach.
 */
export async function listNotes(deps: Deps, user: UserContext, place: NotePlace): Promise<NoteListJson> {
  const isClip = 'clip_id' in place;
  authorize(user, isClip ? 'reels.read' : 'masters.watch');
  const [found, rows] = await readWithinReach(deps.db, user, (reads) =>
    Promise.all([
      selectPlace(reads, user, place),
      isClip ? selectNotesOnClips(reads, [place.clip_id]) : selectNotesOnFilm(reads, place.master_id),
    ]),
  );
  if (!found) throw notFound(isClip ? 'Clip' : 'Master');
  return { notes: rows.map((row) => toNoteJson(user, row)) };
}

/** A stretch of a clip that is shown. */
export interface ShownStretch {
  clip_id: string | null;
  in_s: number | null;
  out_s: number | null;
}

/** Whether a note's moment lies in a stretch of its clip. */
export const liesIn = ({ clip_id, at_s }: Pick<NoteRow, 'clip_id' | 'at_s'>, stretch: ShownStretch): boolean =>
  stretch.clip_id === clip_id && at_s >= (stretch.in_s ?? 0) && at_s <= (stretch.out_s ?? at_s);

/**
 * The notes on what somebody shows, as far as it is shown.
 * @param reader one who reads the team of what is shown (`readerOf`): what they are shown has been asked before.
 */
export async function selectNotesShown(
  deps: Deps,
  reader: UserContext,
  items: readonly ShownStretch[],
): Promise<NoteRow[]> {
  const clipIds = [...new Set(items.flatMap(({ clip_id }) => clip_id ?? []))];
  if (clipIds.length === 0) return [];
  const rows = await readWithinReach(deps.db, reader, (reads) => selectNotesOnClips(reads, clipIds));
  return rows.filter((row) => items.some((item) => liesIn(row, item)));
}

/** The notes on what a reel shows to the caller. @throws AppError 403, 404 for a reel that is not shown to them. */
export async function listReelNotes(deps: Deps, user: UserContext, reelId: string): Promise<NoteListJson> {
  authorize(user, 'reels.read');
  const { reel, items } = await selectShown(deps, user, reelId);
  const rows = await selectNotesShown(deps, readerOf(user, reel), items);
  return { notes: rows.map((row) => toNoteJson(user, row)) };
}

/**
 * As whom the caller reads a note: as themselves, or, where only a reel shows it to them, as a reader of that reel's team.
 * @throws AppError 404 for a note that they do not see.
 */
export async function readerOfNote(deps: Deps, user: UserContext, noteId: string): Promise<UserContext> {
  const [note, reel] = await readWithinReach(deps.db, user, (reads) =>
    Promise.all([selectNote(reads, noteId), selectReelOfNote(reads, noteId)]),
  );
  if (note) return user;
  if (!reel) throw notFound('Note');
  return readerOf(user, reel);
}

/** One note, read as such a reader. @throws AppError 404 */
export async function getNote(deps: Deps, user: UserContext, reader: UserContext, noteId: string): Promise<NoteJson> {
  const row = await readWithinReach(deps.db, reader, (reads) => selectNote(reads, noteId));
  if (!row) throw notFound('Note');
  return toNoteJson(user, row);
}
