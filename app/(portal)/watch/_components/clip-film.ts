import type { QueryClient } from '@tanstack/react-query';
import { isPlayable, pickAssets } from '#app/(portal)/_clips/clip-assets.ts';
import type { ClipJson, PlaylistTexts } from '#lib/clips/clip-schemas.ts';
import type { Film } from './film-player-client.tsx';
import { startClip } from './stream-source.ts';

interface ClipOfPage {
  clip: ClipJson;
  /** As it was when it was opened: newer URLs of a refreshed clip never restart the video. */
  opened: ClipJson;
  /** The texts of its playlists, as far as the page has them. */
  playlists: PlaylistTexts | null;
}

/** A clip as its player plays it. */
export function filmOfClip(queryClient: QueryClient, { clip, opened, playlists }: ClipOfPage): Film {
  const canPlay = isPlayable(clip);
  return {
    ...{ id: clip.clip_id, kind: 'clip', isPlayable: canPlay },
    ...{ durationS: clip.duration_s, startTimecodeS: clip.start_timecode_s },
    storyboard: canPlay ? pickAssets(opened).storyboardUrl : null,
    start: (video, startS, events) =>
      startClip(queryClient, video, { clip: opened, playlists, startS, isAhead: false }, events),
  };
}
