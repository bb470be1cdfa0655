import type { QueryClient } from '@tanstack/react-query';
import Hls from 'hls.js/light';
import { isPlayable } from '#app/(portal)/_clips/clip-assets.ts';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';
import { dropBegun, holdBegun, isBegun, makeVideo } from './begun-store.ts';
import { relayEvents } from './stream-relay.ts';
import { startClip } from './stream-source.ts';

/** How wide the page will show it, in CSS pixels, by `clip-page.css`; until then the element has no box. */
function expectedWidth(): number {
  const beside = window.matchMedia('(min-width: 64rem)').matches ? 380 : 24;
  const besideBars = ((window.innerHeight - 168) * 16) / 9;
  return Math.max(1, Math.round(Math.min(window.innerWidth - beside, besideBars)));
}

/**
 * Begins a clip: its first segment is loaded and its first frame made ready; nothing is played, and nothing more is
 * loaded. A browser that plays HLS by itself is left alone: what it asks for counts as a play.
 */
export function beginClip(queryClient: QueryClient, clip: ClipJson): void {
  if (isBegun(clip.clip_id)) return;
  dropBegun();
  if (!isPlayable(clip) || !Hls.isSupported()) return;
  const video = makeVideo();
  video.width = expectedWidth();
  video.height = Math.round((video.width * 9) / 16);
  const { events, listen } = relayEvents();
  const stream = startClip(queryClient, video, { clip, playlists: null, startS: 0, isAhead: true }, events);
  if (stream) holdBegun({ clipId: clip.clip_id, video, stream, listen, silenced: null });
}
