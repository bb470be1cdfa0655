import type { FieldFault } from '#lib/errors.ts';
import { readMasterName } from '#lib/masters/master-name-schemas.ts';
import { teamCodeSchema } from '#lib/word-schemas.ts';
import type { GameFacts } from './play.ts';

/** The game that a file is to be imported into, as far as the portal knows it. */
export interface KnownGame {
  team_code: string;
  season: string;
  game_id: string;
  /** `YYYY-MM-DD`, from files of before and from the names of masters. */
  dates: readonly string[];
  opponents: readonly string[];
  /** The game's numbers in earlier files of the format. */
  references: readonly string[];
}

const codesOf = (teams: readonly string[]): string[] =>
  teams.flatMap((team) => teamCodeSchema.safeParse(team).data ?? []);

/** What is said is one of those that are known, or nothing is known. */
const agrees = (said: string, known: readonly string[]): boolean => known.length === 0 || known.includes(said);

/** The NHL's ids end in the game's number within its season and kind: 2025020031 is 20031. */
const isNumberOf = (reference: string, gameId: string): boolean =>
  reference === gameId || (/^\d{10}$/.test(reference) && Number(reference.slice(5)) === Number(gameId));

function teamFaults(teams: readonly string[], known: KnownGame): FieldFault[] {
  const codes = codesOf(teams);
  // Names rather than codes say nothing that could be compared.
  if (codes.length === 0 || codes.length < teams.length) return [];
  const told = `The file is of ${codes.join(' and ')}.`;
  if (!codes.includes(known.team_code)) return [{ path: 'team_code', message: told }];
  const others = codes.filter((code) => code !== known.team_code);
  const isOther = others.length > 0 && !others.some((code) => agrees(code, known.opponents));
  return isOther ? [{ path: 'team_code', message: `${told} This game is against ${known.opponents.join(', ')}.` }] : [];
}

const dateFaults = (date: string | null, { dates }: KnownGame): FieldFault[] =>
  date === null || agrees(date, dates)
    ? []
    : [{ path: 'game_id', message: `The file is of ${date}, and this game of ${dates.join(', ')}.` }];

const seasonFaults = (season: string | null, known: KnownGame): FieldFault[] =>
  season === null || season === known.season ? [] : [{ path: 'season', message: `The file is of ${season}.` }];

/** What in a file, and in its name, speaks for another game than the one that it is to be imported into. */
export function compareGame(facts: GameFacts, known: KnownGame, { isNhl = false, filename = '' } = {}): FieldFault[] {
  const name = readMasterName(filename);
  const { reference } = facts;
  const idFaults = (): FieldFault[] => {
    if (reference === null) return [];
    // Other vendors number games in their own way: only that the same number comes again can be held to.
    const isOther = isNhl ? !isNumberOf(reference, known.game_id) : !agrees(reference, known.references);
    return isOther ? [{ path: 'game_id', message: `The file is of the game ${reference}.` }] : [];
  };
  const faults = [
    ...teamFaults(facts.teams, known),
    ...teamFaults(name.teams ?? [], known),
    ...seasonFaults(facts.season ?? name.season ?? null, known),
    ...dateFaults(facts.date ?? name.gameDate ?? null, known),
    ...idFaults(),
  ];
  return [...new Map(faults.map((fault) => [`${fault.path} ${fault.message}`, fault])).values()];
}
