'use client';

import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import type { ClipQuery, FilterPatch } from '#app/_client/clip-query.ts';
import { cn } from '#app/_ui/cn.ts';
import { Input } from '#app/_ui/input.tsx';

interface DateRangeFilterProps {
  filters: ClipQuery['filters'];
  onChange: (patch: FilterPatch) => void;
}

/** Game dates, both ends included. Choosing an end beyond the other moves that one along. */
export function DateRangeFilter({ filters, onChange }: DateRangeFilterProps) {
  const t = useTranslations('clips');
  const { date_from: from, date_to: to } = filters;
  return (
    <fieldset className="flex min-w-0 flex-col gap-1">
      <legend className="mb-1 text-xs font-medium text-muted">{t('field.game_date')}</legend>
      <div className="flex flex-col gap-1">
        <DateInput
          name={t('field.date_from')}
          label={t('from')}
          value={from}
          onChange={(next) => onChange({ date_from: next, ...(next && to && to < next ? { date_to: next } : {}) })}
        />
        <DateInput
          name={t('field.date_to')}
          label={t('to')}
          value={to}
          onChange={(next) => onChange({ date_to: next, ...(next && from && from > next ? { date_from: next } : {}) })}
        />
      </div>
    </fieldset>
  );
}

function DateInput({
  name,
  label,
  value,
  onChange,
}: {
  name: string;
  label: string;
  value: string | undefined;
  onChange: (value: string | null) => void;
}) {
  const input = useRef<HTMLInputElement>(null);

  // Left alone while a date is typed, part by part; set only when the filter changes from elsewhere.
  useEffect(() => {
    if (input.current && input.current.value !== (value ?? '')) input.current.value = value ?? '';
  }, [value]);

  return (
    <div className="flex items-center gap-2 text-xs text-faint">
      <span aria-hidden className="w-8 shrink-0">
        {label}
      </span>
      {/* While a year is typed, the field passes through years like 0002: those are not meant yet. */}
      <Input
        ref={input}
        type="date"
        aria-label={name}
        defaultValue={value ?? ''}
        min="1917-01-01"
        max="2100-12-31"
        onChange={(event) => {
          const { value: next, validity } = event.currentTarget;
          if (validity.valid) onChange(next || null);
        }}
        className={cn(
          'h-8 px-2 text-[0.8125rem]',
          value ? 'border-accent-text bg-accent-soft' : 'border-line bg-raised text-faint',
        )}
      />
    </div>
  );
}
