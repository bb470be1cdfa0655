import { gameIdSchema, seasonSchema, teamCodeSchema } from '#lib/word-schemas.ts';

/** The list of films as the URL tells it; every value but the cursor is acceptable to the use-case. */
export interface FilmQuery {
  team_code: string;
  season: string;
  game_id: string;
  /** The place where the page begins; empty for the newest game. */
  cursor: string;
}

export const NO_FILM_FILTERS: FilmQuery = { team_code: '', season: '', game_id: '', cursor: '' };

type Params = Readonly<Record<string, string | readonly string[] | null | undefined>>;

const textOf = (value: Params[string]): string => (typeof value === 'string' ? value.trim() : '');

/** Reads the list's state out of URL parameters; what would be refused is left out. */
export const readFilmQuery = (params: Params): FilmQuery => ({
  team_code: teamCodeSchema.safeParse(textOf(params.team_code)).data ?? '',
  season: seasonSchema.safeParse(textOf(params.season)).data ?? '',
  game_id: gameIdSchema.safeParse(textOf(params.game_id)).data ?? '',
  cursor: textOf(params.cursor).slice(0, 512),
});

/** What is given of it, as the use-case's schema takes it. */
export const filmListInput = (query: FilmQuery): Record<string, string> =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''));

/** The page's own address with the same state. */
export function filmsHref(query: FilmQuery): string {
  const params = new URLSearchParams(filmListInput(query));
  return params.size > 0 ? `/masters?${params}` : '/masters';
}

/** Whether anything narrows the list. */
export const isFiltered = (query: FilmQuery): boolean => filmsHref({ ...query, cursor: '' }) !== '/masters';
