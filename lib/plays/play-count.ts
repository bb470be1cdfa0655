import type { PlayFormat } from './play.ts';
import type { PlayFilter } from './play-field-schemas.ts';
import { type Cell, playQuery } from './play-query.ts';
import type { PlayGroup } from './play-stats-repo.ts';
import type { PlayCount, Side } from './play-stats-schemas.ts';
import { rinkText } from './rink-schemas.ts';

type Part = PlayGroup['part'];

/** The groups of one format's plays, and what they are under. */
export interface Counted {
  source: PlayFormat;
  filter: PlayFilter;
  groups: readonly PlayGroup[];
}

/** A team's own plays or those against it, as cells say them. */
export interface SideOfTeam {
  team_code: string;
  side: Side;
  acting_team: string[];
  /** Who acts on the other side. */
  others: string[];
}

const isIn = (group: PlayGroup, { rink, ...cell }: Cell): boolean =>
  (rink === undefined || group.rink === rinkText(rink)) &&
  Object.entries(cell).every(([name, values]) => {
    const value = group[name as keyof Omit<Cell, 'rink'> & keyof PlayGroup];
    return value !== null && values.includes(value);
  });

/** The groups of a part that lie in a cell. */
export const groupsIn = ({ groups }: Counted, part: Part, cell: Cell): PlayGroup[] =>
  groups.filter((group) => group.part === part && isIn(group, cell));

/** How many plays lie in a cell, with the parameters that list them. */
export function countIn(counted: Counted, part: Part, cell: Cell): PlayCount {
  const value = groupsIn(counted, part, cell).reduce((sum, { plays }) => sum + plays, 0);
  return { value, query: playQuery(counted.filter, { source: [counted.source], ...cell }) };
}

/** The values of a column that there are in a cell, sorted. */
export const valuesIn = (
  counted: Counted,
  part: Part,
  cell: Cell,
  column: 'name' | 'shorthand' | 'strength' | 'player_id' | 'named_ids',
): string[] => [...new Set(groupsIn(counted, part, cell).flatMap((group) => group[column] ?? []))].toSorted();

/** Own plays and the opponents', of each team: whoever acts is called by the team's code, or is another. */
export function sidesOf({ groups }: Counted): SideOfTeam[] {
  const teams = [...new Set(groups.flatMap(({ team_code }) => team_code ?? []))].toSorted();
  return teams.flatMap((team_code) => {
    const acting = groups.flatMap((group) => (group.team_code === team_code ? (group.acting_team ?? []) : []));
    const others = [...new Set(acting)].filter((team) => team !== team_code).toSorted();
    const own: SideOfTeam = { team_code, side: 'own', acting_team: [team_code], others };
    const opponent: SideOfTeam = { team_code, side: 'opponent', acting_team: others, others: [team_code] };
    return [own, ...(others.length > 0 ? [opponent] : [])];
  });
}

/** The cell of a side. */
export const cellOf = ({ team_code, acting_team }: SideOfTeam): Cell => ({ team_code: [team_code], acting_team });

/** A part of a whole, from 0 to 1, to a thousandth; `null` of nothing. */
export const rateOf = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 1000) / 1000;
