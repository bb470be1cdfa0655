import { sequenceCsv } from '#lib/plays/write-play-sequence.ts';
import { SAMPLE_GAME, SAMPLE_PERIODS, type SamplePeriod } from './sample-clips.ts';
import { type Dice, diceOf } from './sample-dice.ts';
import { endRun } from './sample-endings.ts';
import { drop, playUntil } from './sample-moves.ts';
import { Puck } from './sample-puck.ts';
import { createScribe, FPS, iceOf, type Lines, type Scribe } from './sample-rows.ts';
import { type Run, SAMPLE_STORY } from './sample-story.ts';

/** The vendor's own number of the game. */
const REFERENCE = '731204';
const SEED = 20031;
/** A goal takes so long to come about, and a whistle of another kind. */
const BUILD_UP_FRAMES = 100;
const SHORT_FRAMES = 45;

const framesOf = (seconds: number): number => Math.round(seconds * FPS);

/** Lines change with most whistles; whoever ends a run by name is of the first. */
const nextLines = ({ line, pair }: Lines, { end }: Run, dice: Dice): Lines => {
  if (end.kind === 'goal' || end.kind === 'penalty') return { line: 0, pair: 0 };
  return dice.isLucky(80) ? { line: line + 1, pair: pair + dice.between(0, 1) } : { line, pair };
};

/** Plays one run of the clock. @returns how many possessions there were before the next. */
function playRun(
  scribe: Scribe,
  dice: Dice,
  run: Run,
  about: { period: SamplePeriod; clockFrames: number; lines: Record<'MTL' | 'CHI', Lines>; nthPossession: number },
): number {
  const { period, lines } = about;
  const away = (run.away ?? []).map(({ playerId }) => playerId);
  const needed = run.end.kind === 'goal' ? run.end.by.playerId : null;
  const [home, visitors] = run.skaters;
  const ice = {
    MTL: iceOf('MTL', { ...lines.MTL, skaters: home, away, needed }),
    CHI: iceOf('CHI', { ...lines.CHI, skaters: visitors, away, needed }),
  };
  const [x, y] = run.dot;
  const [frame, last] = [framesOf(run.fromS), framesOf(run.toS)];
  const puck = new Puck(scribe, dice, { ...about, period, frame, ice, dot: { x, y }, won: run.won });
  drop(puck);
  playUntil(puck, last - (run.end.kind === 'goal' ? BUILD_UP_FRAMES : SHORT_FRAMES));
  endRun(puck, run.end, last);
  return puck.nth + 1;
}

/** What a play sequence is called. */
export const samplePlaysFilename = (): string => {
  const { gameDate, season, home, away, gameId } = SAMPLE_GAME;
  return `playsequence-${gameDate.replaceAll('-', '')}-NHL-${home}vs${away}-${season.replace('-', '')}-${gameId}.csv`;
};

/**
 * The play sequence of the sample game, the same one every time: its time codes are those that are burnt into the sample
 * masters. They last a minute a period, so it is brisk: two things a second where a real one has one.
 */
export function samplePlays(): string {
  const scribe = createScribe(REFERENCE);
  const dice = diceOf(SEED);
  let lines = { MTL: { line: 0, pair: 0 }, CHI: { line: 0, pair: 0 } };
  let nthPossession = 1;
  for (const period of SAMPLE_PERIODS) {
    let clockFrames = 0;
    for (const run of SAMPLE_STORY[period]) {
      lines = { MTL: nextLines(lines.MTL, run, dice), CHI: nextLines(lines.CHI, run, dice) };
      nthPossession = playRun(scribe, dice, run, { period, clockFrames, lines, nthPossession });
      clockFrames += framesOf(run.toS) - framesOf(run.fromS);
    }
  }
  return sequenceCsv(scribe.rows);
}
