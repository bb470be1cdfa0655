import type { Puck } from './sample-puck.ts';
import type { Zone } from './sample-rink.ts';
import { otherTeam, type RosterSpot } from './sample-roster.ts';

/* What is done with the puck, as rows tell it: by who has it, and mirrored by who wants it. */

const SUCCESS = { outcome: 'successful' } as const;
const FAILURE = { outcome: 'failed' } as const;

/** Picks up a puck that nobody has. */
function pickUp(puck: Puck, type: string): void {
  puck.write({ name: 'lpr', shorthand: `LPR IN ${puck.zoneTold}`, player: puck.carrier, type, ...SUCCESS });
}

function press(puck: Puck): void {
  puck.write({ name: 'pressure', shorthand: 'PRESSURE', player: puck.defender(), isDefensive: true, ...FAILURE });
}

export function pass(
  puck: Puck,
  type: string,
  forwards: number,
  to = puck.anyOf(puck.team, undefined, puck.carrier),
): void {
  puck.write({ name: 'pass', shorthand: `${puck.zoneTold} PASS`, player: puck.carrier, type, ...SUCCESS });
  if (puck.dice.isLucky(35)) press(puck);
  puck.wait(5, 11);
  puck.move(forwards, puck.sideways());
  puck.carrier = to;
  puck.write({ name: 'reception', shorthand: `${puck.zoneTold} RECEPTION`, player: to, type, ...SUCCESS });
}

const LOSSES = { failedpasslocation: 'FAILED PASS', block: 'PASS BLOCK', check: 'STICK CHECK' } as const;

/** The other team takes it. */
export function lose(puck: Puck, how: keyof typeof LOSSES): void {
  const thief = puck.defender();
  const deed = { name: how, shorthand: LOSSES[how] };
  if (how === 'failedpasslocation') puck.write({ ...deed, player: puck.carrier, ...FAILURE });
  else puck.write({ ...deed, player: thief, isDefensive: true, ...SUCCESS });
  puck.wait(6, 12);
  puck.turnOver(thief);
  pickUp(puck, 'contested');
}

export function enter(puck: Puck, isSure: boolean): void {
  puck.move(Math.max(12, 30 - puck.forwards), puck.sideways() / 2);
  const isDone = isSure || puck.dice.isLucky(75);
  const [own, others] = isDone ? [SUCCESS, FAILURE] : [FAILURE, SUCCESS];
  puck.write({ name: 'carry', shorthand: 'CONTROLLED ENTRY INTO OZ', player: puck.carrier, ...own });
  const against = { name: 'controlledentryagainst', shorthand: 'CONTROLLED ENTRY AGAINST', isDefensive: true };
  puck.write({ ...against, player: puck.defender('D'), ...others });
  if (!isDone) lose(puck, 'check');
}

function dumpIn(puck: Puck): void {
  const { dice, team, carrier } = puck;
  const isKept = dice.isLucky(40);
  const chaser = isKept ? puck.anyOf(team, 'F', carrier) : puck.defender('D');
  const outcome = isKept ? SUCCESS : FAILURE;
  puck.write({ name: 'dumpin', shorthand: isKept ? 'DUMP IN+' : 'DUMP IN-', player: carrier, ...outcome });
  const against = { name: 'dumpinagainst', shorthand: 'DUMP IN AGAINST', isDefensive: true };
  puck.write({ ...against, player: puck.defender('D') });
  puck.wait(14, 24);
  puck.place(92, dice.pick([-30, 30]));
  if (isKept) puck.carrier = chaser;
  else puck.turnOver(chaser);
  pickUp(puck, 'dumpin');
}

export function shoot(puck: Puck, isOnNet: boolean): void {
  const isSlot = Math.abs(puck.at.x) > 54 && Math.abs(puck.at.y) < 22;
  const shorthand = `${isSlot ? 'SLOT SHOT' : 'OUTSIDE SHOT'} FOR ${isOnNet ? 'ONNET' : 'OFFNET'}`;
  const type = isSlot ? 'slot' : 'outside';
  puck.write({ name: 'shot', shorthand, player: puck.carrier, type, ...(isOnNet ? SUCCESS : FAILURE) });
}

