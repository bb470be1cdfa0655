'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { FilterPatch } from '#app/_client/clip-query.ts';
import { Button } from '#app/_ui/button.tsx';
import { type ActiveFilter, withoutValue } from '#app/(portal)/_clips/filter-words.ts';

interface ActiveFiltersProps {
  active: readonly ActiveFilter[];
  onChange: (patch: FilterPatch) => void;
  onClear: () => void;
}

/** What narrows the list, each to be taken away by one click. */
export function ActiveFilters({ active, onChange, onClear }: ActiveFiltersProps) {
  const t = useTranslations('clips');
  if (active.length === 0) return null;
  return (
    <ul aria-label={t('activeFilters')} className="flex flex-wrap items-center gap-1.5">
      {active.map((filter) => (
        <li key={`${filter.name} ${filter.value}`} className="min-w-0">
          <button
            type="button"
            onClick={() => onChange(withoutValue(active, filter))}
            className="flex h-7 max-w-full pointer-coarse:min-h-11 items-center gap-1.5 rounded-md border border-line bg-raised pr-1.5 pl-2 text-[0.8125rem] transition-colors hover:bg-hover"
          >
            <span className="sr-only">{t('removeFilter')}</span>
            <span className="shrink-0 text-faint">{t(`field.${filter.name}`)}</span>
            <span className="truncate font-medium">{filter.text}</span>
            <X aria-hidden className="size-3.5 shrink-0 text-muted" />
          </button>
        </li>
      ))}
      <li>
        <Button size="sm" variant="ghost" onClick={onClear} className="h-7">
          {t('clearAll')}
        </Button>
      </li>
    </ul>
  );
}
