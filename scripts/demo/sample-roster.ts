import { SAMPLE_PLAYERS, type SamplePlayer } from './sample-clips.ts';

export type SampleTeam = SamplePlayer['team'];

/** A player of the sample game with what a file of plays says of one. All are invented. */
export interface RosterSpot extends SamplePlayer {
  jersey: number;
  position: 'F' | 'D' | 'G';
}

const { lavallee, bergstrom, okafor, tremblay, kowalczyk, whitfield } = SAMPLE_PLAYERS;

const spot = (player: SamplePlayer, position: RosterSpot['position'], jersey: number): RosterSpot => ({
  ...player,
  ...{ position, jersey },
});

/** Those of whom there are no clips; their ids go on from the others'. */
const made = (nth: number, name: string, team: SampleTeam, position: RosterSpot['position'], jersey: number) =>
  spot({ playerId: String(9_000_000 + nth), name, team }, position, jersey);

/** The lines of a team, first to last, as they change. */
export interface Bench {
  forwards: readonly (readonly RosterSpot[])[];
  defence: readonly (readonly RosterSpot[])[];
  goalie: RosterSpot;
}

export const SAMPLE_BENCHES: Readonly<Record<SampleTeam, Bench>> = {
  MTL: {
    forwards: [
      [spot(tremblay, 'F', 21), spot(lavallee, 'F', 14), spot(okafor, 'F', 88)],
      [
        made(7, 'Hugo Desrosiers-Petit', 'MTL', 'F', 17),
        made(8, 'Ilmari Koskenranta', 'MTL', 'F', 41),
        made(9, 'Luca Ferrantini', 'MTL', 'F', 62),
      ],
      [
        made(10, 'Owen Bexleigh', 'MTL', 'F', 10),
        made(11, 'Peter Sandovar', 'MTL', 'F', 26),
        made(12, 'Zachary Mercier-Houle', 'MTL', 'F', 71),
      ],
    ],
    defence: [
      [spot(bergstrom, 'D', 4), made(13, 'Jonas Wikandersson', 'MTL', 'D', 53)],
      [made(14, 'Tomáš Havranovec', 'MTL', 'D', 8), made(15, 'Guillaume Astier-Roch', 'MTL', 'D', 77)],
    ],
    goalie: made(16, 'Mathis Beaurivage-Lys', 'MTL', 'G', 31),
  },
  CHI: {
    forwards: [
      [spot(kowalczyk, 'F', 19), spot(whitfield, 'F', 91), made(17, 'Ryan Castellowe', 'CHI', 'F', 12)],
      [
        made(18, 'Anton Dvorsekov', 'CHI', 'F', 23),
        made(19, 'Miles Hargreavell', 'CHI', 'F', 45),
        made(20, 'Teodor Nilsbacken', 'CHI', 'F', 67),
      ],
      [
        made(21, 'Evan Thorsbury', 'CHI', 'F', 15),
        made(22, 'Gabe Montrosier', 'CHI', 'F', 38),
        made(23, 'Sami Pelkolainen', 'CHI', 'F', 59),
      ],
    ],
    defence: [
      [made(24, 'Curtis Yellowhurst', 'CHI', 'D', 5), made(25, 'Brody Langshaw', 'CHI', 'D', 44)],
      [made(26, 'Elias Norrgrenius', 'CHI', 'D', 7), made(27, 'Wade Pickersgill-Moe', 'CHI', 'D', 28)],
    ],
    goalie: made(28, 'Dominik Hrubešek', 'CHI', 'G', 35),
  },
};

export const otherTeam = (team: SampleTeam): SampleTeam => (team === 'MTL' ? 'CHI' : 'MTL');
