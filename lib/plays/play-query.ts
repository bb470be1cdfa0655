import { PLAY_FILTERS, type PlayFilter, type RinkBox } from './play-field-schemas.ts';
import type { PlayQuery } from './play-stats-schemas.ts';
import { commonBox, rinkText } from './rink-schemas.ts';

/** What one number counts, beside the filter that everything is under. */
export type Cell = Omit<PlayQuery, 'rink'> & { rink?: RinkBox };

/** How many values a parameter takes (`anyOfParam`). */
const MAX_VALUES = 50;

type ListFilter = (typeof PLAY_FILTERS)[number];

/** Filters that mean all of their values together: of two of them, both are to be met by all of both. */
const MEANS_ALL: ReadonlySet<ListFilter> = new Set(['named_ids', 'on_ice', 'against']);

function narrowedList(name: ListFilter, base: string[] | undefined, own: string[] | undefined) {
  if (base === undefined || own === undefined) return own ?? base;
  return MEANS_ALL.has(name) ? [...new Set([...base, ...own])] : own.filter((value) => base.includes(value));
}

function narrowedBox(base: RinkBox | undefined, own: RinkBox | undefined): RinkBox | null | undefined {
  return base && own ? commonBox(base, own) : (own ?? base);
}

/**
 * The parameters of `GET /plays` that lead to what lies under a filter and in a cell of it; `null` where no play can, or
 * where they are more values than a parameter takes.
 */
export function playQuery(base: PlayFilter, cell: Cell): PlayQuery | null {
  const query: PlayQuery = {};
  for (const name of PLAY_FILTERS) {
    const values = narrowedList(name, base[name]?.map(String), cell[name]);
    if (values === undefined) continue;
    if (values.length === 0 || values.length > MAX_VALUES) return null;
    query[name] = values;
  }
  const rink = narrowedBox(base.rink, cell.rink);
  if (rink === null) return null;
  return rink ? { ...query, rink: rinkText(rink) } : query;
}
