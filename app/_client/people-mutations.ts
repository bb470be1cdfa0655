import { mutationOptions, type QueryClient } from '@tanstack/react-query';
import type { CreatedKeyJson, UserJson, UserLinkJson } from '#lib/users/people-schemas.ts';
import { apiFetch } from './api-fetch.ts';
import { queryKeys } from './query-keys.ts';

/** Fields of an account as the forms send them. */
export interface UserFields {
  email?: string;
  name?: string;
  role?: string;
  team_access?: string[];
  player_id?: string | null;
  disabled?: boolean;
}

/** Makes an account, or changes the one that is named. */
export const saveUserOptions = (client: QueryClient) =>
  mutationOptions({
    mutationFn: ({ id, fields }: { id: string | null; fields: UserFields }) =>
      apiFetch<UserJson>(id ? `/users/${id}` : '/users', { method: id ? 'PATCH' : 'POST', body: fields }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: queryKeys.allUsers }),
        client.invalidateQueries({ queryKey: queryKeys.allKeys }),
      ]),
  });

export const makeLinkOptions = () =>
  mutationOptions({
    mutationFn: ({ id, purpose }: { id: string; purpose: UserLinkJson['purpose'] }) =>
      apiFetch<UserLinkJson>(`/users/${id}/${purpose}`, { method: 'POST' }),
  });

export interface KeyFields {
  name: string;
  scope: string;
  expires_in_days?: number;
}

export const createKeyOptions = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (fields: KeyFields) => apiFetch<CreatedKeyJson>('/keys', { method: 'POST', body: fields }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.allKeys }),
  });

export const revokeKeyOptions = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (id: string) => apiFetch<void>(`/keys/${id}`, { method: 'DELETE' }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.allKeys }),
  });
