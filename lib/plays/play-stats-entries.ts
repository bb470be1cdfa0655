import { type Counted, cellOf, countIn, rateOf, type SideOfTeam, valuesIn } from './play-count.ts';
import type { Cell } from './play-query.ts';
import { ENTRY_KINDS, type EntriesRow, type EntryKind } from './play-stats-schemas.ts';
import { ENTRY_WORDS_OF } from './play-stats-words.ts';

/** What is counted as one kind, as a filter says it: a name, or the shorthands that there are with their names. */
function cellOfKind(counted: Counted, kind: EntryKind): Cell | null {
  const words = ENTRY_WORDS_OF[kind];
  if ('name' in words) return { name: [words.name] };
  const shorthand = valuesIn(counted, 'entries', {}, 'shorthand').filter((said) =>
    said.toUpperCase().startsWith(words.shorthand),
  );
  // The other side's row of the same entry has a name of its own.
  const name = valuesIn(counted, 'entries', { shorthand }, 'name').filter((each) => !each.endsWith('against'));
  return name.length === 0 ? null : { shorthand, name };
}

/** Entries and exits of a side, of the kinds that the files tell of. */
export function entryRows(counted: Counted, side: SideOfTeam): EntriesRow[] {
  return ENTRY_KINDS.flatMap((kind) => {
    const words = cellOfKind(counted, kind);
    if (words === null) return [];
    const cell = { ...cellOf(side), ...words };
    const total = countIn(counted, 'entries', cell);
    if (total.value === 0) return [];
    const [successful, failed] = (['successful', 'failed'] as const).map((outcome) =>
      countIn(counted, 'entries', { ...cell, outcome: [outcome] }),
    ) as [EntriesRow['successful'], EntriesRow['failed']];
    const rate = rateOf(successful.value, successful.value + failed.value);
    return { team_code: side.team_code, side: side.side, kind, total, successful, failed, rate };
  });
}
