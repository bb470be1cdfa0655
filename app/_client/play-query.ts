import { PLAY_FACETS, type PlayFacet, playFilterSchema } from '#lib/plays/play-field-schemas.ts';
import { inOrder } from './clip-query.ts';

/** Which game, as its address names it. */
export interface GameName {
  team_code: string;
  season: string;
  game_id: string;
}

/** What narrows the plays of a game; every value is the URL's own text. Lists mean "any of", and are sorted. */
export type PlayFilters = Partial<Record<PlayFacet | 'kind', readonly string[]>> & { rink?: string };

/** What is to change: a list replaces the list that was there, `null` takes a filter away, an absent one stays. */
export type PlayFilterPatch = { [Name in keyof PlayFilters]?: Exclude<PlayFilters[Name], undefined> | null };

/** Filters that are lists, and all of them, in the order in which a coach reads them. */
export const PLAY_LISTS = ['kind', ...PLAY_FACETS] as const;
export const PLAY_FILTER_NAMES = [...PLAY_LISTS, 'rink'] as const;

/** Who does not ask for shifts means what happens. */
export const USUAL_KIND = 'event';

type Params = Readonly<Record<string, string | readonly string[] | null | undefined>>;

const given = (value: Params[string]): string[] => inOrder([value ?? []].flat().filter((text) => text !== ''));

/** Reads filters out of URL parameters by the API's own schema: what cannot be read is left out, and named. */
export function readPlayFilters(params: Params): { filters: PlayFilters; faults: string[] } {
  const filters: PlayFilters = {};
  const faults: string[] = [];
  for (const name of PLAY_LISTS) {
    const accepts = (values: string[]) => playFilterSchema.shape[name].safeParse(values).success;
    const all = given(params[name]);
    const good = all.filter((text) => accepts([text]));
    const values = good.length > 0 && accepts(good) ? good : [];
    if (values.length > 0) filters[name] = values;
    if (values.length < all.length) faults.push(name);
  }
  const [box, ...others] = given(params.rink);
  if (box !== undefined && others.length === 0 && playFilterSchema.shape.rink.safeParse(box).success)
    filters.rink = box;
  else if (box !== undefined) faults.push('rink');
  return { filters, faults };
}

/** Filters as a query string without `?`, always in the same order. */
export function playFilterText(filters: PlayFilters): string {
  const params = new URLSearchParams();
  for (const name of PLAY_LISTS) for (const value of inOrder(filters[name] ?? [])) params.append(name, value);
  if (filters.rink) params.set('rink', filters.rink);
  return params.toString();
}

/** How a game's plays under filters are asked for, without `?`. */
export const gamePlaysText = ({ team_code, season, game_id }: GameName, filters: PlayFilters): string => {
  const text = playFilterText({ kind: [USUAL_KIND], ...filters });
  const game = new URLSearchParams({ team_code, season, game_id }).toString();
  return `${game}&${text}`;
};

/** A game's page; `query` is what it shows, without `?`. */
export const gameHref = ({ team_code, season, game_id }: GameName, query = ''): string => {
  const path = `/games/${[team_code, season, game_id].map(encodeURIComponent).join('/')}`;
  return query ? `${path}?${query}` : path;
};
