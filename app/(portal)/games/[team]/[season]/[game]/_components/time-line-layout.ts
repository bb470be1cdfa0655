import type { PlayJson } from '#lib/plays/play-field-schemas.ts';

/** The kinds of event that a coach tells apart; each has a lane and a colour of its own. */
export const LANES = ['goals', 'shots', 'entries', 'puck', 'defence', 'stops'] as const;
export type Lane = (typeof LANES)[number];

const NAMES: Readonly<Record<Exclude<Lane, 'puck'>, readonly string[]>> = {
  goals: ['goal', 'assist', 'sogoal', 'penalty', 'penaltydrawn', 'delayed-penalty', 'penaltyshot'],
  shots: [
    ...['shot', 'shot-on-goal', 'missed-shot', 'failed-shot-attempt', 'soshot', 'shootout', 'chance', 'save'],
    'scoring chance',
  ],
  entries: [
    ...[
      'controlledentryagainst',
      'controlledbreakout',
      'dumpin',
      'dumpinagainst',
      'dumpout',
      'zone entry',
      'zone exit',
    ],
    'breakout',
  ],
  defence: ['block', 'blocked-shot', 'check', 'hit', 'pressure', 'takeaway', 'giveaway', 'receptionprevention'],
  stops: ['faceoff', 'whistle', 'stoppage', 'icing', 'offside', 'period-start', 'period-end', 'game-end'],
};
const LANE_OF: ReadonlyMap<string, Lane> = new Map(
  LANES.flatMap((lane) => (lane === 'puck' ? [] : NAMES[lane].map((name): [string, Lane] => [name, lane]))),
);
const STOPS_PLAY: ReadonlySet<string> = new Set(['whistle', 'stoppage', 'icing', 'offside', 'goal', 'penalty']);

export const laneOf = (name: string): Lane => LANE_OF.get(name.toLowerCase()) ?? 'puck';

/** A stretch of the line, from 0 to 1 of the whole. */
export interface Stretch {
  from: number;
  to: number;
}

/** A goal, with the score that it makes where that is known, or a penalty. */
export interface LineMark {
  play: PlayJson;
  at: number;
  kind: 'goal' | 'penalty';
  /** The goals of those who scored it, and of the others. */
  score: { own: number; other: number } | null;
}

export interface Line {
  periods: (Stretch & { period: number | null; isFilmed: boolean })[];
  /** Where each play lies, by its id. */
  places: ReadonlyMap<number, number>;
  stoppages: Stretch[];
  marks: LineMark[];
  /** How long the whole is. */
  lastsS: number;
}

/** The time of a play in its period: as the film shows it, stoppages included, or by the clock where no film does. */
function timesOf(plays: readonly PlayJson[]): { times: number[]; isFilmed: boolean } {
  const masters = new Set(plays.map(({ video }) => video?.master_id));
  const isOne = masters.size === 1 && !masters.has(undefined);
  const times = plays.map(({ video, clock_s: clockS }) => (isOne ? video?.at_s : clockS) ?? 0);
  return { times, isFilmed: plays.some(({ video }) => video !== null) };
}

/** From what stops play to the face-off after it. */
function stoppagesOf(plays: readonly PlayJson[], at: (play: PlayJson) => number): Stretch[] {
  const found: Stretch[] = [];
  let from: number | null = null;
  for (const play of plays) {
    if (play.name === 'faceoff' && from !== null) {
      found.push({ from, to: at(play) });
      from = null;
    } else if (STOPS_PLAY.has(play.name)) from ??= at(play);
  }
  return found;
}

/**
 * Goals and penalties, the goals with the score after each where all of them are there. A goal has a row of its own for those
 * who let it in, without a player.
 */
function marksOf(plays: readonly PlayJson[], at: (play: PlayJson) => number, isWhole: boolean): LineMark[] {
  const goals = new Map<string | null, number>();
  let all = 0;
  return plays.flatMap((play): LineMark[] => {
    if (play.player_id === null) return [];
    if (play.name === 'penalty') return [{ play, at: at(play), kind: 'penalty', score: null }];
    if (play.name !== 'goal') return [];
    const own = (goals.get(play.acting_team) ?? 0) + 1;
    goals.set(play.acting_team, own);
    all += 1;
    return [{ play, at: at(play), kind: 'goal', score: isWhole ? { own, other: all - own } : null }];
  });
}

/**
 * Puts a game's periods in a row, each as long as it lasted.
 * @param isWhole whether these are all plays of the game: a player sees some of its goals, which make no score.
 */
export function layOut(plays: readonly PlayJson[], isWhole: boolean): Line {
  const spans = [...Map.groupBy(plays, ({ period }) => period)].map(([period, own]) => {
    const { times, isFilmed } = timesOf(own);
    const first = times.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY);
    const last = times.reduce((most, time) => Math.max(most, time), 0);
    return { period, own, times, isFilmed, first, lastsS: Math.max(1, last - first) };
  });
  const lastsS = spans.reduce((sum, span) => sum + span.lastsS, 0) || 1;
  const places = new Map<number, number>();
  const line: Line = { periods: [], places, stoppages: [], marks: [], lastsS };
  const placeOf = ({ id }: PlayJson) => places.get(id) ?? 0;
  let begunS = 0;
  for (const { period, own, times, isFilmed, first, lastsS: ownS } of spans) {
    line.periods.push({ period, isFilmed, from: begunS / lastsS, to: (begunS + ownS) / lastsS });
    for (const [index, { id }] of own.entries()) places.set(id, (begunS + (times[index] ?? first) - first) / lastsS);
    line.stoppages.push(...stoppagesOf(own, placeOf));
    begunS += ownS;
  }
  line.marks = marksOf(plays, placeOf, isWhole);
  return line;
}

/** A place of the line within what is in view, from 0 to 1; outside of it beyond. */
export const inView = (at: number, { from, to }: Stretch): number => (at - from) / (to - from);

/** How much further a play of another lane lies, as a part of the view. */
const OTHER_LANE = 0.01;

/** The play that lies nearest to a place in view, those of the lane first. */
export function nearestPlay(
  plays: readonly PlayJson[],
  line: Line,
  view: Stretch,
  { at, lane }: { at: number; lane: Lane | undefined },
): PlayJson | null {
  let nearest: { play: PlayJson; far: number } | null = null;
  for (const play of plays) {
    const place = inView(line.places.get(play.id) ?? Number.POSITIVE_INFINITY, view);
    const far = Math.abs(place - at) + (laneOf(play.name) === lane ? 0 : OTHER_LANE);
    if (place >= 0 && place <= 1 && far < (nearest?.far ?? Number.POSITIVE_INFINITY)) nearest = { play, far };
  }
  return nearest?.play ?? null;
}
