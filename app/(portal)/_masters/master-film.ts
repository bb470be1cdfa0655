import type { QueryClient } from '@tanstack/react-query';
import { masterPlaybackOptions } from '#app/_client/master-queries.ts';
import { startStream } from '#app/(portal)/watch/_components/clip-stream.ts';
import type { Film } from '#app/(portal)/watch/_components/film-player-client.tsx';
import type { SignedPlaylist } from '#app/(portal)/watch/_components/url-renewal.ts';
import type { MasterPlaybackJson } from '#lib/masters/master-schemas.ts';

const playlistOf = ({ url, expires_at }: MasterPlaybackJson): SignedPlaylist => ({
  ...{ url, media: [] },
  expiresAtMs: Date.parse(expires_at),
});

/**
 * A whole master as its player plays it, as far as it is prepared: its playlists grow by themselves.
 * @param playback as it was when it was opened; `null` while nothing of it can be played.
 */
export const filmOfMaster = (queryClient: QueryClient, id: string, playback: MasterPlaybackJson | null): Film => ({
  ...{ id: `master ${id}`, kind: 'master', isPlayable: playback !== null },
  ...{ durationS: playback?.playable_to_s ?? 0, startTimecodeS: 0 },
  storyboard: playback?.storyboard ?? null,
  start: (video, startS, events) =>
    playback &&
    startStream(
      video,
      {
        playlist: playlistOf(playback),
        isFile: false,
        part: { beginsS: playback.offset_s, lastsS: null },
        holds: 'near',
        startS,
        isAhead: false,
        fetchTexts: async () => null,
        fetchPlaylist: async () =>
          playlistOf(await queryClient.fetchQuery({ ...masterPlaybackOptions(id), staleTime: 0 })),
      },
      events,
    ),
});
