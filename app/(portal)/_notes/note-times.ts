import type { NoteJson } from '#lib/notes/note-schemas.ts';

type Timed = Pick<NoteJson, 'at_s' | 'hold_s' | 'reply_to'>;

/** A step of playing that is longer was a jump. */
const LONGEST_STEP_S = 1;
/** How near to a note's moment a standing picture is the note's. */
const NEAR_S = 0.1;
/** How long what holds nothing is seen while the film plays on. */
export const SEEN_S = 2;

/** The notes that the film comes to on its way: those of the earliest moment there. */
export function reachedNotes<Note extends Timed>(notes: readonly Note[], fromS: number, toS: number): Note[] {
  if (toS <= fromS || toS - fromS > LONGEST_STEP_S) return [];
  const reached = notes.filter(
    (note) => note.reply_to === null && note.hold_s > 0 && note.at_s > fromS && note.at_s <= toS,
  );
  const firstS = Math.min(...reached.map(({ at_s }) => at_s));
  return reached.filter(({ at_s }) => at_s - firstS < NEAR_S);
}

/** The notes that are seen at a moment, while nothing is held. */
export const seenNotes = <Note extends Timed>(notes: readonly Note[], atS: number, isPaused: boolean): Note[] =>
  notes.filter(({ reply_to, at_s, hold_s }) => {
    if (reply_to !== null) return false;
    if (isPaused) return Math.abs(atS - at_s) < NEAR_S;
    return hold_s === 0 && atS >= at_s && atS < at_s + SEEN_S;
  });
