import { type Counted, cellOf, countIn, type SideOfTeam, valuesIn } from './play-count.ts';
import type { Cell } from './play-query.ts';
import { AREA_NAMES, type PlayCount, type ShotsRow } from './play-stats-schemas.ts';
import { isOnGoal, SHOT_WORDS } from './play-stats-words.ts';
import { RINK_AREAS } from './rink-schemas.ts';

/** Shots on goal: by their names, or by what shorthands say; `null` where nothing does. */
function onGoalIn(counted: Counted, cell: Cell): PlayCount | null {
  const { attempts, onGoal } = SHOT_WORDS[counted.source];
  if (onGoal) return countIn(counted, 'shots', { ...cell, name: [...onGoal] });
  const said = valuesIn(counted, 'shots', { name: [...attempts] }, 'shorthand').filter(isOnGoal);
  return said.length === 0 ? null : countIn(counted, 'shots', { ...cell, name: [...attempts], shorthand: said });
}

function rowOf(counted: Counted, side: SideOfTeam, row: Pick<ShotsRow, 'by' | 'key'>, narrower: Cell): ShotsRow {
  const { attempts, goals } = SHOT_WORDS[counted.source];
  const cell = { ...cellOf(side), ...narrower };
  return {
    ...{ team_code: side.team_code, side: side.side, ...row },
    attempts: countIn(counted, 'shots', { ...cell, name: [...attempts] }),
    on_goal: onGoalIn(counted, cell),
    goals: countIn(counted, 'shots', { ...cell, name: [...goals] }),
  };
}

const hasPlays = ({ attempts, goals }: ShotsRow): boolean => attempts.value + goals.value > 0;

/** Shots and goals of a side: all, and by strength and area where there are any. */
export function shotRows(counted: Counted, side: SideOfTeam): ShotsRow[] {
  const strengths = valuesIn(counted, 'shots', cellOf(side), 'strength');
  const narrower = [
    ...strengths.map((key) => rowOf(counted, side, { by: 'strength', key }, { strength: [key] })),
    ...AREA_NAMES.map((key) => rowOf(counted, side, { by: 'area', key }, { rink: RINK_AREAS[key] })),
  ];
  return [rowOf(counted, side, { by: 'all', key: null }, {}), ...narrower.filter(hasPlays)];
}
