'use client';

import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { Select } from '#app/_ui/select.tsx';
import { AUDIT_ACTIONS } from '#lib/audit/audit-schemas.ts';
import { actionKeyOf } from './audit-words.ts';

export const NO_AUDIT_FILTERS = { actor: '', action: '', target: '', team_code: '', date_from: '', date_to: '' };
type Filters = typeof NO_AUDIT_FILTERS;

/** `Select` takes no empty value. */
const ANY = 'any';

/** What the API would refuse is left out: a team is two to four letters. */
const sound = (filters: Filters): Filters => ({
  ...filters,
  actor: filters.actor.trim(),
  target: filters.target.trim(),
  team_code: /^[a-z]{2,4}$/i.test(filters.team_code.trim()) ? filters.team_code.trim() : '',
  date_to: filters.date_to < filters.date_from ? '' : filters.date_to,
});

/** Text fields count when one leaves them or presses Enter. */
export function AuditFilters({ filters, onChange }: { filters: Filters; onChange: (filters: Filters) => void }) {
  const t = useTranslations('audit.filters');
  const actions = useTranslations('audit.action');
  const wordsOf = (action: string) => {
    const key = actionKeyOf(action);
    return key ? actions(key) : action;
  };
  const [draft, setDraft] = useState(filters);
  const apply = (change: Partial<Filters> = {}) => {
    const next = { ...draft, ...change };
    setDraft(next);
    onChange(sound(next));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    apply();
  };
  const field = (name: 'actor' | 'target' | 'team_code' | 'date_from' | 'date_to', label: string, width: string) => (
    <Field label={label} className={`w-full ${width}`}>
      {(control) => (
        <Input
          {...control}
          type={name.startsWith('date') ? 'date' : 'text'}
          value={draft[name]}
          autoComplete="off"
          onChange={(event) =>
            name.startsWith('date')
              ? apply({ [name]: event.target.value })
              : setDraft((old) => ({ ...old, [name]: event.target.value }))
          }
          onBlur={() => apply()}
        />
      )}
    </Field>
  );
  return (
    <search aria-label={t('label')}>
      <form onSubmit={submit} className="mb-4 grid grid-cols-2 items-end gap-3 sm:flex sm:flex-wrap">
        {field('actor', t('actor'), 'sm:w-40')}
        <Field label={t('action')} className="w-full sm:w-48">
          {(control) => (
            <Select
              {...control}
              value={draft.action || ANY}
              onValueChange={(value) => apply({ action: value === ANY ? '' : value })}
              options={[
                { value: ANY, label: t('anyAction') },
                ...AUDIT_ACTIONS.map((action) => ({ value: action, label: wordsOf(action) })),
              ]}
            />
          )}
        </Field>
        {field('target', t('target'), 'sm:w-40')}
        {field('team_code', t('team'), 'sm:w-24')}
        {field('date_from', t('from'), 'sm:w-40')}
        {field('date_to', t('to'), 'sm:w-40')}
        <button type="submit" hidden tabIndex={-1} />
        {JSON.stringify(filters) === JSON.stringify(NO_AUDIT_FILTERS) ? null : (
          <Button variant="ghost" onClick={() => apply(NO_AUDIT_FILTERS)}>
            {t('clear')}
          </Button>
        )}
      </form>
    </search>
  );
}
