import type { PlayJson } from '#lib/plays/play-field-schemas.ts';

/** The kinds of event that a coach tells apart; each has a lane and a colour of its own. */
export const LANES = ['goals', 'shots', 'entries', 'puck', 'defence', 'stops'] as const;
export type Lane = (typeof LANES)[number];

const NAMES: Readonly<Record<Exclude<Lane, 'puck'>, readonly string[]>> = {
  goals: ['goal', 'assist', 'sogoal', 'penalty', 'penaltydrawn', 'delayed-penalty', 'penaltyshot'],
  shots: ['shot', 'shot-on-goal', 'missed-shot', 'failed-shot-attempt', 'soshot', 'shootout', 'chance', 'save'],
  entries: [
    'controlledentryagainst',
    'controlledbreakout',
    'dumpin',
    'dumpinagainst',
    'dumpout',
    'zone entry',
    'zone exit',
  ],
  defence: ['block', 'blocked-shot', 'check', 'hit', 'pressure', 'takeaway', 'giveaway', 'receptionprevention'],
  stops: ['faceoff', 'whistle', 'stoppage', 'icing', 'offside', 'period-start', 'period-end', 'game-end'],
};
const LANE_OF: ReadonlyMap<string, Lane> = new Map(
  LANES.flatMap((lane) => (lane === 'puck' ? [] : NAMES[lane].map((name): [string, Lane] => [name, lane]))),
);

export const laneOf = (name: string): Lane => LANE_OF.get(name.toLowerCase()) ?? 'puck';

/** A play on the line: where it lies, from 0 to 1 of the whole. */
export interface Tick {
  play: PlayJson;
  at: number;
  lane: Lane;
}

/** The part of the line that a period has. */
export interface LinePeriod {
  period: number | null;
  from: number;
  to: number;
}

/** The time of a play in its period: as the film shows it, stoppages included, or by the clock where no film does. */
const timesOf = (plays: readonly PlayJson[]): number[] => {
  const masters = new Set(plays.map(({ video }) => video?.master_id));
  const isFilmed = masters.size === 1 && !masters.has(undefined);
  return plays.map(({ video, clock_s: clockS }) => (isFilmed ? video?.at_s : clockS) ?? 0);
};

/** Puts the plays of all periods in a row, each period as long as it lasted. */
export function layOut(plays: readonly PlayJson[]): { periods: LinePeriod[]; ticks: Tick[] } {
  const byPeriod = Map.groupBy(plays, ({ period }) => period);
  const spans = [...byPeriod].map(([period, own]) => {
    const times = timesOf(own);
    const first = times.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY);
    const last = times.reduce((most, time) => Math.max(most, time), 0);
    return { period, own, times, first, lasts: Math.max(1, last - first) };
  });
  const whole = spans.reduce((sum, { lasts }) => sum + lasts, 0) || 1;
  const periods: LinePeriod[] = [];
  const ticks: Tick[] = [];
  let begun = 0;
  for (const { period, own, times, first, lasts } of spans) {
    periods.push({ period, from: begun / whole, to: (begun + lasts) / whole });
    for (const [index, play] of own.entries())
      ticks.push({ play, at: (begun + (times[index] ?? first) - first) / whole, lane: laneOf(play.name) });
    begun += lasts;
  }
  return { periods, ticks };
}

/** The tick that lies nearest. */
export function nearestTick(ticks: readonly Tick[], at: number): Tick | null {
  let nearest: Tick | null = null;
  for (const tick of ticks) if (!nearest || Math.abs(tick.at - at) < Math.abs(nearest.at - at)) nearest = tick;
  return nearest;
}
