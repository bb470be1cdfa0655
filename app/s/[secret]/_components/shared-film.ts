import { apiFetch } from '#app/_client/api-fetch.ts';
import { startStream } from '#app/(portal)/watch/_components/clip-stream.ts';
import type { FilmPart } from '#app/(portal)/watch/_components/film-part.ts';
import type { Film } from '#app/(portal)/watch/_components/film-player-client.tsx';
import type { SignedPlaylist } from '#app/(portal)/watch/_components/url-renewal.ts';
import type { SharedItemJson, SharedReelJson } from '#lib/links/shared-schemas.ts';

type Playback = NonNullable<SharedItemJson['playback']>;

/** Where an item begins within its clip, in seconds. */
export const beginsS = ({ in_s }: SharedItemJson): number => in_s ?? 0;

/** How long an item lasts. */
export const lastsS = ({ in_s, out_s, duration_s }: SharedItemJson): number =>
  Math.max(0, (out_s ?? duration_s) - (in_s ?? 0));

const playlistOf = ({ url, expires_at }: Playback): SignedPlaylist => ({
  ...{ url, media: [], expiresAtMs: Date.parse(expires_at) },
});

/** What is played of the source; all of it where that is the item. */
function partOf(item: SharedItemJson, { kind, is_file, offset_s }: Playback): FilmPart | null {
  const isWhole = kind === 'cut' && !is_file && item.in_s === null && item.out_s === null;
  return isWhole ? null : { beginsS: offset_s + beginsS(item), lastsS: lastsS(item) };
}

/** Fresh URLs of an item, by the pass that the link gave. */
async function renew(pass: string, itemId: string): Promise<SignedPlaylist> {
  const { items } = await apiFetch<SharedReelJson>('/shared', { method: 'POST', body: { pass } });
  const playback = items.find(({ id }) => id === itemId)?.playback;
  if (!playback) throw new Error('The link does not show it any more.');
  return playlistOf(playback);
}

/** An item of a reel as the player plays it. */
export function filmOfItem(item: SharedItemJson, pass: string, plays: boolean | undefined): Film {
  const { playback } = item;
  return {
    ...{ id: item.id, kind: 'clip', isPlayable: playback !== null, durationS: lastsS(item) },
    ...{ startTimecodeS: 0, storyboard: null, ...(plays === undefined ? {} : { plays }) },
    start: (video, startS, events) =>
      playback &&
      startStream(
        video,
        {
          ...{ playlist: playlistOf(playback), isFile: playback.is_file, part: partOf(item, playback), startS },
          ...{ holds: 'all', isAhead: false, fetchTexts: async () => null },
          fetchPlaylist: () => renew(pass, item.id),
        },
        events,
      ),
  };
}
