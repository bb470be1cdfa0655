import { z } from 'zod';
import { readMasterName } from '#lib/masters/master-name-schemas.ts';
import type { GameParams } from '#lib/plays/game-schemas.ts';
import { gameIdSchema, seasonSchema, teamCodeSchema } from '#lib/word-schemas.ts';

/** What a file says of the game that it is of. What it does not say is empty. */
export interface FilePlace extends GameParams {
  /** The teams that it is of, as far as it says. */
  teams: string[];
}

/** What the NHL's play-by-play says at its top. */
const nhlHeadSchema = z.object({
  id: z.int(),
  season: z.int().optional(),
  homeTeam: z.object({ abbrev: teamCodeSchema }),
  awayTeam: z.object({ abbrev: teamCodeSchema }),
});

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** `20252026` is `2025-2026`. */
const seasonOf = (years: number | undefined): string =>
  seasonSchema.safeParse(String(years ?? '').replace(/^(\d{4})(\d{4})$/, '$1-$2')).data ?? '';

function placeInJson(text: string): FilePlace | null {
  const head = nhlHeadSchema.safeParse(parsed(text)).data;
  if (!head) return null;
  return {
    ...{ team_code: '', season: seasonOf(head.season), teams: [head.homeTeam.abbrev, head.awayTeam.abbrev] },
    // 2025020031: the season, the kind of game, and the game's number in that.
    game_id: String(head.id).length === 10 ? String(Number(String(head.id).slice(5))) : '',
  };
}

/**
 * The game that a file of plays is of, by its name, and by its content where that says more than any name.
 * @param text the content of a file that may be the NHL's; `null` otherwise.
 * @param ownTeams the teams of whoever imports it, or `ALL`: which of the file's two is theirs.
 */
export function placeOfFile(filename: string, text: string | null, ownTeams: readonly string[]): FilePlace {
  const name = readMasterName(filename);
  const inside = text === null ? null : placeInJson(text);
  const teams = inside?.teams ?? name.teams ?? [];
  const own = ownTeams.includes('ALL') ? teams : teams.filter((team) => ownTeams.includes(team));
  const only = own.length === 1 ? own[0] : undefined;
  const [sole] = ownTeams;
  return {
    // Who has one team alone imports for that.
    team_code: only ?? (teams.length === 0 && ownTeams.length === 1 && sole && sole !== 'ALL' ? sole : ''),
    season: inside?.season || (name.season ?? ''),
    game_id: inside?.game_id || (name.gameId ?? ''),
    teams: [...own],
  };
}

const placeSchema = z.object({ team_code: teamCodeSchema, season: seasonSchema, game_id: gameIdSchema });

/** The game that is meant, and which of its parts are none. */
export function checkedPlace(place: GameParams): { game: GameParams | null; refused: ReadonlySet<keyof GameParams> } {
  const { data, error } = placeSchema.safeParse(place);
  const refused = new Set((error?.issues ?? []).map(({ path }) => path[0] as keyof GameParams));
  return { game: data ?? null, refused };
}
