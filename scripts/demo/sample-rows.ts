import type { SequenceRow } from '#lib/plays/write-play-sequence.ts';
import type { SamplePeriod } from './sample-clips.ts';
import { expectedGoals, type Spot, sectionOf, zoneOf } from './sample-rink.ts';
import { otherTeam, type RosterSpot, SAMPLE_BENCHES, type SampleTeam } from './sample-roster.ts';

/** Frames of a play sequence's time code, and of the sample masters. */
export const FPS = 30;
/** The number of the first frame of each period is the vendor's own. */
const FIRST_FRAME = 3758;
const LEAGUE_PERIOD_S = 1200;

/** Which line and which pair of a team is on. */
export interface Lines {
  line: number;
  pair: number;
}

export interface OnIce {
  forwards: readonly RosterSpot[];
  defence: readonly RosterSpot[];
  goalie: RosterSpot | null;
}

/** One thing that happens. */
export interface Deed {
  name: string;
  shorthand: string;
  /** Nobody's: a whistle, the drop of the puck. */
  player: RosterSpot | null;
  at: Spot;
  type?: string;
  outcome?: 'successful' | 'failed' | 'undetermined';
  isDefensive?: boolean;
}

/** When, and who is there. */
export interface Scene {
  frame: number;
  clockFrames: number;
  ice: Readonly<Record<SampleTeam, OnIce>>;
  possession: { nth: number; team: SampleTeam; play: number } | null;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** `HH:MM:SS:FF`, as it is burnt into the sample masters. */
const timecodeOfFrame = (frame: number): string => {
  const seconds = Math.floor(frame / FPS);
  return `00:${two(Math.floor(seconds / 60))}:${two(seconds % 60)}:${two(frame % FPS)}`;
};

const idsOf = (players: readonly RosterSpot[]): string =>
  players.length === 0 ? '' : `\t${players.map(({ playerId }) => playerId).join(', ')}`;

const skatersOf = ({ forwards, defence }: OnIce): number => forwards.length + defence.length;

/** A goalie who made room for a skater gives nobody a power play. */
const strengthOf = (own: OnIce, other: OnIce): string => {
  const [more, less] = [own, other].map((ice) => Math.min(5, skatersOf(ice)));
  if (more === less || more === undefined || less === undefined) return 'evenStrength';
  return more > less ? 'powerPlay' : 'shortHanded';
};

function teamCells(team: SampleTeam, { ice }: Scene): SequenceRow {
  const [own, other] = [ice[team], ice[otherTeam(team)]];
  return {
    manpowerSituation: strengthOf(own, other),
    teamSkatersOnIce: String(skatersOf(own)),
    teamForwardsOnIceRefs: idsOf(own.forwards),
    teamDefencemenOnIceRefs: idsOf(own.defence),
    teamGoalieOnIceRef: own.goalie?.playerId ?? '',
    opposingTeamSkatersOnIce: String(skatersOf(other)),
    opposingTeamForwardsOnIceRefs: idsOf(other.forwards),
    opposingTeamDefencemenOnIceRefs: idsOf(other.defence),
    opposingTeamGoalieOnIceRef: other.goalie?.playerId ?? '',
    team,
  };
}

function playerCells({ name, playerId, jersey, position }: RosterSpot): SequenceRow {
  const [first = '', ...last] = name.split(' ');
  return {
    ...{ playerJersey: String(jersey), playerPosition: position, playerReferenceId: playerId },
    ...{ playerFirstName: first, playerLastName: last.join(' ') },
  };
}

const feet = (value: number): string => (Math.round(value * 4) / 4 + 0).toFixed(2);
const mirrored = ({ x, y }: Spot, by: number): Spot => ({ x: x * by, y: y * by });

function placeCells({ name, at }: Deed, team: SampleTeam, homeSide: 1 | -1): SequenceRow {
  const own = mirrored(at, team === 'MTL' ? 1 : -1);
  const ice = mirrored(at, homeSide);
  const expected = name === 'shot' || name === 'goal' ? expectedGoals(own).toFixed(4) : '';
  return {
    ...{ xCoord: feet(ice.x), yCoord: feet(ice.y), xAdjCoord: feet(own.x), yAdjCoord: feet(own.y) },
    ...{ zone: zoneOf(own), playZone: zoneOf(own), playSection: sectionOf(own) },
    ...{ expectedGoalsOnNet: expected, expectedGoalsAllShots: expected },
  };
}

/** Writes down what happens, row by row, as the vendor of play sequences does. */
export function createScribe(reference: string) {
  const rows: SequenceRow[] = [];
  const goals: Record<SampleTeam, number> = { MTL: 0, CHI: 0 };
  let previous: SequenceRow = {};
  return {
    rows,
    goals,
    write(period: SamplePeriod, scene: Scene, deed: Deed): void {
      const { name, shorthand, player, type = '', outcome = '', isDefensive = false } = deed;
      const { frame, clockFrames, possession } = scene;
      const team = player?.team;
      const clockS = clockFrames / FPS;
      // Teams change ends after each period.
      const side = period % 2 === 1 ? 1 : -1;
      const row: SequenceRow = {
        ...{ gameReferenceId: reference, id: String(rows.length + 1), period: String(period) },
        ...{ periodTime: clockS.toFixed(3), gameTime: ((period - 1) * LEAGUE_PERIOD_S + clockS).toFixed(3) },
        ...{ currentPossession: possession ? String(possession.nth) : '', teamInPossession: possession?.team ?? '' },
        currentPlayInPossession: possession ? String(possession.play) : '',
        isPossessionEvent: possession && possession.team === team && !isDefensive ? '1' : '0',
        isDefensiveEvent: isDefensive ? '1' : '0',
        ...{ frame: String(FIRST_FRAME + frame), timecode: timecodeOfFrame(frame), shorthand, name, type, outcome },
        ...{ previousName: previous.name ?? '', previousType: previous.type ?? '' },
        previousOutcome: previous.outcome ?? '',
        ...(team && placeCells(deed, team, side)),
        ...(team && { ...teamCells(team, scene), scoreDifferential: String(goals[team] - goals[otherTeam(team)]) }),
        ...(player && playerCells(player)),
      };
      rows.push(row);
      previous = row;
      if (name === 'goal' && team) goals[team] += 1;
    },
  };
}
export type Scribe = ReturnType<typeof createScribe>;

/**
 * Who is on the ice of a team: a line and a pair, filled up from the next, without those in the penalty box.
 * @param needed whoever is to be there, when not all of a line are.
 */
export function iceOf(
  team: SampleTeam,
  { line, pair, skaters, away, needed }: Lines & { skaters: number; away: readonly string[]; needed: string | null },
): OnIce {
  const { forwards, defence, goalie } = SAMPLE_BENCHES[team];
  const inOrder = <T>(lines: readonly T[], first: number): T[] =>
    lines.map((_, index) => lines[(first + index) % lines.length]).flatMap((each) => each ?? []);
  const present = (players: readonly RosterSpot[]) => players.filter(({ playerId }) => !away.includes(playerId));
  const onDefence = present(inOrder(defence, pair).flat()).slice(0, 2);
  return {
    defence: onDefence,
    forwards: present(inOrder(forwards, line).flat())
      .toSorted((a, b) => Number(b.playerId === needed) - Number(a.playerId === needed))
      .slice(0, skaters - onDefence.length),
    goalie: skaters > 5 ? null : goalie,
  };
}
