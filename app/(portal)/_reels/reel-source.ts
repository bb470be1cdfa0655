import type { QueryClient } from '@tanstack/react-query';
import { queryKeys } from '#app/_client/query-keys.ts';
import { fetchReel, reelPlaylistsOptions } from '#app/_client/reel-queries.ts';
import { startStream } from '#app/(portal)/watch/_components/clip-stream.ts';
import type { FilmElement } from '#app/(portal)/watch/_components/film-element.ts';
import type { ClipStream, StreamEvents, StreamSource } from '#app/(portal)/watch/_components/stream-parts.ts';
import type { SignedPlaylist } from '#app/(portal)/watch/_components/url-renewal.ts';
import type { ReelJson } from '#lib/reels/reel-schemas.ts';
import type { DeckItem, DeckPlayback } from './deck-item.ts';
import type { KeptItems } from './kept-items.ts';

export const playlistOf = ({ url, expires_at }: DeckPlayback): SignedPlaylist => ({
  ...{ url, media: [], expiresAtMs: Date.parse(expires_at) },
});

/** A clip's newest URLs, as the reel gives them; a reel that shows it no more refuses it. */
async function fetchPlaylist(client: QueryClient, reelId: string, clipId: string): Promise<SignedPlaylist> {
  const reel = await client.fetchQuery({
    queryKey: queryKeys.reel(reelId),
    queryFn: (): Promise<ReelJson> => fetchReel(reelId),
    staleTime: 1000,
  });
  const playback = reel.items.find(({ clip_id }) => clip_id === clipId)?.clip?.playback;
  if (!playback) throw new Error('The reel does not show the clip any more.');
  return playlistOf(playback);
}

interface StartOptions {
  isAhead: boolean;
  atS: number;
}

/** How a deck starts an item in an element. */
export type StartItem = (
  video: FilmElement,
  item: DeckItem,
  options: StartOptions,
  events: StreamEvents,
) => ClipStream | null;

/** Starts what is shown to somebody, by texts and playlists that whoever shows it has signed. */
export function startShown(
  video: FilmElement,
  playback: DeckPlayback,
  { isAhead, atS, ...ways }: StartOptions & Pick<StreamSource, 'kept' | 'fetchTexts' | 'fetchPlaylist'>,
  events: StreamEvents,
): ClipStream {
  const { kind, is_file: isFile = false, offset_s: beginsS, duration_s: lastsS } = playback;
  const part = kind === 'slice' || isFile ? { beginsS, lastsS } : null;
  const source = { ...ways, isFile, part, isAhead, areTextsSigned: true, startS: atS, holds: 'all' as const };
  return startStream(video, { ...source, playlist: playlistOf(playback) }, events);
}

/** Starts items of a reel by what the reel itself gives: whom it shows them to need not reach the clips. */
export const startOfReel =
  (client: QueryClient, reelId: string, kept: KeptItems): StartItem =>
  (video, { clip }, options, events) => {
    const { playback, clip_id: clipId } = clip;
    if (!playback) return null;
    const ways = {
      ...options,
      kept: kept.of(clipId),
      fetchTexts: async () =>
        kept.textsOf(clipId) ??
        client.fetchQuery(reelPlaylistsOptions(reelId, clipId)).then(
          ({ playlists }) => playlists,
          // Without them its URL says the rest.
          () => null,
        ),
      fetchPlaylist: () => fetchPlaylist(client, reelId, clipId),
    };
    return startShown(video, playback, ways, events);
  };
