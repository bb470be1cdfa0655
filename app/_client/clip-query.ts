import {
  CLIP_SORTS,
  type ClipSort,
  clipFilterSchema,
  FILTER_NAMES,
  type FilterName,
  isFacetField,
} from '#lib/clips/clip-filter-schemas.ts';

/** One value of a filter as the API's schema takes it: those that mean "any of" take a list. */
const asInput = (name: FilterName, value: string): string | string[] => (isFacetField(name) ? [value] : value);

/** The filters as the use-cases' schemas take them. */
export const filterInput = (filters: ClipQuery['filters']): Record<string, string | string[]> =>
  Object.fromEntries(
    FILTER_NAMES.flatMap((name) => (filters[name] === undefined ? [] : [[name, asInput(name, filters[name])]])),
  );

/** The list as the URL tells it; every value is the URL's own text, already known to be acceptable to the API. */
export interface ClipQuery {
  filters: Partial<Record<FilterName, string>>;
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

const isSort = (value: string): value is ClipSort => CLIP_SORTS.some((sort) => sort === value);

/** One value, or a fault for a parameter given twice. Empty text counts as not given. */
const single = (value: Params[string]): string | undefined | 'several' => {
  if (value === null || value === undefined || value === '') return undefined;
  if (typeof value === 'string') return value;
  return value.length > 1 ? 'several' : value[0] || undefined;
};

/** Reads filters and order out of URL parameters by the API's own schema; parameters of other names are ignored. */
export const readClipQuery = (params: Params): ReadClipQuery => {
  const filters: ClipQuery['filters'] = {};
  const faults: string[] = [];
  for (const name of FILTER_NAMES) {
    const value = single(params[name]);
    if (value === undefined) continue;
    if (Array.isArray(params[name]) && value === 'several') faults.push(name);
    else if (clipFilterSchema.shape[name].safeParse(asInput(name, value)).success) filters[name] = value;
    else faults.push(name);
  }
  if (filters.date_from && filters.date_to && filters.date_to < filters.date_from) {
    delete filters.date_to;
    faults.push('date_to');
  }
  const sort = single(params.sort);
  if (sort !== undefined && !isSort(sort)) faults.push('sort');
  return { query: { filters, sort: sort !== undefined && isSort(sort) ? sort : DEFAULT_SORT }, faults };
};

/** The filters alone, as a query string without `?`, always in the same order. */
export const filterText = (filters: ClipQuery['filters']): string => {
  const params = new URLSearchParams();
  for (const name of FILTER_NAMES) {
    const value = filters[name];
    if (value) params.set(name, value);
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
