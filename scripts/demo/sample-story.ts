import { SAMPLE_PLAYERS, type SamplePeriod, type SamplePlayer } from './sample-clips.ts';
import type { SampleTeam } from './sample-roster.ts';

/** Why the whistle blows. */
export type RunEnd =
  | { kind: 'goal'; by: SamplePlayer }
  | { kind: 'penalty'; by: readonly SamplePlayer[]; drawnBy: SamplePlayer }
  | { kind: 'icing' | 'offside' | 'freeze'; team: SampleTeam }
  | { kind: 'period' };

/** From a face-off to the next whistle, in seconds of the master: between two runs the clock stands. */
export interface Run {
  fromS: number;
  toS: number;
  /** Where the puck is dropped: feet from centre ice, as the home team attacks. */
  dot: readonly [x: number, y: number];
  won: SampleTeam;
  /** Skaters of the home team, and of the other one; six, and the goalie is on the bench. */
  skaters: readonly [home: number, away: number];
  /** Sits in the penalty box. */
  away?: readonly SamplePlayer[];
  end: RunEnd;
}

const { lavallee, bergstrom, okafor, tremblay, kowalczyk, whitfield } = SAMPLE_PLAYERS;

const CENTRE = [0, 0] as const;
const EVEN = [5, 5] as const;

/** What happens in the sample game, as its clips show it: three goals of the home team, one of the other. */
export const SAMPLE_STORY: Readonly<Record<SamplePeriod, readonly Run[]>> = {
  1: [
    { fromS: 0, toS: 10.5, dot: CENTRE, won: 'MTL', skaters: EVEN, end: { kind: 'icing', team: 'CHI' } },
    {
      ...{ fromS: 12, toS: 23.5, dot: [69, 22], won: 'MTL', skaters: EVEN },
      end: { kind: 'penalty', by: [whitfield], drawnBy: lavallee },
    },
    {
      ...{ fromS: 25.6, toS: 36.9, dot: [69, -22], won: 'MTL', skaters: [5, 4], away: [whitfield] },
      end: { kind: 'goal', by: lavallee },
    },
    { fromS: 39.2, toS: 50.5, dot: CENTRE, won: 'CHI', skaters: EVEN, end: { kind: 'freeze', team: 'CHI' } },
    { fromS: 52.6, toS: 59.5, dot: [-69, 22], won: 'MTL', skaters: EVEN, end: { kind: 'period' } },
  ],
  2: [
    { fromS: 0, toS: 9, dot: CENTRE, won: 'CHI', skaters: EVEN, end: { kind: 'offside', team: 'MTL' } },
    { fromS: 10.6, toS: 18.4, dot: [20, -22], won: 'CHI', skaters: EVEN, end: { kind: 'goal', by: kowalczyk } },
    {
      ...{ fromS: 20.9, toS: 27.2, dot: CENTRE, won: 'MTL', skaters: EVEN },
      end: { kind: 'penalty', by: [tremblay], drawnBy: kowalczyk },
    },
    {
      ...{ fromS: 29.2, toS: 40.2, dot: [-69, 22], won: 'CHI', skaters: [4, 5], away: [tremblay] },
      end: { kind: 'freeze', team: 'CHI' },
    },
    {
      ...{ fromS: 41.8, toS: 47, dot: [-69, -22], won: 'MTL', skaters: [4, 5], away: [tremblay] },
      end: { kind: 'icing', team: 'CHI' },
    },
    { fromS: 48.4, toS: 59.6, dot: [69, 22], won: 'MTL', skaters: EVEN, end: { kind: 'period' } },
  ],
  3: [
    { fromS: 0, toS: 10.4, dot: CENTRE, won: 'CHI', skaters: EVEN, end: { kind: 'freeze', team: 'MTL' } },
    {
      ...{ fromS: 12, toS: 19.6, dot: [69, 22], won: 'CHI', skaters: EVEN },
      end: { kind: 'penalty', by: [whitfield, bergstrom], drawnBy: tremblay },
    },
    {
      ...{ fromS: 21.4, toS: 29.4, dot: [20, 22], won: 'MTL', skaters: [4, 4], away: [whitfield, bergstrom] },
      end: { kind: 'goal', by: okafor },
    },
    { fromS: 31.4, toS: 44, dot: CENTRE, won: 'CHI', skaters: EVEN, end: { kind: 'icing', team: 'MTL' } },
    { fromS: 46.2, toS: 56.8, dot: [-69, 22], won: 'CHI', skaters: [5, 6], end: { kind: 'goal', by: okafor } },
    { fromS: 58.4, toS: 59.9, dot: CENTRE, won: 'CHI', skaters: [5, 6], end: { kind: 'period' } },
  ],
};