function shootAndSee(puck: Puck): void {
  const { dice } = puck;
  const isBlocked = dice.isLucky(30);
  shoot(puck, !isBlocked && dice.isLucky(65));
  puck.wait(5, 9);
  if (isBlocked) {
    puck.write({ name: 'block', shorthand: 'SHOT BLOCK', player: puck.defender(), isDefensive: true, ...SUCCESS });
  }
  puck.move(dice.between(4, 14), puck.sideways());
  if (dice.isLucky(35)) puck.carrier = puck.anyOf(puck.team, 'F', puck.carrier);
  else puck.turnOver(puck.defender('D'));
  pickUp(puck, 'rebound');
}

function protect(puck: Puck): void {
  const shorthand = `PUCK PROTECTION IN ${puck.zoneTold}`;
  puck.write({ name: 'puckprotection', shorthand, player: puck.carrier, ...SUCCESS });
  press(puck);
  puck.wait(4, 9);
  puck.move(puck.dice.between(-6, 10), puck.sideways() / 2);
}

function breakOut(puck: Puck): void {
  puck.move(Math.max(14, -18 - puck.forwards), puck.sideways());
  puck.write({ name: 'controlledbreakout', shorthand: 'CONTROLLED EXIT FROM DZ', player: puck.carrier, ...SUCCESS });
}

function dumpOut(puck: Puck): void {
  puck.write({ name: 'dumpout', shorthand: 'DUMP OUT FROM DZ', player: puck.carrier, ...SUCCESS });
  puck.wait(10, 18);
  puck.move(70, puck.sideways());
  puck.turnOver(puck.defender('D'));
  pickUp(puck, 'uncontested');
}

/** The puck is dropped: a row of nobody, one of who won it, and one of who lost. */
export function drop(puck: Puck): void {
  const { team, ice } = puck;
  const own = puck.zone;
  const theirs: Zone = own === 'nz' ? 'nz' : own === 'oz' ? 'dz' : 'oz';
  const centreOf = (of: typeof team): RosterSpot => ice[of].forwards[0] ?? puck.anyOf(of);
  puck.write({ name: 'faceoff', shorthand: 'Face-Off', player: null }, false);
  const won = { name: 'faceoff', shorthand: `${own.toUpperCase()} FACE OFF+`, player: centreOf(team) };
  puck.write({ ...won, ...SUCCESS });
  const lost = { name: 'faceoff', shorthand: `${theirs.toUpperCase()} FACE OFF-`, player: centreOf(otherTeam(team)) };
  puck.write({ ...lost, ...FAILURE });
  puck.wait(8, 14);
  puck.move(-14, puck.sideways() / 2);
  puck.carrier = puck.anyOf(team, 'D');
  pickUp(puck, 'faceoff');
}

type Move = (puck: Puck) => void;

/** Passes of a type, so many feet forwards. */
const passing =
  (type: string, from: number, to: number): Move =>
  (puck) =>
    pass(puck, type, puck.dice.between(from, to));
const passingBack =
  (from: number, to: number): Move =>
  (puck) =>
    pass(puck, 'd2d', puck.dice.between(from, to), puck.anyOf(puck.team, 'D', puck.carrier));
const losing =
  (how: keyof typeof LOSSES): Move =>
  (puck) =>
    lose(puck, how);
const entering: Move = (puck) => enter(puck, false);

/** What is done in each zone, the more often the more places it has. */
const HABITS: Readonly<Record<Zone, readonly [Move, ...Move[]]>> = {
  dz: [
    passing('outlet', 25, 45),
    ...[passing('outlet', 20, 40), breakOut, breakOut, passingBack(-4, 4), protect, dumpOut],
    losing('failedpasslocation'),
  ],
  nz: [entering, entering, dumpIn, passing('regular', 8, 26), passing('stretch', 18, 34), losing('block')],
  oz: [
    passing('regular', -12, 16),
    ...[passing('slot', 6, 22), passingBack(-16, 2), protect, shootAndSee, shootAndSee],
    ...[losing('block'), losing('check')],
  ],
};

/** Goes on until about then. */
export function playUntil(puck: Puck, lastFrame: number): void {
  for (;;) {
    puck.wait(6, 13);
    if (puck.frame >= lastFrame) return;
    puck.dice.pick(HABITS[puck.zone])(puck);
  }
}
