import { preconnect, preload } from 'react-dom';
import { pickAssets } from '#app/(portal)/_clips/clip-assets.ts';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';

/**
 * Asks for what the player will ask for, in the page's HTML while its code is still on the way, or when the player is
 * rendered, before it is mounted. By a client component alone: a page that is fetched for a click that may never come
 * must ask for no picture.
 */
export function fetchAhead(clip: ClipJson): void {
  const { thumbnail, download } = pickAssets(clip);
  if (thumbnail) preload(thumbnail.signed_url, { as: 'image', fetchPriority: 'high', crossOrigin: 'anonymous' });
  if (download) preconnect(new URL(download.signed_url).origin, { crossOrigin: 'anonymous' });
}
