import type { PlayFormat } from './play.ts';
import type { EntryKind } from './play-stats-schemas.ts';

/* What each format calls the plays that statistics count (formats of ADR 54). */

interface ShotWords {
  attempts: readonly string[];
  goals: readonly string[];
  /** Names that are on goal; of a play sequence its shorthand says so. */
  onGoal: readonly string[] | null;
}

const OF_SEQUENCES: ShotWords = { attempts: ['shot'], goals: ['goal'], onGoal: null };

/** A time line has the words of the file that it was made of. */
export const SHOT_WORDS: Readonly<Record<PlayFormat, ShotWords>> = {
  playsequence: OF_SEQUENCES,
  sportscode: OF_SEQUENCES,
  nhl: {
    attempts: ['shot-on-goal', 'missed-shot', 'blocked-shot', 'goal'],
    goals: ['goal'],
    onGoal: ['shot-on-goal', 'goal'],
  },
};

export const SHOT_NAMES: readonly string[] = [
  ...new Set(Object.values(SHOT_WORDS).flatMap(({ attempts, goals }) => [...attempts, ...goals])),
];

export const isOnGoal = (shorthand: string): boolean => /\bONNET\b/i.test(shorthand);

export const FACE_OFF_NAMES: readonly string[] = ['faceoff'];

/** An entry's or an exit's name; or how its shorthand begins, whatever it ends in (`DUMP IN+`), with these names left out. */
export const ENTRY_WORDS_OF: Readonly<Record<EntryKind, { name: string } | { shorthand: string }>> = {
  controlled_entry: { shorthand: 'CONTROLLED ENTRY INTO OZ' },
  dump_in: { name: 'dumpin' },
  controlled_exit: { shorthand: 'CONTROLLED EXIT FROM DZ' },
  controlled_breakout: { name: 'controlledbreakout' },
  dump_out: { name: 'dumpout' },
  entry_against: { name: 'controlledentryagainst' },
  dump_in_against: { name: 'dumpinagainst' },
};

const words = Object.values(ENTRY_WORDS_OF);
export const ENTRY_NAMES: readonly string[] = words.flatMap((word) => ('name' in word ? [word.name] : []));
export const ENTRY_WORDS: readonly string[] = words.flatMap((word) => ('shorthand' in word ? [word.shorthand] : []));

/** What tells of neither who is on the ice nor of entries. */
export const TELLS_OF_POSSESSION: Readonly<Record<PlayFormat, boolean>> = {
  playsequence: true,
  sportscode: true,
  nhl: false,
};
