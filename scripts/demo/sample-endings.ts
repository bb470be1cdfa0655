import type { SamplePlayer } from './sample-clips.ts';
import { enter, lose, pass, shoot } from './sample-moves.ts';
import type { Puck } from './sample-puck.ts';
import { otherTeam, type SampleTeam } from './sample-roster.ts';
import { FPS } from './sample-rows.ts';
import type { RunEnd } from './sample-story.ts';

/** Sees to it that this team has the puck. */
function giveTo(puck: Puck, team: SampleTeam): void {
  if (puck.team !== team) lose(puck, 'check');
}

/** A goal, and how it came about: an entry, a pass across, a shot from the slot. */
function score(puck: Puck, by: SamplePlayer, atFrame: number): void {
  const scorer = puck.skater(by) ?? puck.anyOf(by.team);
  giveTo(puck, by.team);
  const helper = puck.anyOf(by.team, 'F', scorer);
  const first = puck.anyOf(by.team, 'D');
  if (puck.carrier !== first) pass(puck, 'regular', puck.zone === 'oz' ? -6 : 14, first);
  puck.wait(4, 8);
  pass(puck, 'regular', puck.zone === 'dz' ? 40 : 10, helper);
  puck.wait(4, 8);
  if (puck.zone !== 'oz') enter(puck, true);
  puck.wait(4, 8);
  puck.place(62, puck.at.y);
  pass(puck, 'slot', 14, scorer);
  puck.place(puck.dice.between(72, 80), puck.dice.between(-12, 12));
  puck.frame = atFrame;
  shoot(puck, true);
  puck.write({ name: 'goal', shorthand: 'GOAL', player: scorer, type: 'slot', outcome: 'successful' });
  puck.write({ name: 'goal', shorthand: 'GOAL', player: null }, false);
  for (const player of [helper, first]) {
    puck.write({ name: 'assist', shorthand: 'ASSIST', player, outcome: 'successful' });
  }
}

/** Penalties of one moment. */
function penalise(puck: Puck, by: readonly SamplePlayer[], drawnBy: SamplePlayer, atFrame: number): void {
  puck.frame = atFrame;
  for (const player of by.flatMap((each) => puck.skater(each) ?? [])) {
    puck.write({ name: 'penalty', shorthand: 'PENALTY', player, outcome: 'failed' });
  }
  const player = puck.skater(drawnBy);
  puck.write({ name: 'penaltydrawn', shorthand: 'PENALTY DRAWN', player, outcome: 'successful' });
}

/** Something of this team that the whistle is blown for. */
function offend(puck: Puck, kind: 'icing' | 'offside' | 'freeze', of: SampleTeam, atFrame: number): void {
  giveTo(puck, of);
  puck.frame = Math.max(puck.frame, atFrame - FPS);
  if (kind === 'icing') {
    puck.place(-40, puck.at.y);
    puck.write({ name: 'dumpout', shorthand: 'DUMP OUT FROM DZ', player: puck.carrier, outcome: 'failed' });
  } else if (kind === 'offside') puck.place(26, puck.at.y);
  else {
    puck.place(puck.dice.between(58, 78), puck.dice.between(-20, 20));
    shoot(puck, true);
  }
  puck.frame = atFrame;
  const { goalie } = puck.ice[otherTeam(of)];
  if (kind !== 'freeze') {
    puck.write({ name: kind, shorthand: kind.toUpperCase(), player: puck.carrier, outcome: 'failed' });
  } else if (goalie) {
    puck.place(88, 0);
    const freeze = { name: 'reception', shorthand: 'GOALIE FREEZE', player: goalie, isDefensive: true };
    puck.write({ ...freeze, outcome: 'successful' });
  }
}

/** What a run of the clock ends with, and the whistle. */
export function endRun(puck: Puck, end: RunEnd, atFrame: number): void {
  if (end.kind === 'goal') score(puck, end.by, atFrame);
  else if (end.kind === 'penalty') penalise(puck, end.by, end.drawnBy, atFrame);
  else if (end.kind !== 'period') offend(puck, end.kind, end.team, atFrame);
  puck.frame = atFrame;
  puck.write({ name: 'whistle', shorthand: 'Whistle', player: null }, false);
}
