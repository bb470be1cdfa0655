import type { QueryClient } from '@tanstack/react-query';
import { queryKeys } from '#app/_client/query-keys.ts';
import { fetchReel, reelPlaylistsOptions } from '#app/_client/reel-queries.ts';
import { startStream } from '#app/(portal)/watch/_components/clip-stream.ts';
import type { FilmElement } from '#app/(portal)/watch/_components/film-element.ts';
import type { ClipStream, StreamEvents, StreamSource } from '#app/(portal)/watch/_components/stream-parts.ts';
import type { SignedPlaylist } from '#app/(portal)/watch/_components/url-renewal.ts';
import type { ReelClipJson, ReelJson } from '#lib/reels/reel-schemas.ts';
import type { DeckItem } from './deck-item.ts';
import type { KeptItems } from './kept-items.ts';

const playlistOf = ({ playback }: Pick<ReelClipJson, 'playback'>): SignedPlaylist | null =>
  playback && { url: playback.url, media: [], expiresAtMs: Date.parse(playback.expires_at) };

/** A clip's newest URLs, as the reel gives them; a reel that shows it no more refuses it. */
async function fetchPlaylist(client: QueryClient, reelId: string, clipId: string): Promise<SignedPlaylist> {
  const reel = await client.fetchQuery({
    queryKey: queryKeys.reel(reelId),
    queryFn: (): Promise<ReelJson> => fetchReel(reelId),
    staleTime: 1000,
  });
  const clip = reel.items.find(({ clip_id }) => clip_id === clipId)?.clip;
  const playlist = clip && playlistOf(clip);
  if (!playlist) throw new Error('The reel does not show the clip any more.');
  return playlist;
}

/** How a deck starts an item in an element. */
export type StartItem = (
  video: FilmElement,
  item: DeckItem,
  options: { isAhead: boolean; atS: number },
  events: StreamEvents,
) => ClipStream | null;

/** Starts items of a reel by what the reel itself gives: whom it shows them to need not reach the clips. */
export const startOfReel =
  (client: QueryClient, reelId: string, kept: KeptItems): StartItem =>
  (video, { clip }, { isAhead, atS }, events) => {
    const { playback, clip_id: clipId } = clip;
    const playlist = playlistOf(clip);
    if (!playback || !playlist) return null;
    const isSlice = playback.kind === 'slice';
    const source: StreamSource = {
      ...{ playlist, isFile: false, startS: atS, isAhead, holds: 'all' },
      part: isSlice ? { beginsS: playback.offset_s, lastsS: playback.duration_s } : null,
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
    return startStream(video, source, events);
  };
