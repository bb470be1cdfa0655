import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { AuditListJson } from '#lib/audit/audit-schemas.ts';
import type { KeyListJson, UserListJson } from '#lib/users/people-schemas.ts';
import { apiFetch } from './api-fetch.ts';
import { queryKeys } from './query-keys.ts';

/** How many accounts, or keys, are shown; searching narrows the list. */
export const PEOPLE_LIMIT = 200;
const AUDIT_LIMIT = 50;

/** Filters as the API takes them, without the empty ones, always in one order. */
export function filterText(filters: Readonly<Record<string, string>>): string {
  const params = new URLSearchParams();
  for (const name of Object.keys(filters).sort()) if (filters[name]) params.set(name, filters[name]);
  return params.toString();
}

const pathOf = (path: string, text: string, limit: number, cursor: string | null = null): string => {
  const params = new URLSearchParams(text);
  params.set('limit', String(limit));
  if (cursor) params.set('cursor', cursor);
  return `${path}?${params}`;
};

export const userListOptions = (text: string) =>
  queryOptions({
    queryKey: queryKeys.users(text),
    queryFn: ({ signal }) => apiFetch<UserListJson>(pathOf('/users', text, PEOPLE_LIMIT), { signal }),
    placeholderData: keepPreviousData,
  });

export const keyListOptions = (text: string) =>
  queryOptions({
    queryKey: queryKeys.keys(text),
    queryFn: ({ signal }) => apiFetch<KeyListJson>(pathOf('/keys', text, PEOPLE_LIMIT), { signal }),
    placeholderData: keepPreviousData,
  });

export const auditOptions = (text: string) =>
  infiniteQueryOptions({
    queryKey: queryKeys.audit(text),
    queryFn: ({ signal, pageParam }) =>
      apiFetch<AuditListJson>(pathOf('/audit', text, AUDIT_LIMIT, pageParam), { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next_cursor }) => next_cursor,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

/** Where the same entries are saved as CSV. */
export const auditExportHref = (text: string): string => `/api/v2/audit/export${text ? `?${text}` : ''}`;
