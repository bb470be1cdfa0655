'use client';

import { useTranslations } from 'use-intl';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { Select } from '#app/_ui/select.tsx';
import { roleSchema } from '#lib/users/people-schemas.ts';

export const NO_USER_FILTERS = { q: '', role: '', status: '' };
type UserFilters = typeof NO_USER_FILTERS;

/** `Select` takes no empty value. */
const ANY = 'any';

export function UsersFilters({
  filters,
  onChange,
}: {
  filters: UserFilters;
  onChange: (filters: UserFilters) => void;
}) {
  const t = useTranslations('people.users');
  const roles = useTranslations('common.role');
  const set = (change: Partial<UserFilters>) => onChange({ ...filters, ...change });
  const choice = (value: string) => (value === ANY ? '' : value);
  return (
    <search className="mb-4 grid grid-cols-2 items-end gap-3 sm:flex sm:flex-wrap">
      <Field label={t('search')} className="col-span-2 w-full sm:w-64">
        {(control) => (
          <Input
            {...control}
            type="search"
            value={filters.q}
            onChange={(event) => set({ q: event.target.value.trimStart() })}
          />
        )}
      </Field>
      <Field label={t('role')} className="w-full sm:w-40">
        {(control) => (
          <Select
            {...control}
            value={filters.role || ANY}
            onValueChange={(value) => set({ role: choice(value) })}
            options={[
              { value: ANY, label: t('anyRole') },
              ...roleSchema.options.map((role) => ({ value: role, label: roles(role) })),
            ]}
          />
        )}
      </Field>
      <Field label={t('status')} className="w-full sm:w-40">
        {(control) => (
          <Select
            {...control}
            value={filters.status || ANY}
            onValueChange={(value) => set({ status: choice(value) })}
            options={[
              { value: ANY, label: t('anyStatus') },
              { value: 'active', label: t('active') },
              { value: 'disabled', label: t('disabled') },
            ]}
          />
        )}
      </Field>
    </search>
  );
}
