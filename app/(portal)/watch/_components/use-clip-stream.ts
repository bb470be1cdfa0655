import { useQueryClient } from '@tanstack/react-query';
import { type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react';
import { apiFetch } from '#app/_client/api-fetch.ts';
import { queryKeys } from '#app/_client/query-keys.ts';
import { type FrameRate, frameRateOf } from '#app/_client/timecode.ts';
import { pickAssets } from '#app/(portal)/clips/_components/clip-assets.ts';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';
import { type ClipStream, startStream } from './clip-stream.ts';
import type { PlaybackFault, SignedPlaylist } from './url-renewal.ts';
import { useAutoplay } from './use-autoplay.ts';

const playlistOf = (clip: ClipJson): SignedPlaylist | null => {
  const { playlist } = pickAssets(clip);
  return playlist && { url: playlist.signed_url, expiresAtMs: Date.parse(playlist.expires_at) };
};

interface StreamOptions {
  /** As it was when it was opened: newer URLs of a refreshed clip never restart the video. */
  clip: ClipJson;
  isPlayable: boolean;
  /** The server's clock when it made the page, in ms. */
  servedAtMs: number;
  /** Where to start, in seconds. */
  startS: number;
  onFrameRate: (frameRate: FrameRate) => void;
}

/** What is known of the stream of one clip. */
interface StreamState {
  clipId: string;
  frameRate: FrameRate | null;
  fault: PlaybackFault | null;
  /** Whether a picture of this clip is on screen. */
  hasPicture: boolean;
}

const untold = (clipId: string): StreamState => ({ clipId, frameRate: null, fault: null, hasPicture: false });

/**
 * Plays a clip in the video element, and the next one in the same element when `clip` changes: what played goes on
 * playing, and the element stays where it is, full screen included. URLs are renewed when they run out.
 */
export function useClipStream(videoRef: RefObject<HTMLVideoElement | null>, options: StreamOptions) {
  const { clip, isPlayable } = options;
  const clipId = clip.clip_id;
  const queryClient = useQueryClient();
  const [told, setTold] = useState<StreamState>(() => untold(clipId));
  const stream = useRef<ClipStream | null>(null);
  const autoplay = useAutoplay(videoRef);

  const fetchPlaylist = useEffectEvent(async (id: string): Promise<SignedPlaylist> => {
    const fresh = await apiFetch<ClipJson>(`/clips/${encodeURIComponent(id)}`);
    const playlist = playlistOf(fresh);
    if (!playlist) throw new Error('The clip has no playlist any more.');
    queryClient.setQueryData(queryKeys.clip(id), fresh);
    return playlist;
  });

  const start = useEffectEvent((video: HTMLVideoElement, id: string) => {
    const tell = (news: Partial<StreamState>) =>
      setTold((old) => ({ ...(old.clipId === id ? old : untold(id)), ...news }));
    const playlist = playlistOf(clip);
    if (!playlist) return null;
    // What `performance` counts from here on is right even where the browser's own clock is not.
    const arrivedAt = performance.now();
    const { servedAtMs, startS, onFrameRate } = options;
    const tellFrameRate = (framesPerSecond: number) => {
      if (!(framesPerSecond > 0)) return;
      tell({ frameRate: frameRateOf(framesPerSecond) });
      onFrameRate(frameRateOf(framesPerSecond));
    };
    const onPicture = () => tell({ hasPicture: true });
    video.addEventListener('loadeddata', onPicture);
    const { retry, stop } = startStream(
      video,
      {
        playlist,
        startS,
        fetchPlaylist: () => fetchPlaylist(id),
        serverNowMs: () => servedAtMs + performance.now() - arrivedAt,
      },
      { onFrameRate: tellFrameRate, onFault: (fault) => tell({ fault }) },
    );
    return {
      retry,
      stop: () => {
        video.removeEventListener('loadeddata', onPicture);
        stop();
      },
    };
  });

  const { carryOver } = autoplay;
  useEffect(() => {
    const video = videoRef.current;
    if (!video || !isPlayable) return;
    stream.current = start(video, clipId);
    return () => {
      carryOver(video);
      stream.current?.stop();
      stream.current = null;
    };
  }, [videoRef, clipId, isPlayable, carryOver]);

  const state = told.clipId === clipId ? told : untold(clipId);
  return { ...state, ...autoplay, retry: () => stream.current?.retry() };
}
