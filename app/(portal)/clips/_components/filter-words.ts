import type { ClipQuery } from '#app/_client/clip-query.ts';
import { type Formatter, formatGameDate } from '#app/_i18n/clip-formats.ts';
import {
  eventName,
  type HockeyTranslator,
  outcomeName,
  periodName,
  statusName,
  strengthName,
  zoneName,
} from '#app/_i18n/hockey-words.ts';
import {
  type ClipFacetsJson,
  FACET_FIELDS,
  type FacetField,
  type FacetValueJson,
  FILTER_NAMES,
  type FilterName,
} from '#lib/clips/clip-filter-schemas.ts';

const isFacet = (name: FilterName): name is FilterName & FacetField => FACET_FIELDS.some((field) => field === name);

/** How one value of a filter reads. `label` is what the server calls it, where it knows better. */
export const filterValueName = (
  name: FilterName,
  value: string,
  label: string | null | undefined,
  hockey: HockeyTranslator,
  format: Formatter,
): string => {
  switch (name) {
    case 'event_type':
      return eventName(hockey, value);
    case 'zone':
      return zoneName(hockey, value);
    case 'outcome':
      return outcomeName(hockey, value);
    case 'strength':
      return strengthName(hockey, value);
    case 'status':
      return statusName(hockey, value);
    case 'period':
      return periodName(hockey, Number(value));
    case 'date_from':
    case 'date_to':
      return formatGameDate(format, value);
    case 'master_id':
      return value.slice(0, 8);
    default:
      return label || value;
  }
};

/** The server's values of one filter; the one that is chosen is among them even when nothing matches it any more. */
export const facetValues = (
  facets: ClipFacetsJson | undefined,
  field: FacetField,
  chosen: string | undefined,
): FacetValueJson[] => {
  const values = facets?.[field] ?? [];
  const known = chosen === undefined || values.some((entry) => entry.value === chosen);
  const all = known ? [...values] : [...values, { value: chosen, label: null, count: 0 }];
  return field === 'period' ? all.sort((a, b) => Number(a.value) - Number(b.value)) : all;
};

export interface ActiveFilter {
  name: FilterName;
  value: string;
  text: string;
}

/** What narrows the list at present, in the order of the filters, in the reader's words. */
export const activeFilters = (
  filters: ClipQuery['filters'],
  facets: ClipFacetsJson | undefined,
  hockey: HockeyTranslator,
  format: Formatter,
): ActiveFilter[] =>
  FILTER_NAMES.flatMap((name) => {
    const value = filters[name];
    if (!value) return [];
    const entry = isFacet(name) ? facets?.[name]?.find((known) => known.value === value) : undefined;
    return [{ name, value, text: filterValueName(name, value, entry?.label, hockey, format) }];
  });
