import type { SamplePeriod } from './sample-clips.ts';
import type { Dice } from './sample-dice.ts';
import { onIce, type Spot, type Zone, zoneOf } from './sample-rink.ts';
import { otherTeam, type RosterSpot, type SampleTeam } from './sample-roster.ts';
import type { Deed, OnIce, Scribe } from './sample-rows.ts';

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

/** What is done, and by whom; where is where the puck is. */
export type DeedHere = Omit<Deed, 'at'>;

const skatersOf = ({ forwards, defence }: OnIce): RosterSpot[] => [...forwards, ...defence];

/** The puck under way from a face-off on: who has it, where and when, and what is written down of it. */
export class Puck {
  readonly dice: Dice;
  readonly ice: Beginning['ice'];
  frame: number;
  team: SampleTeam;
  at: Spot;
  carrier: RosterSpot;
  /** Possessions of the game so far, this one included. */
  nth: number;
  #play = 0;
  readonly #scribe: Scribe;
  readonly #begin: Beginning;

  constructor(scribe: Scribe, dice: Dice, begin: Beginning) {
    this.#scribe = scribe;
    this.#begin = begin;
    this.dice = dice;
    this.ice = begin.ice;
    this.frame = begin.frame;
    this.team = begin.won;
    this.at = begin.dot;
    this.nth = begin.nthPossession;
    this.carrier = this.anyOf(begin.won);
  }

  /** Somebody of a team who is on the ice. */
  anyOf(team: SampleTeam, position?: RosterSpot['position'], but?: RosterSpot): RosterSpot {
    const all = skatersOf(this.ice[team]);
    const others = all.filter((player) => player !== but && (!position || player.position === position));
    const [first, ...rest] = others.length > 0 ? others : all;
    if (!first) throw new Error(`Nobody of ${team} is on the ice.`);
    return this.dice.pick([first, ...rest]);
  }

  /** This very player, if they are on the ice. */
  skater({ team, playerId }: Pick<RosterSpot, 'team' | 'playerId'>): RosterSpot | null {
    return skatersOf(this.ice[team]).find((each) => each.playerId === playerId) ?? null;
  }

  /** Somebody who has not got it. */
  defender(position?: RosterSpot['position']): RosterSpot {
    return this.anyOf(otherTeam(this.team), position);
  }

  /** 1 where the team that has it attacks towards +x. */
  get sign(): 1 | -1 {
    return this.team === 'MTL' ? 1 : -1;
  }

  /** How far it is towards the other goal, from centre ice. */
  get forwards(): number {
    return this.at.x * this.sign;
  }

  get zone(): Zone {
    return zoneOf({ x: this.forwards, y: this.at.y });
  }

  /** The zone as shorthands have it. */
  get zoneTold(): string {
    return this.zone.toUpperCase();
  }

  sideways(): number {
    return this.dice.between(-18, 18);
  }

  move(forwards: number, sideways: number): void {
    this.at = onIce({ x: this.at.x + forwards * this.sign, y: this.at.y + sideways });
  }

  /** Puts it down so far from centre ice, towards the other goal. */
  place(forwards: number, y: number): void {
    this.at = onIce({ x: forwards * this.sign, y });
  }

  turnOver(to: RosterSpot): void {
    this.team = to.team;
    this.carrier = to;
    this.nth += 1;
    this.#play = 0;
  }

  wait(from: number, to: number): void {
    this.frame += this.dice.between(from, to);
  }

  write(deed: DeedHere, hasPuck = true): void {
    this.#play += 1;
    const { period, clockFrames, frame } = this.#begin;
    const scene = {
      ...{ frame: this.frame, ice: this.ice, clockFrames: clockFrames + this.frame - frame },
      possession: hasPuck ? { nth: this.nth, team: this.team, play: this.#play } : null,
    };
    this.#scribe.write(period, scene, { ...deed, at: this.at });
  }
}
