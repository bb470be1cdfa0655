'use client';

import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { type MasterQuery, mastersHref, NO_MASTER_FILTERS, readMasterQuery } from '#app/_client/master-query.ts';
import { statusName } from '#app/_i18n/hockey-words.ts';
import { Button } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Select } from '#app/_ui/select.tsx';
import { GameFields } from '#app/(portal)/_masters/game-fields-client.tsx';
import { MASTER_STATUSES } from '#lib/masters/master-schemas.ts';

/** `Select` takes no empty value. */
const ANY = 'any';

interface MastersFiltersProps {
  query: MasterQuery;
  onChange: (query: MasterQuery) => void;
}

/** Team, season, game and status; text fields count when one leaves them or presses Enter. */
export function MastersFilters({ query, onChange }: MastersFiltersProps) {
  const t = useTranslations('masters.filters');
  const hockey = useTranslations('hockey');
  const [text, setText] = useState({ team_code: query.team_code, season: query.season, game_id: query.game_id });
  const apply = (change: Partial<Record<keyof MasterQuery, string>> = {}) => {
    const next = { ...readMasterQuery({ ...text, status: query.status, ...change }), page: 1 };
    if (mastersHref(next) !== mastersHref({ ...query, page: 1 })) onChange(next);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    apply();
  };
  const isFiltered = mastersHref({ ...query, page: 1 }) !== mastersHref(NO_MASTER_FILTERS);
  return (
    <search aria-label={t('label')}>
      <form onSubmit={submit} className="mb-4 grid grid-cols-2 items-end gap-3 sm:flex sm:flex-wrap">
        <GameFields
          text={text}
          labels={{ team: t('team'), season: t('season'), game: t('game') }}
          onChange={setText}
          onLeave={() => apply()}
        />
        <Field label={t('status')} className="w-full sm:w-44">
          {(control) => (
            <Select
              {...control}
              value={query.status || ANY}
              onValueChange={(value) => apply({ status: value === ANY ? '' : value })}
              options={[
                { value: ANY, label: t('anyStatus') },
                ...MASTER_STATUSES.map((known) => ({ value: known, label: statusName(hockey, known) })),
              ]}
            />
          )}
        </Field>
        <button type="submit" hidden tabIndex={-1} />
        {isFiltered ? (
          <Button variant="ghost" onClick={() => onChange(NO_MASTER_FILTERS)}>
            {t('clear')}
          </Button>
        ) : null}
      </form>
    </search>
  );
}
