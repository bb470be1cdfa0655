import { mutationOptions } from '@tanstack/react-query';
import type { ClubJson } from '#lib/clubs/club-schemas.ts';
import { apiFetch } from './api-fetch.ts';

interface ClubFields {
  name: string | null;
  color: string | null;
  /** A PNG in Base64; left out: the one that is there stays. */
  crest?: string | null;
}

/** `version` is the one that the form was filled from: 412 `stale_edit` when the club was changed since. */
export const saveClubOptions = () =>
  mutationOptions({
    mutationFn: ({ team, version, fields }: { team: string; version: string | null; fields: ClubFields }) =>
      apiFetch<ClubJson>(`/clubs/${encodeURIComponent(team)}`, {
        method: 'PATCH',
        body: fields,
        headers: version === null ? {} : { 'if-match': `"${version}"` },
      }),
  });
