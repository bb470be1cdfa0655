import type { MediaController } from 'media-chrome/react';
import { type ComponentRef, type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { type BegunClip, makeVideo, takeBegun } from './begun-store.ts';
import type { FilmElement } from './film-element.ts';
import { type StoryboardSource, useStoryboardTrack } from './use-storyboard-track.ts';

interface PlayerElement {
  controllerRef: RefObject<ComponentRef<typeof MediaController> | null>;
  filmId: string;
  /** Says what the picture shows, for those who cannot see it. */
  title: string;
  /** The small pictures of its time line. */
  storyboard: StoryboardSource | null;
}

/**
 * The player's video element: the one in which the clip was begun before its page was there, or a new one. It stays from
 * clip to clip. React makes none: an element that it made could not be replaced by one that plays already.
 */
export function usePlayerElement({ controllerRef, filmId, title, storyboard }: PlayerElement) {
  const videoRef = useRef<FilmElement>(null);
  const begunRef = useRef<BegunClip>(null);
  const firstFilm = useRef(filmId);

  useLayoutEffect(() => {
    if (!videoRef.current) {
      begunRef.current = takeBegun(firstFilm.current);
      videoRef.current = begunRef.current?.video ?? makeVideo();
    }
    const video = videoRef.current;
    controllerRef.current?.prepend(video);
    return () => {
      video.remove();
      begunRef.current?.stream.stop();
      begunRef.current = null;
    };
  }, [controllerRef]);

  useEffect(() => videoRef.current?.nativeEl.setAttribute('aria-label', title), [title]);

  useStoryboardTrack(videoRef, storyboard);

  /** The stream of a clip that was begun ahead; handed over once. That of another clip is stopped. */
  const takeStream = (id: string): BegunClip | null => {
    const begun = begunRef.current;
    begunRef.current = null;
    if (begun?.clipId === id) return begun;
    begun?.stream.stop();
    return null;
  };
  /** Keeps the stream of a clip whose page is on its way. */
  const putStream = (begun: BegunClip): void => {
    begunRef.current = begun;
  };
  return { videoRef, takeStream, putStream };
}
