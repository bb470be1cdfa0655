import { mutationOptions, type QueryClient } from '@tanstack/react-query';
import { apiFetch } from './api-fetch.ts';
import { masterPath } from './master-queries.ts';
import { queryKeys } from './query-keys.ts';

/** Deletes a master; refused with 409 while clips depend on it. The variable is the master's id. */
export const deleteMasterOptions = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (masterId: string) => apiFetch<void>(masterPath(masterId), { method: 'DELETE' }),
    onSuccess: async (_answer, masterId) => {
      client.removeQueries({ queryKey: queryKeys.master(masterId) });
      await client.invalidateQueries({ queryKey: queryKeys.masterLists });
    },
  });
