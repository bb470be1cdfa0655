/* A play sequence as a vendor writes it, with as many plays as a game has; nobody's own. */

const PERIODS = 3;
const RUNS_A_PERIOD = 20;
/** Of a period's film the clock runs for so much, and stands for so much; the rest is after the last whistle. */
const CLOCK_RUNS = 0.72;
const CLOCK_STANDS = 0.24;
const FRAMES_PER_S = 30;
const ROWS_A_POSSESSION = 5;
/** Ids of whoever wears number 1; the others' follow. */
const FIRST_IDS = { MTL: 8_480_000, CHI: 8_490_000 } as const;
type Team = keyof typeof FIRST_IDS;

/** What plays are called, the frequent ones more than once, with what each may be more exactly. */
const NAMES = [
  ...[
    'pass',
    'pass',
    'pass',
    'pass',
    'reception',
    'reception',
    'reception',
    'lpr',
    'lpr',
    'carry',
    'carry',
    'pressure',
  ],
  ...['check', 'block', 'shot', 'dumpin', 'dumpout', 'puckprotection', 'failedpasslocation', 'controlledbreakout'],
  ...['controlledentryagainst', 'receptionprevention'],
];
const TYPES = ['regular', 'stretch', 'rim', 'boards', 'slot', 'outside'];
const ZONES = ['oz', 'nz', 'dz'];
const OUTCOMES = ['successful', 'successful', 'failed', 'undetermined'];

/** Columns in a file's order; no reader wants those that are left empty here. */
const COLUMNS =
  'gameReferenceId,id,period,periodTime,gameTime,currentPossession,teamInPossession,currentPlayInPossession,isPossessionEvent,isDefensiveEvent,isPossessionBreaking,isLastPlayOfPossession,frame,timecode,shorthand,name,zone,type,outcome,flags,previousName,previousType,previousOutcome,xCoord,yCoord,xAdjCoord,yAdjCoord,scoreDifferential,manpowerSituation,teamSkatersOnIce,teamForwardsOnIceRefs,teamDefencemenOnIceRefs,teamGoalieOnIceRef,opposingTeamSkatersOnIce,opposingTeamForwardsOnIceRefs,opposingTeamDefencemenOnIceRefs,opposingTeamGoalieOnIceRef,team,playerJersey,playerPosition,playerFirstName,playerLastName,playerReferenceId,playZone,playSection,expectedGoalsOnNet,expectedGoalsAllShots'.split(
    ',',
  );

/** One of a list, the same for the same number and never in step with it. */
const oneOf = <T>(list: readonly T[], n: number, salt: number): T =>
  list[(Math.imul(n + 1, 2_654_435_761 + salt * 40_503) >>> 8) % list.length] as T;

const timecodeOf = (seconds: number): string => {
  const frames = Math.round(seconds * FRAMES_PER_S);
  const parts = [frames / 108_000, (frames / 1800) % 60, (frames / FRAMES_PER_S) % 60, frames % FRAMES_PER_S];
  return parts.map((part) => String(Math.floor(part)).padStart(2, '0')).join(':');
};

/** Who of a team is on the ice in a run: a line of three, a pair and the goalie. */
function onIceOf(team: Team, run: number): { forwards: number[]; defence: number[]; goalie: number } {
  const first = FIRST_IDS[team];
  const shift = team === 'MTL' ? run : run * 3 + 1;
  return {
    forwards: [0, 1, 2].map((n) => first + 1 + (shift % 4) * 3 + n),
    defence: [0, 1].map((n) => first + 13 + (shift % 3) * 2 + n),
    goalie: first + 19,
  };
}

/** Where a row stands: how many rows a run has, and how long it is by the clock. */
interface Place {
  n: number;
  period: number;
  run: number;
  inRun: number;
  isLast: boolean;
  clockS: number;
  videoS: number;
}

type Cells = Readonly<Record<string, string | number>>;

function whoCells(team: Team, other: Team, { n, run, inRun }: Place): Cells {
  // Half a run after the whistle lines change.
  const [own, against] = [team, other].map((each) => onIceOf(each, run * 2 + (inRun > 33 ? 1 : 0)));
  if (!own || !against) return {};
  const player = oneOf([...own.forwards, ...own.defence], n, 5);
  const jersey = player - FIRST_IDS[team];
  return {
    ...{ teamSkatersOnIce: 5, opposingTeamSkatersOnIce: run % 7 === 3 ? 4 : 5, team },
    ...{
      teamForwardsOnIceRefs: `\t${own.forwards.join(', ')}`,
      teamDefencemenOnIceRefs: `\t${own.defence.join(', ')}`,
    },
    ...{ teamGoalieOnIceRef: `${own.goalie}.0`, opposingTeamGoalieOnIceRef: `${against.goalie}.0` },
    opposingTeamForwardsOnIceRefs: `\t${against.forwards.join(', ')}`,
    opposingTeamDefencemenOnIceRefs: `\t${against.defence.join(', ')}`,
    ...{ playerJersey: `${jersey}.0`, playerPosition: jersey < 13 ? 'F' : 'D', playerReferenceId: `\t${player}.0` },
    ...{ playerFirstName: 'Player', playerLastName: `${team} ${jersey}` },
  };
}

function cellsOf(place: Place): Cells {
  const { n, period, inRun, isLast, clockS, videoS } = place;
  const when = {
    gameReferenceId: 98_765,
    id: n + 1,
    period,
    periodTime: clockS.toFixed(2),
    timecode: timecodeOf(videoS),
  };
  if (isLast) return { ...when, name: 'whistle' };
  const isMontreal = Math.floor(n / ROWS_A_POSSESSION) % 2 === 0;
  const [team, other]: [Team, Team] = isMontreal ? ['MTL', 'CHI'] : ['CHI', 'MTL'];
  const name = inRun === 0 ? 'faceoff' : n % 400 === 399 ? 'goal' : oneOf(NAMES, n, 1);
  const type = oneOf(TYPES, n, 2);
  const [x, y] = [(n * 37) % 179, (n * 53) % 81];
  return {
    ...{ ...when, name, type, shorthand: `${name} ${type}`.toUpperCase(), zone: oneOf(ZONES, n, 3) },
    ...{ outcome: oneOf(OUTCOMES, n, 4), xCoord: 89 - x, yCoord: 40 - y, xAdjCoord: x - 89, yAdjCoord: y - 40 },
    ...whoCells(team, other, place),
  };
}

const quoted = (cell: string | number): string => (String(cell).includes(',') ? `"${cell}"` : String(cell));

/** A play sequence of so many rows, all of them seen in three masters that are so long. */
export function gameFile(rows: number, masterS: number): string {
  const inRuns = rows / (PERIODS * RUNS_A_PERIOD);
  const lines = Array.from({ length: rows }, (_, n) => {
    const nth = Math.floor(n / inRuns);
    const [period, run] = [1 + Math.floor(nth / RUNS_A_PERIOD), nth % RUNS_A_PERIOD];
    const first = Math.ceil(nth * inRuns);
    const length = Math.ceil((nth + 1) * inRuns) - first;
    const inRun = n - first;
    const clockS = ((run + inRun / length) * CLOCK_RUNS * masterS) / RUNS_A_PERIOD;
    const videoS = clockS + (run * CLOCK_STANDS * masterS) / RUNS_A_PERIOD;
    const cells = cellsOf({ n, period, run, inRun, isLast: inRun === length - 1, clockS, videoS });
    return COLUMNS.map((column) => quoted(cells[column] ?? '')).join(',');
  });
  return `${[COLUMNS.join(','), ...lines].join('\n')}\n`;
}
