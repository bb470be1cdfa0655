import { mutationOptions, type QueryClient, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  CodeWindowJson,
  createCodeWindowSchema,
  patchCodeWindowSchema,
} from '#lib/code-windows/code-window-schemas.ts';
import { apiFetch } from './api-fetch.ts';
import { isLost } from './bulk-clips.ts';
import { newIdempotencyKey } from './idempotency-key.ts';
import { queryKeys } from './query-keys.ts';

/** What forms may send; the server's schemas have the last word. */
export type CreateCodeWindowBody = z.input<typeof createCodeWindowSchema>;
type PatchCodeWindowBody = z.input<typeof patchCodeWindowSchema>;

/** The code windows of a team: one's own first, then those that others share. */
export const codeWindowsOptions = (team: string) =>
  queryOptions({
    queryKey: queryKeys.codeWindows(team),
    queryFn: async ({ signal }) => {
      const path = `/code-windows?${new URLSearchParams({ team_code: team })}`;
      return (await apiFetch<{ code_windows: CodeWindowJson[] }>(path, { signal })).code_windows;
    },
  });

/** Shows a window as it is now, before the list is asked for again. */
function keep(client: QueryClient, window: CodeWindowJson): Promise<void> {
  const queryKey = queryKeys.codeWindows(window.team_code);
  client.setQueryData<CodeWindowJson[]>(queryKey, (old = []) =>
    old.some(({ id }) => id === window.id)
      ? old.map((known) => (known.id === window.id ? window : known))
      : [window, ...old],
  );
  return client.invalidateQueries({ queryKey });
}

export const createCodeWindowOptions = (client: QueryClient) =>
  mutationOptions({
    mutationFn: ({ body, key }: { body: CreateCodeWindowBody; key: string }) =>
      apiFetch<CodeWindowJson>('/code-windows', { method: 'POST', body, headers: { 'idempotency-key': key } }),
    retry: (failures, error) => failures < 2 && isLost(error),
    onSuccess: (window) => keep(client, window),
  });

/** What `createCodeWindowOptions` is given for a new window; a repeated request is the same one. */
export const newCodeWindow = (body: CreateCodeWindowBody) => ({ body, key: newIdempotencyKey() });

/** 412 `stale_edit` when the window was changed since. */
export const patchCodeWindowOptions = (client: QueryClient) =>
  mutationOptions({
    mutationFn: ({ window: { id, version }, patch }: { window: CodeWindowJson; patch: PatchCodeWindowBody }) =>
      apiFetch<CodeWindowJson>(`/code-windows/${id}`, {
        method: 'PATCH',
        body: patch,
        headers: { 'if-match': `"${version}"` },
      }),
    onSuccess: (window) => keep(client, window),
  });

export const deleteCodeWindowOptions = (client: QueryClient) =>
  mutationOptions({
    mutationFn: ({ id, version }: CodeWindowJson) =>
      apiFetch<void>(`/code-windows/${id}`, { method: 'DELETE', headers: { 'if-match': `"${version}"` } }),
    onSuccess: (_answer, { id, team_code }) => {
      const queryKey = queryKeys.codeWindows(team_code);
      client.setQueryData<CodeWindowJson[]>(queryKey, (old) => old?.filter((known) => known.id !== id));
      return client.invalidateQueries({ queryKey });
    },
  });
