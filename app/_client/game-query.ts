import { seasonSchema, teamCodeSchema, textSchema } from '#lib/word-schemas.ts';

/** The list of games as the URL tells it; what is not narrowed by is empty text. */
export interface GameQuery {
  team_code: string;
  season: string;
  opponent_code: string;
  q: string;
}

export const NO_GAME_FILTERS: GameQuery = { team_code: '', season: '', opponent_code: '', q: '' };

type Params = Readonly<Record<string, string | readonly string[] | null | undefined>>;

const textOf = (value: Params[string]): string => (typeof value === 'string' ? value.trim() : '');

/** Reads the list's state out of URL parameters; what would be refused is left out. */
export const readGameQuery = (params: Params): GameQuery => ({
  team_code: teamCodeSchema.safeParse(textOf(params.team_code)).data ?? '',
  season: seasonSchema.safeParse(textOf(params.season)).data ?? '',
  opponent_code: teamCodeSchema.safeParse(textOf(params.opponent_code)).data ?? '',
  q: textSchema(200).safeParse(textOf(params.q)).data ?? '',
});

/** What is given of it, as the use-case's schema takes it. */
export const gameListInput = (query: GameQuery): Record<string, string> =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''));

/** The same as a query string without `?`. */
export const gameQueryText = (query: GameQuery): string => new URLSearchParams(gameListInput(query)).toString();

/** The page's own address with the same state. */
export function gamesHref(query: GameQuery): string {
  const text = gameQueryText(query);
  return text ? `/games?${text}` : '/games';
}
