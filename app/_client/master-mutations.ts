import { mutationOptions, type QueryClient } from '@tanstack/react-query';
import type { MasterJson } from '#lib/masters/master-schemas.ts';
import { apiFetch } from './api-fetch.ts';
import { masterPath } from './master-queries.ts';
import { queryKeys } from './query-keys.ts';

const deleteFrom = (client: QueryClient, search: string) =>
  mutationOptions({
    mutationFn: (masterId: string) => apiFetch<void>(`${masterPath(masterId)}${search}`, { method: 'DELETE' }),
    onSuccess: async (_answer, masterId) => {
      client.removeQueries({ queryKey: queryKeys.master(masterId) });
      await client.invalidateQueries({ queryKey: queryKeys.masterLists });
    },
  });

/** Puts a master into the trash; refused with 409 while clips depend on it. The variable is the master's id. */
export const deleteMasterOptions = (client: QueryClient) => deleteFrom(client, '');

/** Deletes one for good. */
export const purgeMasterOptions = (client: QueryClient) => deleteFrom(client, '?permanent=true');

/** Takes one out of the trash. */
export const restoreMasterOptions = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (masterId: string) => apiFetch<MasterJson>(`${masterPath(masterId)}/restore`, { method: 'POST' }),
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: queryKeys.masterLists });
    },
  });
