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
  /** Of each part all of its groups, and of each player in it (`placeOf`): a season has thousands of groups and of numbers. */
  places: ReadonlyMap<string, PlayGroup[]>;
}

const placeOf = (part: Part, player: string | null = null): string => (player === null ? part : `${part} ${player}`);

/** The groups of one format, put where they are looked for. */
export function countedOf(source: PlayFormat, filter: PlayFilter, all: readonly PlayGroup[]): Counted {
  const groups = all.filter((group) => group.source === source);
  const places = new Map<string, PlayGroup[]>();
  const put = (place: string, group: PlayGroup) => {
    const there = places.get(place);
    if (there) there.push(group);
    else places.set(place, [group]);
  };
  for (const group of groups) {
    put(placeOf(group.part), group);
    const player = group.player_id ?? group.named_ids;
    if (player !== null) put(placeOf(group.part, player), group);
  }
  return { source, filter, groups, places };
}

/** A team's own plays or those against it, as cells say them. */
export interface SideOfTeam {
  team_code: string;
  side: Side;
  acting_team: string[];
  /** Who acts on the other side. */
  others: string[];
}

/** Whether groups lie in a cell. */
function isIn({ rink, ...cell }: Cell): (group: PlayGroup) => boolean {
  const box = rink && rinkText(rink);
  const wanted = Object.entries(cell).map(
    ([name, values]) => [name as keyof Omit<Cell, 'rink'> & keyof PlayGroup, new Set<unknown>(values)] as const,
  );
  return (group) =>
    (box === undefined || group.rink === box) && wanted.every(([name, values]) => values.has(group[name]));
}

/** The groups of a part that lie in a cell. */
export function groupsIn({ places }: Counted, part: Part, cell: Cell): PlayGroup[] {
  const [player = null, ...others] = cell.player_id ?? cell.named_ids ?? [];
  const near = places.get(placeOf(part, others.length === 0 ? player : null)) ?? [];
  return near.filter(isIn(cell));
}

/** What a player is called in a part. */
export const nameIn = ({ places }: Counted, part: Part, player: string): string | null =>
  places.get(placeOf(part, player))?.find(({ player_name }) => player_name !== null)?.player_name ?? null;

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
