import type { ClipFilters, FilterPatch } from '#app/_client/clip-query.ts';
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
  type FacetField,
  type FacetValueJson,
  FILTER_NAMES,
  type FilterName,
  isFacetField,
} from '#lib/clips/clip-filter-schemas.ts';

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

/** The server's values of one filter; those that are chosen are among them even when nothing matches them any more. */
export const facetValues = (
  facets: ClipFacetsJson | undefined,
  field: FacetField,
  chosen: readonly string[] = [],
): FacetValueJson[] => {
  const values = facets?.[field] ?? [];
  const unknown = chosen.filter((value) => !values.some((entry) => entry.value === value));
  const all = [...values, ...unknown.map((value) => ({ value, label: null, count: 0 }))];
  return field === 'period' ? all.sort((a, b) => Number(a.value) - Number(b.value)) : all;
};

export interface ActiveFilter {
  name: FilterName;
  value: string;
  text: string;
}

/** What narrows the list at present, value by value, in the order of the filters, in the reader's words. */
export const activeFilters = (
  filters: ClipFilters,
  facets: ClipFacetsJson | undefined,
  hockey: HockeyTranslator,
  format: Formatter,
): ActiveFilter[] =>
  FILTER_NAMES.flatMap((name) =>
    [filters[name] ?? []].flat().map((value) => {
      const entry = isFacetField(name) ? facets?.[name]?.find((known) => known.value === value) : undefined;
      return { name, value, text: filterValueName(name, value, entry?.label, hockey, format) };
    }),
  );

/** The filter that is left when one of its values goes: the others, or none. */
export const withoutValue = (active: readonly ActiveFilter[], { name, value }: ActiveFilter): FilterPatch => {
  const left = active.filter((other) => other.name === name && other.value !== value).map((other) => other.value);
  return { [name]: left.length > 0 ? left : null };
};
