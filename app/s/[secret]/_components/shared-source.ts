import type { QueryClient } from '@tanstack/react-query';
import { sharedPlaylistsOptions, sharedReelOptions } from '#app/_client/shared-queries.ts';
import type { ShownNote } from '#app/(portal)/_notes/shown-note.ts';
import type { DeckItem } from '#app/(portal)/_reels/deck-item.ts';
import { playlistOf, type StartItem, startShown } from '#app/(portal)/_reels/reel-source.ts';
import type { SignedPlaylist } from '#app/(portal)/watch/_components/url-renewal.ts';
import type { SharedItemJson, SharedReelJson } from '#lib/links/shared-schemas.ts';

/** The items that can be played, in their order. */
export const deckItemsOf = (items: readonly SharedItemJson[]): DeckItem[] =>
  items.flatMap(({ id, in_s, out_s, duration_s, note, playback }) =>
    playback ? { id, clip: { clip_id: id, duration_s, playback }, inS: in_s ?? 0, outS: out_s, note } : [],
  );

/** The notes of each item, as pictures show them; nobody is told whose they are. */
export const notesOfItems = (items: readonly SharedItemJson[]): Map<string, ShownNote[]> =>
  new Map(
    items.map(({ id, notes }) => [
      id,
      notes.map((note, index) => ({ ...note, id: `${id}:${index}`, reply_to: null, author: null })),
    ]),
  );

/** An item's newest URLs, by the pass that the link gave; a link that shows it no more refuses it. */
async function fetchPlaylist(client: QueryClient, first: SharedReelJson, itemId: string): Promise<SignedPlaylist> {
  const { items } = await client.fetchQuery({ ...sharedReelOptions(first), staleTime: 1000 });
  const playback = items.find(({ id }) => id === itemId)?.playback;
  if (!playback) throw new Error('The link does not show it any more.');
  return playlistOf(playback);
}

/** Starts items by what the link gives. */
export const startOfLink =
  (client: QueryClient, first: SharedReelJson): StartItem =>
  (video, { id, clip: { playback } }, options, events) => {
    if (!playback) return null;
    const fetchTexts = async () =>
      playback.is_file
        ? null
        : client.fetchQuery(sharedPlaylistsOptions(id, playback.url)).then(
            ({ playlists }) => playlists,
            // Without them its URL says the rest.
            () => null,
          );
    const ways = { ...options, fetchTexts, fetchPlaylist: () => fetchPlaylist(client, first, id) };
    return startShown(video, playback, ways, events);
  };
