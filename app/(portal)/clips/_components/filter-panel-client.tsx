'use client';

import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { ClipFilters, FilterPatch } from '#app/_client/clip-query.ts';
import { periodShortName } from '#app/_i18n/hockey-words.ts';
import { cn } from '#app/_ui/cn.ts';
import { MultiCombobox } from '#app/_ui/multi-combobox.tsx';
import { ToggleChips } from '#app/_ui/toggle-chips.tsx';
import { facetValues, filterValueName } from '#app/(portal)/_clips/filter-words.ts';
import {
  type ClipFacetsJson,
  type FacetField,
  FILTER_NAMES,
  type FilterName,
  isFacetField,
} from '#lib/clips/clip-filter-schemas.ts';
import { DateRangeFilter } from './date-range-filter-client.tsx';

export interface FilterPanelProps {
  filters: ClipFilters;
  facets: ClipFacetsJson | undefined;
  onChange: (patch: FilterPatch) => void;
}

/** Filters with a handful of values: all of them at one click. */
const FEW_VALUES: readonly FilterName[] = ['period', 'outcome', 'zone', 'strength', 'status'];

/** Every filter, in the order of the contract, with the values that exist in the reader's reach and their counts. */
export function FilterPanel(props: FilterPanelProps) {
  return (
    <div className="flex flex-col gap-3.5">
      {FILTER_NAMES.map((name) => {
        if (name === 'date_from') return <DateRangeFilter key={name} {...props} />;
        if (!isFacetField(name)) return null;
        const Facet = FEW_VALUES.includes(name) ? FacetChips : FacetList;
        return <Facet key={name} field={name} {...props} />;
      })}
    </div>
  );
}

interface FacetProps extends FilterPanelProps {
  field: FacetField;
}

/** The values of one filter in the reader's words, each with its count. */
const useFacetOptions = ({ field, filters, facets }: FacetProps) => {
  const hockey = useTranslations('hockey');
  const format = useFormatter();
  return facetValues(facets, field, filters[field]).map(({ value, label, count }) => ({
    value,
    label: filterValueName(field, value, label, hockey, format),
    hint: format.number(count),
    count,
  }));
};

export function FilterGroup({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <span aria-hidden className="text-xs font-medium text-muted">
        {label}
      </span>
      {children}
    </div>
  );
}

/** For filters with many values: a list to search in, and to choose several of. */
function FacetList(props: FacetProps) {
  const t = useTranslations('clips');
  const common = useTranslations('common');
  const { field, filters, onChange } = props;
  const options = useFacetOptions(props);
  const values = filters[field] ?? [];
  return (
    <FilterGroup label={t(`field.${field}`)}>
      <MultiCombobox
        label={t(`field.${field}`)}
        options={options}
        values={values}
        onChange={(next) => onChange({ [field]: next })}
        placeholder={t('anyValue')}
        searchPlaceholder={t('searchValues')}
        emptyText={common('action.noResults')}
        clearLabel={t('anyValue')}
        className={cn(
          'h-8 px-2.5',
          values.length === 0 ? 'border-line bg-raised' : 'border-accent-text bg-accent-soft',
        )}
      />
    </FilterGroup>
  );
}

function FacetChips(props: FacetProps) {
  const t = useTranslations('clips');
  const hockey = useTranslations('hockey');
  const { field, filters, onChange } = props;
  const options = useFacetOptions(props);
  return (
    <FilterGroup label={t(`field.${field}`)}>
      {options.length > 0 ? (
        <ToggleChips
          label={t(`field.${field}`)}
          options={options.map((option) => {
            const name = (label: string) => t('facetValue', { name: label, count: option.count });
            if (field !== 'period') return { ...option, name: name(option.label) };
            // What is seen comes first in the name, for people who speak to their browser (WCAG 2.5.3).
            const label = periodShortName(hockey, Number(option.value));
            return { ...option, label, name: `${name(label)}, ${option.label}` };
          })}
          values={filters[field] ?? []}
          onChange={(next) => onChange({ [field]: next })}
        />
      ) : (
        <span className="text-[0.8125rem] text-faint">–</span>
      )}
    </FilterGroup>
  );
}
