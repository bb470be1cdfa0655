import { preconnect, preload } from 'react-dom';
import { pickAssets } from '#app/(portal)/clips/_components/clip-assets.ts';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';

/**
 * In the page's HTML: the browser fetches what the player will ask for while the player's code is still on the way.
 * Only there. On a way within the portal the code is there already and asks by itself, and a page that is fetched for a
 * click that may never come must fetch neither playlist nor picture: a playlist that was asked for counts as a play.
 */
export function fetchAhead(clip: ClipJson): void {
  if (typeof window !== 'undefined') return;
  const { playlist, thumbnail, download } = pickAssets(clip);
  if (thumbnail) preload(thumbnail.signed_url, { as: 'image', fetchPriority: 'high', crossOrigin: 'anonymous' });
  if (playlist) preload(playlist.signed_url, { as: 'fetch', crossOrigin: 'anonymous' });
  if (download) preconnect(new URL(download.signed_url).origin, { crossOrigin: 'anonymous' });
}
