'use client';

import { useTranslations } from 'use-intl';
import type { PlayFilterPatch, PlayFilters } from '#app/_client/play-query.ts';
import { RemovableValues } from '#app/_ui/removable-values.tsx';
import { type ActivePlayFilter, withoutPlayValue } from './play-filter-words.ts';

interface ActivePlayFiltersProps {
  filters: PlayFilters;
  active: readonly ActivePlayFilter[];
  onChange: (patch: PlayFilterPatch) => void;
  onClear: () => void;
}

/** What narrows the plays, each to be taken away by one click. */
export function ActivePlayFilters({ filters, active, onChange, onClear }: ActivePlayFiltersProps) {
  const t = useTranslations('games');
  const clips = useTranslations('clips');
  return (
    <RemovableValues
      label={clips('activeFilters')}
      values={active.map((filter) => ({
        key: `${filter.name} ${filter.value}`,
        name: t(`field.${filter.name}`),
        text: filter.text,
        onRemove: () => onChange(withoutPlayValue(filters, filter)),
      }))}
      removeLabel={clips('removeFilter')}
      clearLabel={clips('clearAll')}
      onClear={onClear}
    />
  );
}
