import type { UserContext } from '#lib/auth/user-context.ts';
import type { PortalDeps } from '#lib/deps.ts';
import type { Drawing } from '#lib/drawing/drawing-schemas.ts';
import { liesIn, type ShownStretch, selectNotesShown } from '#lib/notes/get-notes.ts';
import type { NoteRow } from '#lib/notes/note-repo.ts';
import { saysSomething } from '#lib/notes/note-schemas.ts';
import type { ShownItem } from './link-reader.ts';
import type { SharedNoteJson } from './shared-schemas.ts';

/** A drawing without what could spell a name: its texts, and what whoever drew it called its shapes. */
const withoutWords = ({ version, shapes }: Drawing): Drawing => ({
  version,
  shapes: shapes.filter(({ type }) => type !== 'text').map((shape, index) => ({ ...shape, id: `s${index + 1}` })),
});

/** A note as a link shows it: an allow-list of its own, in which nobody is named. */
function toSharedNote({ at_s, hold_s, text, drawing }: NoteRow, isNamed: boolean): SharedNoteJson {
  const when = { at_s: Math.round(at_s * 1000) / 1000, hold_s };
  return isNamed ? { ...when, text, drawing } : { ...when, text: '', drawing: drawing && withoutWords(drawing) };
}

/**
 * The notes that a link shows on each of its items: those that the reel shows to everybody, and no answers, in which people
 * who have accounts talk to each other. Without names words are left out, and notes of which nothing is left then.
 */
export async function selectSharedNotes(
  deps: Pick<PortalDeps, 'db'>,
  reader: UserContext,
  items: readonly ShownItem[],
  isNamed: boolean,
): Promise<SharedNoteJson[][]> {
  const stretches = items.map(
    ({ item: { in_s, out_s }, clip }): ShownStretch => ({ clip_id: clip.clip_id, in_s, out_s }),
  );
  const rows = await selectNotesShown(deps, reader, stretches);
  // The policies say so, too: a link's reader makes no reels.
  const shown = rows.filter(({ visible_to, reply_to }) => visible_to === 'audience' && reply_to === null);
  return stretches.map((stretch) =>
    shown
      .filter((row) => liesIn(row, stretch))
      .map((row) => toSharedNote(row, isNamed))
      .filter(saysSomething),
  );
}
