import { libraryReachSql, masterReachSql, rolesThatMay } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { type DbOrTx, Prisma, type Reads } from '#lib/db/prisma-client.ts';
import type { AnswerNote, CreateNote, NoteJson, PatchNote } from './note-schemas.ts';

/** What notes are written on. */
export type NotePlace = { clip_id: string } | { master_id: string };

/** A place in the caller's reach. */
export interface FoundPlace {
  clip: number | null;
  master: string | null;
  team_code: string;
  duration_s: number | null;
}

/** A note as the caller sees it. */
export type NoteRow = Omit<NoteJson, 'author' | 'may_edit' | 'may_delete'> & {
  author_id: string;
  author_name: string;
  team_code: string | null;
};

/** A note that is being changed. */
export interface LockedNote
  extends Pick<NoteRow, 'id' | 'text' | 'drawing' | 'visible_to' | 'reply_to' | 'version' | 'author_id'> {
  clip: number | null;
  master: string | null;
  team_code: string;
  duration_s: number | null;
}

const timeSql = (column: Prisma.Sql) =>
  Prisma.sql`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const factsSql = () => Prisma.sql`
  n.id::text, CASE WHEN n.clip_id IS NULL THEN 'film' ELSE 'clip' END AS on, n.hold_s, n.text, n.drawing, n.visible_to,
  n.reply_to::text AS reply_to, n.version, n.author_id::text AS author_id, a.name AS author_name,
  ${timeSql(Prisma.sql`n.created_at`)} AS created_at, ${timeSql(Prisma.sql`n.updated_at`)} AS updated_at`;

/** Notes by their moments, the oldest first, each with its answers after it. */
const ORDER =
  Prisma.raw(`ORDER BY at_s, (SELECT r.created_at FROM media.notes r WHERE r.id = coalesce(n.reply_to, n.id)),
  coalesce(n.reply_to, n.id), n.reply_to IS NOT NULL, n.created_at, n.id`);

/** The place that notes are written on, or `null` for one out of reach. */
export async function selectPlace(reads: Reads, user: UserContext, place: NotePlace): Promise<FoundPlace | null> {
  const [row] = await ('clip_id' in place
    ? reads.$queryRaw<FoundPlace[]>`
        SELECT c.id AS clip, NULL AS master, c.team_code, c.duration_s FROM media.clips c
        WHERE c.clip_id = ${place.clip_id} AND (${libraryReachSql(user)})`
    : reads.$queryRaw<FoundPlace[]>`
        SELECT NULL AS clip, m.id::text AS master, m.team_code, m.duration_s FROM media.masters m
        WHERE m.id = ${place.master_id}::uuid AND m.deleted_at IS NULL AND ${masterReachSql(user, 'masters.watch')}`);
  return row ?? null;
}

/** The notes that the caller sees on clips of their reach, by their names. */
export const selectNotesOnClips = (reads: Reads, clipIds: readonly string[]): Promise<NoteRow[]> => reads.$queryRaw`
  SELECT ${factsSql()}, s.clip_id, s.shown_s AS at_s
  FROM media.notes_on(ARRAY(SELECT c.id FROM media.clips c WHERE c.clip_id = ANY(${[...clipIds]}::text[]))) s
  JOIN media.notes n ON n.id = s.note_id JOIN media.users a ON a.id = n.author_id ${ORDER}`;

/** The notes on a film. */
export const selectNotesOnFilm = (reads: Reads, masterId: string): Promise<NoteRow[]> => reads.$queryRaw`
  SELECT ${factsSql()}, NULL AS clip_id, n.at_s
  FROM media.notes n JOIN media.users a ON a.id = n.author_id WHERE n.master_id = ${masterId}::uuid ${ORDER}`;

/** One note that the caller sees, as it lies on what it was written on; or `null`. */
export async function selectNote(reads: Reads, id: string): Promise<NoteRow | null> {
  const [row] = await reads.$queryRaw<NoteRow[]>`
    SELECT ${factsSql()}, c.clip_id, n.at_s FROM media.notes n
    JOIN media.users a ON a.id = n.author_id LEFT JOIN media.clips c ON c.id = n.clip_id WHERE n.id = ${id}::uuid`;
  return row ?? null;
}

/** A reel that shows the clip with this note to the caller, or `null`. */
export async function selectReelOfNote(reads: Reads, id: string): Promise<{ id: string; team_code: string } | null> {
  const [row] = await reads.$queryRaw<{ id: string; team_code: string }[]>`
    SELECT id, team_code FROM media.reel_of_note(${id}::uuid, ${rolesThatMay('reels.write')}::text[])`;
  return row ?? null;
}

/** Locks a note that the caller may change, or `null`: the policies say which. Of a film players are told no team. */
export async function lockNote(tx: DbOrTx, id: string): Promise<LockedNote | null> {
  const [row] = await tx.$queryRaw<LockedNote[]>`
    SELECT n.id::text, n.text, n.drawing, n.visible_to, n.reply_to::text AS reply_to, n.version, n.author_id::text AS author_id,
      n.clip_id AS clip, n.master_id::text AS master, coalesce(c.team_code, media.team_of_film(n.master_id)) AS team_code,
      coalesce(c.duration_s, m.duration_s) AS duration_s
    FROM media.notes n LEFT JOIN media.clips c ON c.id = n.clip_id LEFT JOIN media.masters m ON m.id = n.master_id
    WHERE n.id = ${id}::uuid FOR UPDATE OF n`;
  return row ?? null;
}

/** The place of a note that is answered. */
export async function selectAnswered(tx: DbOrTx, id: string): Promise<(LockedNote & { at_s: number }) | null> {
  const [row] = await tx.$queryRaw<(LockedNote & { at_s: number })[]>`
    SELECT n.id::text, n.at_s, n.visible_to, n.reply_to::text AS reply_to, n.version, n.author_id::text AS author_id,
      n.clip_id AS clip, n.master_id::text AS master, coalesce(c.team_code, media.team_of_film(n.master_id)) AS team_code,
      c.duration_s, n.text, n.drawing
    FROM media.notes n LEFT JOIN media.clips c ON c.id = n.clip_id WHERE n.id = ${id}::uuid`;
  return row ?? null;
}

export const countNotes = (tx: DbOrTx, { clip, master }: Pick<FoundPlace, 'clip' | 'master'>): Promise<number> =>
  tx.note.count({ where: clip === null ? { masterId: master } : { clipId: clip } });

const jsonOf = (drawing: AnswerNote['drawing']) => (drawing === null ? Prisma.DbNull : drawing);

/** Writes a note of the caller's. */
export async function insertNote(
  tx: DbOrTx,
  user: UserContext,
  note: CreateNote & { id: string; reply_to: string | null; place: Pick<FoundPlace, 'clip' | 'master'> },
): Promise<void> {
  const { id, place, at_s: atS, hold_s: holdS, text, visible_to: visibleTo, reply_to: replyTo } = note;
  await tx.note.createMany({
    data: [
      {
        ...{ id, clipId: place.clip, masterId: place.master, atS, holdS, text, drawing: jsonOf(note.drawing) },
        ...{ visibleTo, replyTo, authorId: user.userId },
      },
    ],
  });
}

/** Changes what is named; answers go to its moment with it, and are seen by whom it is. */
export async function updateNote(tx: DbOrTx, id: string, patch: PatchNote): Promise<void> {
  const { at_s: atS, hold_s: holdS, text, visible_to: visibleTo, drawing } = patch;
  const shared = {
    ...(atS === undefined ? {} : { atS }),
    ...(visibleTo === undefined ? {} : { visibleTo }),
  };
  await tx.note.updateMany({
    where: { id },
    data: {
      ...shared,
      ...(holdS === undefined ? {} : { holdS }),
      ...(text === undefined ? {} : { text }),
      ...(drawing === undefined ? {} : { drawing: jsonOf(drawing) }),
      ...{ version: { increment: 1 }, updatedAt: new Date() },
    },
  });
  if (Object.keys(shared).length > 0) await tx.note.updateMany({ where: { replyTo: id }, data: shared });
}

export async function deleteNoteRow(tx: DbOrTx, id: string): Promise<void> {
  await tx.note.deleteMany({ where: { id } });
}
