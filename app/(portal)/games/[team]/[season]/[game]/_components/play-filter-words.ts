import { PLAY_LISTS, type PlayFilterPatch, type PlayFilters } from '#app/_client/play-query.ts';
import type { Formatter } from '#app/_i18n/clip-formats.ts';
import type { HockeyTranslator } from '#app/_i18n/hockey-words.ts';
import { filterValueName } from '#app/(portal)/_clips/filter-words.ts';
import { PLAY_FACETS, type PlayFacet } from '#lib/plays/play-field-schemas.ts';
import type { PlayFacetsJson, PlayFacetValue } from '#lib/plays/play-list-schemas.ts';

/** The server's values of one filter, those that are chosen among them even when nothing matches them any more. */
export function playFacetValues(
  facets: PlayFacetsJson | undefined,
  field: PlayFacet,
  chosen: readonly string[] = [],
): PlayFacetValue[] {
  const values = facets?.[field] ?? [];
  const unknown = chosen.filter((value) => !values.some((known) => known.value === value));
  const all = [...values, ...unknown.map((value) => ({ value, label: null, count: 0 }))];
  return field === 'period' ? all.sort((a, b) => Number(a.value) - Number(b.value)) : all;
}

/** How one value of a filter reads: as the same value of a clip does. */
export const playValueName = (
  field: PlayFacet,
  { value, label }: Pick<PlayFacetValue, 'value' | 'label'>,
  hockey: HockeyTranslator,
  format: Formatter,
): string => {
  if (field === 'name') return filterValueName('event_type', value, label, hockey, format);
  return field === 'shorthand' || field === 'on_ice' || field === 'against' || field === 'acting_team'
    ? label || value
    : filterValueName(field, value, label, hockey, format);
};

interface PlayFilterTellers {
  kindName: (kind: string) => string;
  sourceName: (source: string) => string;
  hockey: HockeyTranslator;
  format: Formatter;
}

export interface ActivePlayFilter {
  name: keyof PlayFilters;
  value: string;
  text: string;
}

const isFacet = (name: keyof PlayFilters): name is PlayFacet => PLAY_FACETS.some((facet) => facet === name);

/** What narrows the plays, value by value, in the reader's words. */
export function activePlayFilters(
  filters: PlayFilters,
  facets: PlayFacetsJson | undefined,
  { kindName, sourceName, hockey, format }: PlayFilterTellers,
): ActivePlayFilter[] {
  const listed = PLAY_LISTS.flatMap((name) =>
    (filters[name] ?? []).map((value) => {
      if (name === 'kind') return { name, value, text: kindName(value) };
      if (name === 'source') return { name, value, text: sourceName(value) };
      if (!isFacet(name)) return { name, value, text: value };
      const label = facets?.[name].find((known) => known.value === value)?.label ?? null;
      return { name, value, text: playValueName(name, { value, label }, hockey, format) };
    }),
  );
  return filters.rink ? [...listed, { name: 'rink', value: filters.rink, text: filters.rink }] : listed;
}

/** What is left of a filter when one of its values goes. */
export function withoutPlayValue(filters: PlayFilters, { name, value }: ActivePlayFilter): PlayFilterPatch {
  if (name === 'rink') return { rink: null };
  const left = (filters[name] ?? []).filter((other) => other !== value);
  return { [name]: left.length > 0 ? left : null };
}
