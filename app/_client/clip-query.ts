import {
  CLIP_SORTS,
  type ClipSort,
  clipFilterSchema,
  type FacetField,
  FILTER_NAMES,
  type FilterName,
  isFacetField,
} from '#lib/clips/clip-filter-schemas.ts';

type SingleFilter = Exclude<FilterName, FacetField>;

/** What narrows a list; every value is the URL's own text. Those filters that mean "any of" hold a sorted list. */
export type ClipFilters = Partial<Record<FacetField, readonly string[]>> & Partial<Record<SingleFilter, string>>;

/** What is to change: a list replaces the list that was there, `null` takes a filter away, an absent one stays. */
export type FilterPatch = { [Name in keyof ClipFilters]?: Exclude<ClipFilters[Name], undefined> | null };

/** The filters as the use-cases' schemas take them. */
export const filterInput = (filters: ClipFilters): Record<string, string | string[]> =>
  Object.fromEntries(
    FILTER_NAMES.flatMap((name): [string, string | string[]][] => {
      const value = filters[name];
      if (value === undefined || value.length === 0) return [];
      return [[name, typeof value === 'string' ? value : [...value]]];
    }),
  );

/** One filter with one value. */
export const oneFilter = (name: FilterName, value: string): ClipFilters =>
  isFacetField(name) ? listFilter(name, [value]) : singleFilter(name, value);

const listFilter = (name: FacetField, values: readonly string[]): ClipFilters => {
  const filters: ClipFilters = {};
  filters[name] = values;
  return filters;
};
const singleFilter = (name: SingleFilter, value: string): ClipFilters => {
  const filters: ClipFilters = {};
  filters[name] = value;
  return filters;
};

/** The values of a filter in the one order that a URL has them in, each once: equal lists have equal links. */
export const inOrder = (values: readonly string[]): string[] => [...new Set(values)].sort();

/** The list as the URL tells it; every value is already known to be acceptable to the API. */
export interface ClipQuery {
  filters: ClipFilters;
  sort: ClipSort;
}

export interface ReadClipQuery {
  query: ClipQuery;
  /** Parameters that are there and cannot be read. They are left out of `query`, and the page says so. */
  faults: string[];
}

export const DEFAULT_SORT: ClipSort = '-created_at';

/** Rows of one page of the list: a multiple of 2, 3, 4 and 5 columns. */
export const PAGE_SIZE = 60;

type Params = Readonly<Record<string, string | readonly string[] | null | undefined>>;

/** One value; `null` for a parameter given twice. Empty text counts as not given. */
const single = (value: Params[string]): string | undefined | null => {
  const given = [value ?? []].flat().filter((text) => text !== '');
  return given.length > 1 ? null : given[0];
};

/** The values of a parameter that may be repeated, and whether one of them cannot be read: the others count. */
const readList = (name: FacetField, value: Params[string]): { values: string[]; fault: boolean } => {
  const given = inOrder([value ?? []].flat().filter((text) => text !== ''));
  const accepts = (values: string[]) => clipFilterSchema.shape[name].safeParse(values).success;
  const good = given.filter((text) => accepts([text]));
  const values = good.length > 0 && accepts(good) ? good : [];
  return { values, fault: values.length < given.length };
};

/** Reads filters and order out of URL parameters by the API's own schema; parameters of other names are ignored. */
export const readClipQuery = (params: Params): ReadClipQuery => {
  const filters: ClipFilters = {};
  const faults: string[] = [];
  for (const name of FILTER_NAMES) {
    if (isFacetField(name)) {
      const { values, fault } = readList(name, params[name]);
      if (values.length > 0) filters[name] = values;
      if (fault) faults.push(name);
      continue;
    }
    const value = single(params[name]);
    if (value === undefined) continue;
    if (value !== null && clipFilterSchema.shape[name].safeParse(value).success) filters[name] = value;
    else faults.push(name);
  }
  if (filters.date_from && filters.date_to && filters.date_to < filters.date_from) {
    delete filters.date_to;
    faults.push('date_to');
  }
  const sort = single(params.sort);
  const known = CLIP_SORTS.find((name) => name === sort);
  if (sort !== undefined && !known) faults.push('sort');
  return { query: { filters, sort: known ?? DEFAULT_SORT }, faults };
};

/** The filters alone, as a query string without `?`, always in the same order. */
export const filterText = (filters: ClipFilters): string => {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(filterInput(filters))) {
    for (const one of typeof value === 'string' ? [value] : inOrder(value)) params.append(name, one);
  }
  return params.toString();
};

/** Filters and order as a query string without `?`; the usual order is left out. Equal lists have equal text. */
export const clipQueryText = ({ filters, sort }: ClipQuery): string => {
  const text = filterText(filters);
  if (sort === DEFAULT_SORT) return text;
  return text ? `${text}&sort=${sort}` : `sort=${sort}`;
};

/** `/clips?…`, or `/clips` for the whole list. */
export const clipsHref = (query: Partial<ClipQuery>): string => {
  const text = clipQueryText({ filters: query.filters ?? {}, sort: query.sort ?? DEFAULT_SORT });
  return text ? `/clips?${text}` : '/clips';
};

/** A clip's page, which keeps the list that one came from for previous/next. */
export const clipHref = (clipId: string, query: ClipQuery): string => {
  const text = clipQueryText(query);
  return `/clips/${encodeURIComponent(clipId)}${text ? `?${text}` : ''}`;
};
