import { type Counted, countedOf, countIn, groupsIn, type SideOfTeam, sidesOf, valuesIn } from './play-count.ts';
import type { PlayFilter } from './play-field-schemas.ts';
import { entryRows } from './play-stats-entries.ts';
import { faceoffRows } from './play-stats-faceoffs.ts';
import type { PlayGroup } from './play-stats-repo.ts';
import type { IceTimeRow, PlayStatsJson } from './play-stats-schemas.ts';
import { shotRows } from './play-stats-shots.ts';
import { TELLS_OF_POSSESSION } from './play-stats-words.ts';

const tenths = (seconds: number): number => Math.round(seconds * 10) / 10;

/** Who was on the ice for a team's games, a row a player: of the team's own where any shift says so. */
function iceTimeRows(counted: Counted, team_code: string): IceTimeRow[] {
  const ids = valuesIn(counted, 'shifts', { team_code: [team_code] }, 'player_id');
  const rows = ids.map((player_id): IceTimeRow => {
    const cell = { team_code: [team_code], kind: ['shift'], player_id: [player_id] };
    const groups = groupsIn(counted, 'shifts', cell);
    const shifts = countIn(counted, 'shifts', cell);
    const total_s = groups.reduce((sum, { seconds }) => sum + seconds, 0);
    return {
      ...{ team_code, player_id, shifts, total_s: tenths(total_s), average_s: tenths(total_s / shifts.value) },
      side: groups.some(({ acting_team }) => acting_team === team_code) ? 'own' : 'opponent',
      player_name: groups.find(({ player_name }) => player_name !== null)?.player_name ?? null,
    };
  });
  const first = ({ side }: IceTimeRow) => (side === 'own' ? 0 : 1);
  return rows.toSorted((a, b) => first(a) - first(b) || b.total_s - a.total_s);
}

/**
 * The tables of statistics, made of groups of plays. Every number is counted by the very parameters that lead to its plays.
 * Two formats tell of the same plays: the tables are of one, the finest that there is.
 */
export function playStats(filter: PlayFilter, groups: readonly PlayGroup[]): PlayStatsJson {
  const of = (source: Counted['source']): Counted => countedOf(source, filter, groups);
  const sources = FINEST.flatMap((source) => {
    const plays = countIn(of(source), 'all', {});
    return plays.value === 0 ? [] : { source, plays };
  });
  const source = sources[0]?.source ?? null;
  if (source === null) return { source, sources, shots: [], entries: null, faceoffs: [], ice_time: null };
  const counted = of(source);
  const sides = sidesOf(counted);
  const ofSides = <Row>(rows: (counted: Counted, side: SideOfTeam) => Row[]) =>
    sides.flatMap((side) => rows(counted, side));
  const isTold = TELLS_OF_POSSESSION[source];
  return {
    ...{ source, sources },
    shots: ofSides(shotRows),
    entries: isTold ? ofSides(entryRows) : null,
    faceoffs: ofSides(faceoffRows),
    ice_time: isTold
      ? [...new Set(sides.map(({ team_code }) => team_code))].flatMap((team) => iceTimeRows(counted, team))
      : null,
  };
}

/** What tells most of a game comes first. */
const FINEST: readonly Counted['source'][] = ['playsequence', 'nhl', 'sportscode'];
