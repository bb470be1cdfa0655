'use client';

import { useFormatter, useTranslations } from 'use-intl';
import { type PlayFilters as Filters, type PlayFilterPatch, USUAL_KIND } from '#app/_client/play-query.ts';
import { periodShortName } from '#app/_i18n/hockey-words.ts';
import { MultiCombobox } from '#app/_ui/multi-combobox.tsx';
import { ToggleChips } from '#app/_ui/toggle-chips.tsx';
import { FilterGroup } from '#app/(portal)/clips/_components/filter-panel-client.tsx';
import { PLAY_FACETS, PLAY_KINDS, type PlayFacet } from '#lib/plays/play-field-schemas.ts';
import type { PlayFacetsJson } from '#lib/plays/play-list-schemas.ts';
import { playFacetValues, playValueName } from './play-filter-words.ts';

export interface PlayFiltersProps {
  filters: Filters;
  facets: PlayFacetsJson | undefined;
  onChange: (patch: PlayFilterPatch) => void;
}

/** Filters with a handful of values: all of them at one click. */
const FEW_VALUES: readonly PlayFacet[] = ['period', 'outcome', 'zone', 'strength'];

/** Every filter with the values that there are, and the number of plays of each. */
export function PlayFilters(props: PlayFiltersProps) {
  return (
    <div className="play-filters">
      <KindFilter {...props} />
      {PLAY_FACETS.map((field) => (
        <PlayFilter key={field} field={field} {...props} />
      ))}
    </div>
  );
}

/** What happens, or the shifts, or both. */
function KindFilter({ filters, onChange }: PlayFiltersProps) {
  const t = useTranslations('games');
  const choose = (next: string[]) => {
    const isUsual = next.length === 0 || (next.length === 1 && next[0] === USUAL_KIND);
    onChange({ kind: isUsual ? null : next });
  };
  return (
    <FilterGroup label={t('field.kind')}>
      <ToggleChips
        label={t('field.kind')}
        options={PLAY_KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`), name: t(`kind.${kind}`) }))}
        values={filters.kind ?? [USUAL_KIND]}
        onChange={choose}
      />
    </FilterGroup>
  );
}

function PlayFilter({ field, filters, facets, onChange }: PlayFiltersProps & { field: PlayFacet }) {
  const t = useTranslations('games');
  const hockey = useTranslations('hockey');
  const clips = useTranslations('clips');
  const common = useTranslations('common');
  const format = useFormatter();
  const label = t(`field.${field}`);
  const values = filters[field] ?? [];
  const options = playFacetValues(facets, field, values).map((facet) => ({
    ...{ value: facet.value, count: facet.count, hint: format.number(facet.count) },
    label: playValueName(field, facet, hockey, format),
  }));
  const choose = (next: string[]) => onChange({ [field]: next.length > 0 ? next : null });
  if (FEW_VALUES.includes(field))
    return (
      <FilterGroup label={label}>
        {options.length > 0 ? (
          <ToggleChips
            label={label}
            options={options.map((option) => {
              const short = field === 'period' ? periodShortName(hockey, Number(option.value)) : option.label;
              return { ...option, label: short, name: t('facetValue', { name: short, count: option.count }) };
            })}
            values={values}
            onChange={choose}
          />
        ) : (
          <span className="text-[0.8125rem] text-faint">–</span>
        )}
      </FilterGroup>
    );
  return (
    <FilterGroup label={label}>
      <MultiCombobox
        label={label}
        options={options}
        values={values}
        onChange={choose}
        placeholder={clips('anyValue')}
        searchPlaceholder={clips('searchValues')}
        emptyText={common('action.noResults')}
        clearLabel={clips('anyValue')}
        className="h-8 px-2.5"
      />
    </FilterGroup>
  );
}
