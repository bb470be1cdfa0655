import { PLAY_FILTERS, playFilterSchema } from '#lib/plays/play-field-schemas.ts';
import { inOrder } from './clip-query.ts';
import type { GameName } from './game-href.ts';

const OF_GAME = ['team_code', 'season', 'game_id'] as const satisfies (keyof GameName)[];
type AnyFilter = (typeof PLAY_FILTERS)[number];

/** Filters beside which game it is, but for the box. */
export type GamePlayFilter = Exclude<AnyFilter, keyof GameName>;

const isOfGame = (name: AnyFilter): name is keyof GameName => OF_GAME.some((each) => each === name);

/** Filters that are lists, and all of them, in the order in which a coach reads them. */
export const PLAY_LISTS = PLAY_FILTERS.filter((name): name is GamePlayFilter => !isOfGame(name));
export const PLAY_FILTER_NAMES = [...PLAY_LISTS, 'rink'] as const;

/** Something for each of them. */
export const byGamePlayFilter = <T>(make: (name: GamePlayFilter) => T) =>
  Object.fromEntries(PLAY_LISTS.map((name) => [name, make(name)])) as Record<GamePlayFilter, T>;

/** What narrows plays, which game they are of included. */
export type PlayParams = Partial<Record<AnyFilter, readonly string[]>> & { rink?: string };

/** What narrows the plays of a game; every value is the URL's own text. Lists mean "any of", and are sorted. */
export type PlayFilters = Partial<Record<GamePlayFilter, readonly string[]>> & { rink?: string };

/** What is to change: a list replaces the list that was there, `null` takes a filter away, an absent one stays. */
export type PlayFilterPatch = { [Name in keyof PlayFilters]?: Exclude<PlayFilters[Name], undefined> | null };

/** Who does not ask for shifts means what happens. */
export const USUAL_KIND = 'event';

type Params = Readonly<Record<string, string | readonly string[] | null | undefined>>;

const given = (value: Params[string]): string[] => inOrder([value ?? []].flat().filter((text) => text !== ''));

function readFilters(names: readonly AnyFilter[], params: Params): { filters: PlayParams; faults: string[] } {
  const filters: PlayParams = {};
  const faults: string[] = [];
  for (const name of names) {
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

/** Reads filters out of URL parameters by the API's own schema: what cannot be read is left out, and named. */
export const readPlayFilters = (params: Params): { filters: PlayFilters; faults: string[] } =>
  readFilters(PLAY_LISTS, params);

/** The same with which games they are of. */
export const readPlayParams = (params: Params): PlayParams => readFilters(PLAY_FILTERS, params).filters;

/** Filters as a query string without `?`, always in the same order. */
export function playFilterText(filters: PlayParams): string {
  const params = new URLSearchParams();
  for (const name of PLAY_FILTERS) for (const value of inOrder(filters[name] ?? [])) params.append(name, value);
  if (filters.rink) params.set('rink', filters.rink);
  return params.toString();
}

/** How a game's plays under filters are asked for, without `?`. */
export const gamePlaysText = ({ team_code, season, game_id }: GameName, filters: PlayFilters): string => {
  const text = playFilterText({ kind: [USUAL_KIND], ...filters });
  const game = new URLSearchParams({ team_code, season, game_id }).toString();
  return `${game}&${text}`;
};

/** The same filters with the game among them, and nothing that goes without saying on its page. */
export const inGame = ({ team_code, season, game_id }: GameName, filters: PlayFilters): PlayParams => ({
  ...{ ...filters, team_code: [team_code], season: [season], game_id: [game_id] },
});
