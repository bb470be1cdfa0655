'use client';

import { useQuery } from '@tanstack/react-query';
import { UserPlus, Users } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useTranslations } from 'use-intl';
import { filterText, PEOPLE_LIMIT, userListOptions } from '#app/_client/people-queries.ts';
import { Button } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { ApiFault } from '#app/(portal)/_components/api-fault-client.tsx';
import type { UserJson, UserListJson } from '#lib/users/people-schemas.ts';
import { UserDialog } from './user-dialog-client.tsx';
import { NO_USER_FILTERS, UsersFilters } from './users-filters-client.tsx';
import { UsersTable } from './users-table-client.tsx';

/** Who sees something of one's teams, and what one may do about it. */
export function UsersPage({ first }: { first: UserListJson }) {
  const t = useTranslations('people.users');
  const [filters, setFilters] = useState(NO_USER_FILTERS);
  const [edited, setEdited] = useState<UserJson | 'new' | null>(null);
  const text = useDeferredValue(filterText(filters));
  const { data, error, refetch } = useQuery({
    ...userListOptions(text),
    ...(text === '' ? { initialData: first } : {}),
  });
  const list = data ?? first;
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('count', { count: list.total })}
        actions={
          <Button variant="primary" onClick={() => setEdited('new')}>
            <UserPlus aria-hidden />
            {t('add')}
          </Button>
        }
      />
      <UsersFilters filters={filters} onChange={setFilters} />
      {error ? <ApiFault error={error} onRetry={() => void refetch()} /> : null}
      {!error && list.users.length === 0 ? (
        <EmptyState icon={<Users />} title={t('empty')} description={t('emptyHint')} />
      ) : null}
      {!error && list.users.length > 0 ? <UsersTable users={list.users} onEdit={setEdited} /> : null}
      {list.total > PEOPLE_LIMIT ? (
        <p className="mt-3 text-sm text-muted">{t('more', { count: PEOPLE_LIMIT })}</p>
      ) : null}
      {edited ? <UserDialog user={edited === 'new' ? null : edited} onClose={() => setEdited(null)} /> : null}
    </>
  );
}
