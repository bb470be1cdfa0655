import { useQueryClient } from '@tanstack/react-query';
import { type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react';
import { apiFetch } from '#app/_client/api-fetch.ts';
import { queryKeys } from '#app/_client/query-keys.ts';
import { type FrameRate, frameRateOf } from '#app/_client/timecode.ts';
import { pickAssets } from '#app/(portal)/clips/_components/clip-assets.ts';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';
import { type ClipStream, startStream } from './clip-stream.ts';
import type { PlaybackFault, SignedPlaylist } from './url-renewal.ts';

const playlistOf = (clip: ClipJson): SignedPlaylist | null => {
  const { playlist } = pickAssets(clip);
  return playlist && { url: playlist.signed_url, expiresAtMs: Date.parse(playlist.expires_at) };
};

/**
 * Plays a clip in the video element for as long as the component lives. The first URLs win: newer ones that come with a
 * refreshed clip never restart the video, they are asked for when the old ones run out.
 * `servedAtMs` is the server's clock when it made the page.
 */
export function useClipStream(
  videoRef: RefObject<HTMLVideoElement | null>,
  clip: ClipJson,
  servedAtMs: number,
  onFrameRate: (frameRate: FrameRate) => void,
) {
  const queryClient = useQueryClient();
  const [frameRate, setFrameRate] = useState<FrameRate | null>(null);
  const [fault, setFault] = useState<PlaybackFault | null>(null);
  const stream = useRef<ClipStream | null>(null);
  const clipId = clip.clip_id;

  const fetchPlaylist = useEffectEvent(async (): Promise<SignedPlaylist> => {
    const fresh = await apiFetch<ClipJson>(`/clips/${encodeURIComponent(clipId)}`);
    const playlist = playlistOf(fresh);
    if (!playlist) throw new Error('The clip has no playlist any more.');
    queryClient.setQueryData(queryKeys.clip(clipId), fresh);
    return playlist;
  });

  const start = useEffectEvent((video: HTMLVideoElement) => {
    const playlist = playlistOf(clip);
    if (!playlist) return null;
    // What `performance` counts from here on is right even where the browser's own clock is not.
    const arrivedAt = performance.now();
    const serverNowMs = () => servedAtMs + performance.now() - arrivedAt;
    const tellFrameRate = (framesPerSecond: number) => {
      if (!(framesPerSecond > 0)) return;
      setFrameRate(frameRateOf(framesPerSecond));
      onFrameRate(frameRateOf(framesPerSecond));
    };
    return startStream(
      video,
      { playlist, fetchPlaylist: () => fetchPlaylist(), serverNowMs },
      { onFrameRate: tellFrameRate, onFault: setFault },
    );
  });

  useEffect(() => {
    const video = videoRef.current;
    if (!video) return;
    stream.current = start(video);
    return () => {
      stream.current?.stop();
      stream.current = null;
    };
  }, [videoRef]);

  return { frameRate, fault, retry: () => stream.current?.retry() };
}
