import { useQueryClient } from '@tanstack/react-query';
import { type RefObject, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import { type FrameRate, frameRateOf } from '#app/_client/timecode.ts';
import type { ClipJson, PlaylistTexts } from '#lib/clips/clip-schemas.ts';
import type { BegunClip } from './begun-store.ts';
import type { FilmElement } from './film-element.ts';
import type { KnownClip } from './next-ahead.ts';
import { arrivedAtMs } from './opened-by-address.ts';
import type { ClipStream, StreamEvents } from './stream-parts.ts';
import { relayEvents } from './stream-relay.ts';
import { startClip } from './stream-source.ts';
import type { PlaybackFault } from './url-renewal.ts';
import { useAutoplay } from './use-autoplay.ts';

interface StreamOptions {
  /** As it was when it was opened: newer URLs of a refreshed clip never restart the video. */
  clip: ClipJson;
  /** The texts of its playlists, as far as the page has them. */
  playlists: PlaylistTexts | null;
  /** What was begun of a clip ahead, in this element. */
  takeStream: (clipId: string) => BegunClip | null;
  /** Keeps what is begun in it of the clip whose page comes. */
  putStream: (begun: BegunClip) => void;
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
export function useClipStream(videoRef: RefObject<FilmElement | null>, options: StreamOptions) {
  const { clip, isPlayable } = options;
  const clipId = clip.clip_id;
  const queryClient = useQueryClient();
  const [told, setTold] = useState<StreamState>(() => untold(clipId));
  const stream = useRef<Pick<ClipStream, 'retry' | 'stop'> | null>(null);
  const autoplay = useAutoplay(videoRef);

  const begin = useEffectEvent((video: FilmElement, id: string, events: StreamEvents): ClipStream | null => {
    const begun = options.takeStream(id);
    if (begun) {
      begun.listen(events);
      if (begun.silenced) autoplay.goOn(begun.silenced);
      if (options.startS > 0) video.currentTime = options.startS;
      return begun.stream;
    }
    const { playlists, startS } = options;
    return startClip(queryClient, video, { clip, playlists, startS, isAhead: false }, events);
  });

  const start = useEffectEvent((video: FilmElement, id: string) => {
    const tell = (news: Partial<StreamState>) =>
      setTold((old) => ({ ...(old.clipId === id ? old : untold(id)), ...news }));
    const onFrameRate = (framesPerSecond: number) => {
      if (!(framesPerSecond > 0)) return;
      tell({ frameRate: frameRateOf(framesPerSecond) });
      options.onFrameRate(frameRateOf(framesPerSecond));
    };
    const started = begin(video, id, { onFrameRate, onFault: (fault) => tell({ fault }) });
    if (!started) return null;
    // What `performance` counts from here on is right even where the browser's own clock is not.
    const { servedAtMs } = options;
    const arrivedMs = arrivedAtMs();
    started.goOn(() => servedAtMs + performance.now() - arrivedMs);
    const onPicture = () => tell({ hasPicture: true });
    if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) onPicture();
    video.addEventListener('loadeddata', onPicture);
    const stop = () => {
      video.removeEventListener('loadeddata', onPicture);
      started.stop();
    };
    return { retry: started.retry, stop };
  });

  const { carryOver } = autoplay;
  // Before the page is painted: a picture that is there already is shown at once.
  useLayoutEffect(() => {
    const video = videoRef.current;
    if (!video || !isPlayable) return;
    stream.current = start(video, clipId);
    return () => {
      // Nothing, where the next one has begun in its place.
      if (!stream.current) return;
      carryOver(video);
      stream.current.stop();
      stream.current = null;
    };
  }, [videoRef, clipId, isPlayable, carryOver]);

  /** Begins the clip whose page comes, in the place of this one. */
  const beginNext = ({ clip: next, playlists }: KnownClip) => {
    const video = videoRef.current;
    if (!video || !stream.current) return;
    carryOver(video);
    stream.current.stop();
    stream.current = null;
    const { events, listen } = relayEvents();
    const started = startClip(queryClient, video, { clip: next, playlists, startS: 0, isAhead: false }, events);
    if (started) options.putStream({ clipId: next.clip_id, video, stream: started, listen, silenced: null });
  };

  const state = told.clipId === clipId ? told : untold(clipId);
  return { ...state, ...autoplay, beginNext, retry: () => stream.current?.retry() };
}
