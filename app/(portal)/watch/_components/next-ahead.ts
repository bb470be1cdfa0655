import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { playlistsOptions } from '#app/_client/clip-queries.ts';
import { isFrugal } from '#app/_client/connection.ts';
import { knownClip } from '#app/_client/known-clip.ts';
import { queryKeys } from '#app/_client/query-keys.ts';
import { whenIdle } from '#app/_ui/when-idle.ts';
import { isPlayable } from '#app/(portal)/_clips/clip-assets.ts';
import type { ClipJson, ClipPlaylists, PlaylistTexts } from '#lib/clips/clip-schemas.ts';

export interface KnownClip {
  clip: ClipJson;
  playlists: PlaylistTexts;
}

/** A clip that can be begun without a question: of a list that is loaded, with the texts of its playlists. */
function readyClip(queryClient: QueryClient, clipId: string): KnownClip | null {
  const clip = knownClip(queryClient, clipId);
  const known = queryClient.getQueryData<ClipPlaylists>(queryKeys.clipPlaylists(clipId));
  return clip && known ? { clip, playlists: known.playlists } : null;
}

/** Fetches the texts of the next clip's playlists while this one plays; answers how to look for what is known of one. */
export function useNextAhead(next: string | null): (clipId: string) => KnownClip | null {
  const queryClient = useQueryClient();
  useEffect(() => {
    const clip = next === null ? undefined : knownClip(queryClient, next);
    if (!clip || !isPlayable(clip) || isFrugal()) return;
    return whenIdle(() => void queryClient.prefetchQuery(playlistsOptions(clip.clip_id)));
  }, [queryClient, next]);
  return (clipId) => readyClip(queryClient, clipId);
}
