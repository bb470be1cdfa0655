'use client';

import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { useTranslations } from 'use-intl';
import { filterText } from '#app/_client/clip-query.ts';
import { Select } from '#app/_ui/select.tsx';
import { Spinner } from '#app/_ui/spinner.tsx';
import type { StatsFilter } from './stats-href.ts';

/** Radix' select takes no empty value. */
const EVERYTHING = '*';

interface StatsFiltersProps {
  filter: StatsFilter;
  teams: string[];
  seasons: string[];
}

/** Team and season; the server counts again and the URL tells. */
export function StatsFilters({ filter, teams, seasons }: StatsFiltersProps) {
  const t = useTranslations('stats');
  const clips = useTranslations('clips');
  const common = useTranslations('common');
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const choose = (name: keyof StatsFilter) => (value: string) => {
    const { [name]: _, ...others } = filter;
    const text = filterText(value === EVERYTHING ? others : { ...others, [name]: [value] });
    startTransition(() => router.push(text ? `/stats?${text}` : '/stats'));
  };
  // Several, which a link may bring, are one choice of their own until another is made.
  const chosen = (name: keyof StatsFilter) => filter[name]?.join(', ');
  const options = (name: keyof StatsFilter, values: string[], all: string) => [
    { value: EVERYTHING, label: all },
    ...[...new Set([...values, chosen(name) ?? []].flat())].map((value) => ({ value, label: value })),
  ];
  return (
    <div className="flex w-full flex-wrap items-center gap-2 sm:w-auto">
      {pending ? <Spinner label={common('loading')} className="text-faint" /> : null}
      <Select
        label={clips('field.team_code')}
        value={chosen('team_code') ?? EVERYTHING}
        onValueChange={choose('team_code')}
        options={options('team_code', teams, t('allTeams'))}
        className="w-auto min-w-36 flex-1 sm:w-48 sm:flex-none"
      />
      <Select
        label={clips('field.season')}
        value={chosen('season') ?? EVERYTHING}
        onValueChange={choose('season')}
        options={options('season', seasons, t('allSeasons'))}
        className="w-auto min-w-36 flex-1 sm:w-48 sm:flex-none"
      />
    </div>
  );
}
