'use client';

import { useTranslations } from 'use-intl';
import type { FilterPatch } from '#app/_client/clip-query.ts';
import { RemovableValues } from '#app/_ui/removable-values.tsx';
import { type ActiveFilter, withoutValue } from '#app/(portal)/_clips/filter-words.ts';

interface ActiveFiltersProps {
  active: readonly ActiveFilter[];
  onChange: (patch: FilterPatch) => void;
  onClear: () => void;
}

/** What narrows the list, each to be taken away by one click. */
export function ActiveFilters({ active, onChange, onClear }: ActiveFiltersProps) {
  const t = useTranslations('clips');
  return (
    <RemovableValues
      label={t('activeFilters')}
      values={active.map((filter) => ({
        key: `${filter.name} ${filter.value}`,
        name: t(`field.${filter.name}`),
        text: filter.text,
        onRemove: () => onChange(withoutValue(active, filter)),
      }))}
      removeLabel={t('removeFilter')}
      clearLabel={t('clearAll')}
      onClear={onClear}
    />
  );
}
