import type { SamplePeriod, SamplePlayer } from './sample-clips.ts';
import type { Dice } from './sample-dice.ts';
import { onIce, type Spot, type Zone, zoneOf } from './sample-rink.ts';
import { otherTeam, type RosterSpot, type SampleTeam } from './sample-roster.ts';
import { type Deed, FPS, type OnIce, type Scene, type Scribe } from './sample-rows.ts';

/** What a run of the clock begins with. */
export interface Beginning {
  period: SamplePeriod;
  frame: number;
  clockFrames: number;
  ice: Record<SampleTeam, OnIce>;
  dot: Spot;
  won: SampleTeam;
  nthPossession: number;
}

const skatersOf = ({ forwards, defence }: OnIce): RosterSpot[] => [...forwards, ...defence];

/** The puck under way from a face-off on: who has it, where, and all that is done with it, one deed after the other. */
export function createShift(scribe: Scribe, dice: Dice, { period, ice, ...begin }: Beginning) {
  const frameZero = begin.frame;
  let frame = begin.frame;
  let team = begin.won;
  let nth = begin.nthPossession;
  let play = 0;
  let puck: Spot = begin.dot;
  let carrier = anyOf(team);

  /** Somebody else of the team who is on the ice. */
  function anyOf(of: SampleTeam, position?: RosterSpot['position'], but?: RosterSpot): RosterSpot {
    const others = skatersOf(ice[of]).filter((player) => player !== but && (!position || player.position === position));
    const [first, ...rest] = others.length > 0 ? others : skatersOf(ice[of]);
    if (!first) throw new Error(`Nobody of ${of} is on the ice.`);
    return dice.pick([first, ...rest]);
  }

  const scene = (hasPuck = true): Scene => ({
    ...{ frame, ice, clockFrames: begin.clockFrames + frame - frameZero },
    possession: hasPuck ? { nth, team, play } : null,
  });
  const write = (deed: Omit<Deed, 'at'> & { at?: Spot }, hasPuck = true) => {
    play += 1;
    scribe.write(period, scene(hasPuck), { at: puck, ...deed });
  };
  /** As the team that has the puck sees it: towards +x. */
  const sign = () => (team === 'MTL' ? 1 : -1);
  const zone = (): Zone => zoneOf({ x: puck.x * sign(), y: puck.y });
  const isIn = (where: Zone) => zone() === where;
  const move = (forwards: number, sideways: number) => {
    puck = onIce({ x: puck.x + forwards * sign(), y: puck.y + sideways });
  };
  const turnOver = (to: RosterSpot) => {
    ({ team } = to);
    nth += 1;
    play = 0;
    carrier = to;
  };
  const wait = (from: number, to: number) => {
    frame += dice.between(from, to);
  };
  const sideways = () => dice.between(-18, 18);
  const defender = () => anyOf(otherTeam(team));
  const upper: Record<Zone, string> = { oz: 'OZ', nz: 'NZ', dz: 'DZ' };

  const pass = (type: string, forwards: number, to = anyOf(team, undefined, carrier)) => {
    write({ name: 'pass', shorthand: `${upper[zone()]} PASS`, player: carrier, type, outcome: 'successful' });
    if (dice.isLucky(35)) {
      write({ name: 'pressure', shorthand: 'PRESSURE', player: defender(), isDefensive: true, outcome: 'failed' });
    }
    wait(5, 11);
    move(forwards, sideways());
    carrier = to;
    write({ name: 'reception', shorthand: `${upper[zone()]} RECEPTION`, player: to, type, outcome: 'successful' });
  };
  const losePuck = (how: 'failedpasslocation' | 'block' | 'check') => {
    const thief = defender();
    const shorthand = { failedpasslocation: 'FAILED PASS', block: 'PASS BLOCK', check: 'STICK CHECK' }[how];
    if (how === 'failedpasslocation') write({ name: how, shorthand, player: carrier, outcome: 'failed' });
    else write({ name: how, shorthand, player: thief, isDefensive: true, outcome: 'successful' });
    wait(6, 12);
    turnOver(thief);
    write({
      name: 'lpr',
      shorthand: `LPR IN ${upper[zone()]}`,
      player: thief,
      type: 'contested',
      outcome: 'successful',
    });
  };
  const enter = (isSure: boolean) => {
    move(Math.max(12, 30 - puck.x * sign()), sideways() / 2);
    const isDone = isSure || dice.isLucky(75);
    const outcome = isDone ? 'successful' : 'failed';
    write({ name: 'carry', shorthand: 'CONTROLLED ENTRY INTO OZ', player: carrier, outcome });
    write({
      ...{ name: 'controlledentryagainst', shorthand: 'CONTROLLED ENTRY AGAINST', player: anyOf(otherTeam(team), 'D') },
      ...{ isDefensive: true, outcome: isDone ? 'failed' : 'successful' },
    });
    if (!isDone) losePuck('check');
  };
  const dumpIn = () => {
    const chaser = dice.isLucky(40) ? anyOf(team, 'F', carrier) : anyOf(otherTeam(team), 'D');
    const isKept = chaser.team === team;
    write({
      ...{ name: 'dumpin', shorthand: isKept ? 'DUMP IN+' : 'DUMP IN-', player: carrier },
      outcome: isKept ? 'successful' : 'failed',
    });
    write({
      name: 'dumpinagainst',
      shorthand: 'DUMP IN AGAINST',
      player: anyOf(otherTeam(team), 'D'),
      isDefensive: true,
    });
    wait(14, 24);
    move(92 - puck.x * sign(), 0);
    puck = onIce({ x: puck.x, y: dice.pick([-30, 30]) });
    if (isKept) carrier = chaser;
    else turnOver(chaser);
    write({ name: 'lpr', shorthand: `LPR IN ${upper[zone()]}`, player: chaser, type: 'dumpin', outcome: 'successful' });
  };
  const shoot = (isOnNet: boolean) => {
    const isSlot = Math.abs(puck.x) > 54 && Math.abs(puck.y) < 22;
    const shorthand = `${isSlot ? 'SLOT SHOT' : 'OUTSIDE SHOT'} FOR ${isOnNet ? 'ONNET' : 'OFFNET'}`;
    const type = isSlot ? 'slot' : 'outside';
    write({ name: 'shot', shorthand, player: carrier, type, outcome: isOnNet ? 'successful' : 'failed' });
  };
  const shootAndSee = () => {
    const isBlocked = dice.isLucky(30);
    shoot(!isBlocked && dice.isLucky(65));
    wait(5, 9);
    const isRebound = dice.isLucky(35);
    if (isBlocked)
      write({ name: 'block', shorthand: 'SHOT BLOCK', player: defender(), isDefensive: true, outcome: 'successful' });
    move(dice.between(4, 14), sideways());
    const next = isRebound ? anyOf(team, 'F', carrier) : anyOf(otherTeam(team), 'D');
    if (isRebound) carrier = next;
    else turnOver(next);
    write({ name: 'lpr', shorthand: `LPR IN ${upper[zone()]}`, player: next, type: 'rebound', outcome: 'successful' });
  };
  const protect = () => {
    write({
      name: 'puckprotection',
      shorthand: `PUCK PROTECTION IN ${upper[zone()]}`,
      player: carrier,
      outcome: 'successful',
    });
    write({ name: 'pressure', shorthand: 'PRESSURE', player: defender(), isDefensive: true, outcome: 'failed' });
    wait(4, 9);
    move(dice.between(-6, 10), sideways() / 2);
  };
  const breakOut = () => {
    move(Math.max(14, -18 - puck.x * sign()), sideways());
    write({
      ...{ name: 'controlledbreakout', shorthand: 'CONTROLLED EXIT FROM DZ', player: carrier },
      outcome: 'successful',
    });
  };
  const dumpOut = () => {
    write({ name: 'dumpout', shorthand: 'DUMP OUT FROM DZ', player: carrier, outcome: 'successful' });
    wait(10, 18);
    move(70, sideways());
    turnOver(anyOf(otherTeam(team), 'D'));
    write({
      name: 'lpr',
      shorthand: `LPR IN ${upper[zone()]}`,
      player: carrier,
      type: 'uncontested',
      outcome: 'successful',
    });
  };

  /** What is done in each zone, the more often the more places it has. */
  const HABITS: Readonly<Record<Zone, readonly [() => void, ...(() => void)[]]>> = {
    dz: [
      ...([() => pass('outlet', dice.between(25, 45)), () => pass('outlet', dice.between(20, 40)), breakOut] as const),
      ...[breakOut, () => pass('d2d', dice.between(-4, 4), anyOf(team, 'D', carrier)), protect, dumpOut],
      () => losePuck('failedpasslocation'),
    ],
    nz: [
      ...([() => enter(false), () => enter(false), dumpIn] as const),
      ...[() => pass('regular', dice.between(8, 26)), () => pass('stretch', dice.between(18, 34))],
      () => losePuck('block'),
    ],
    oz: [
      ...([() => pass('regular', dice.between(-12, 16)), () => pass('slot', dice.between(6, 22))] as const),
      ...[() => pass('d2d', dice.between(-16, 2), anyOf(team, 'D', carrier)), protect, shootAndSee, shootAndSee],
      ...[() => losePuck('block'), () => losePuck('check')],
    ],
  };

  return {
    /** The puck is dropped. */
    drop(): void {
      const loser = otherTeam(team);
      const shorthandOf = (of: SampleTeam, mark: '+' | '-') => {
        const own = zoneOf({ x: puck.x * (of === 'MTL' ? 1 : -1), y: puck.y });
        return `${upper[own]} FACE OFF${mark}`;
      };
      write({ name: 'faceoff', shorthand: 'Face-Off', player: null }, false);
      carrier = ice[team].forwards[0] ?? carrier;
      write({ name: 'faceoff', shorthand: shorthandOf(team, '+'), player: carrier, outcome: 'successful' });
      const centre = ice[loser].forwards[0] ?? anyOf(loser);
      write({ name: 'faceoff', shorthand: shorthandOf(loser, '-'), player: centre, outcome: 'failed' });
      wait(8, 14);
      move(-14, sideways() / 2);
      carrier = anyOf(team, 'D');
      write({
        name: 'lpr',
        shorthand: `LPR IN ${upper[zone()]}`,
        player: carrier,
        type: 'faceoff',
        outcome: 'successful',
      });
    },
    /** Goes on until about then. */
    playUntil(lastFrame: number): void {
      for (;;) {
        wait(6, 13);
        if (frame >= lastFrame) return;
        dice.pick(HABITS[zone()])();
      }
    },
    /** Sees to it that this team has the puck. */
    giveTo(to: SampleTeam): void {
      if (team !== to) losePuck('check');
    },
    frame: () => frame,
    possessions: () => nth,
    /** A goal, and how it came about: an entry, a pass across, a shot from the slot. */
    score(by: SamplePlayer, atFrame: number): void {
      const scorer = skatersOf(ice[by.team]).find(({ playerId }) => playerId === by.playerId) ?? anyOf(by.team);
      this.giveTo(by.team);
      const helper = anyOf(team, 'F', scorer);
      const first = anyOf(team, 'D');
      if (carrier !== first) pass('regular', isIn('oz') ? -6 : 14, first);
      wait(4, 8);
      pass('regular', isIn('dz') ? 40 : 10, helper);
      wait(4, 8);
      if (!isIn('oz')) enter(true);
      wait(4, 8);
      puck = onIce({ x: sign() * 62, y: puck.y });
      pass('slot', 14, scorer);
      puck = onIce({ x: sign() * dice.between(72, 80), y: dice.between(-12, 12) });
      frame = atFrame;
      shoot(true);
      write({ name: 'goal', shorthand: 'GOAL', player: scorer, type: 'slot', outcome: 'successful' });
      write({ name: 'goal', shorthand: 'GOAL', player: null }, false);
      for (const player of [helper, first])
        write({ name: 'assist', shorthand: 'ASSIST', player, outcome: 'successful' });
    },
    /** Penalties of one moment. */
    penalise(by: readonly SamplePlayer[], drawnBy: SamplePlayer, atFrame: number): void {
      const find = ({ team: of, playerId }: SamplePlayer) =>
        skatersOf(ice[of]).find((each) => each.playerId === playerId);
      frame = atFrame;
      for (const player of by.flatMap((each) => find(each) ?? [])) {
        write({ name: 'penalty', shorthand: 'PENALTY', player, outcome: 'failed' });
      }
      write({ name: 'penaltydrawn', shorthand: 'PENALTY DRAWN', player: find(drawnBy) ?? null, outcome: 'successful' });
    },
    /** Something of this team that the whistle is blown for. */
    offend(kind: 'icing' | 'offside' | 'freeze', of: SampleTeam, atFrame: number): void {
      this.giveTo(of);
      frame = Math.max(frame, atFrame - FPS);
      if (kind === 'icing') {
        puck = onIce({ x: sign() * -40, y: puck.y });
        write({ name: 'dumpout', shorthand: 'DUMP OUT FROM DZ', player: carrier, outcome: 'failed' });
      } else if (kind === 'offside') puck = onIce({ x: sign() * 26, y: puck.y });
      else {
        puck = onIce({ x: sign() * dice.between(58, 78), y: dice.between(-20, 20) });
        shoot(true);
      }
      frame = atFrame;
      const { goalie } = ice[otherTeam(of)];
      if (kind !== 'freeze') write({ name: kind, shorthand: kind.toUpperCase(), player: carrier, outcome: 'failed' });
      else if (goalie) {
        puck = onIce({ x: sign() * 88, y: 0 });
        write({
          name: 'reception',
          shorthand: 'GOALIE FREEZE',
          player: goalie,
          isDefensive: true,
          outcome: 'successful',
        });
      }
    },
    /** Nobody plays on. */
    whistle(atFrame: number): void {
      frame = atFrame;
      write({ name: 'whistle', shorthand: 'Whistle', player: null }, false);
    },
  };
}
