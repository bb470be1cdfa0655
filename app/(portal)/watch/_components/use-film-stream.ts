import { type RefObject, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import { type FrameRate, frameRateOf } from '#app/_client/timecode.ts';
import type { BegunClip } from './begun-store.ts';
import type { FilmElement } from './film-element.ts';
import { arrivedAtMs } from './opened-by-address.ts';
import type { ClipStream, StreamEvents } from './stream-parts.ts';
import { relayEvents } from './stream-relay.ts';
import type { PlaybackFault } from './url-renewal.ts';
import { useAutoplay } from './use-autoplay.ts';

/** Starts a film in an element, from a moment of it in seconds; `null` where it has nothing to play. */
export type StartFilm = (video: FilmElement, startS: number, events: StreamEvents) => ClipStream | null;

interface StreamOptions {
  /** Names the film: another one plays in the same element. */
  filmId: string;
  /** Newer URLs of the same film never restart the video. */
  start: StartFilm;
  /** Whether it plays by itself; where nobody says, as the film before it did, or as pages are opened. */
  plays: boolean | undefined;
  /** What was begun of a film ahead, in this element. */
  takeStream: (filmId: string) => BegunClip | null;
  /** Keeps what is begun in it of the film whose page comes. */
  putStream: (begun: BegunClip) => void;
  isPlayable: boolean;
  /** The server's clock when it made the page, in ms. */
  servedAtMs: number;
  /** Where to start, in seconds. */
  startS: number;
  onFrameRate: (frameRate: FrameRate) => void;
  /** Told when the first picture of a film is there. */
  onPicture: (() => void) | undefined;
}

/** What is known of the stream of one film. */
interface StreamState {
  filmId: string;
  frameRate: FrameRate | null;
  fault: PlaybackFault | null;
  /** Whether a picture of this film is on screen. */
  hasPicture: boolean;
}

const untold = (filmId: string): StreamState => ({ filmId, frameRate: null, fault: null, hasPicture: false });

/**
 * Plays a film in the video element, and the next one in the same element when `filmId` changes: what played goes on
 * playing, and the element stays where it is, full screen included. URLs are renewed when they run out.
 */
export function useFilmStream(videoRef: RefObject<FilmElement | null>, options: StreamOptions) {
  const { filmId, isPlayable } = options;
  const [told, setTold] = useState<StreamState>(() => untold(filmId));
  const stream = useRef<Pick<ClipStream, 'retry' | 'stop' | 'warm'> | null>(null);
  /** The film whose picture is on screen, from the moment it is: React tells of it a little later, and keys are quicker. */
  const pictured = useRef<string | null>(null);
  const autoplay = useAutoplay(videoRef);

  const begin = useEffectEvent((video: FilmElement, id: string, events: StreamEvents): ClipStream | null => {
    const begun = options.takeStream(id);
    if (begun) {
      begun.listen(events);
      if (begun.silenced) autoplay.goOn(begun.silenced);
      if (options.startS > 0) video.currentTime = options.startS;
      return begun.stream;
    }
    if (options.plays !== undefined) autoplay.wish(options.plays);
    return options.start(video, options.startS, events);
  });

  const start = useEffectEvent((video: FilmElement, id: string) => {
    const tell = (news: Partial<StreamState>) =>
      setTold((old) => ({ ...(old.filmId === id ? old : untold(id)), ...news }));
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
    const onPicture = () => {
      pictured.current = id;
      tell({ hasPicture: true });
      options.onPicture?.();
    };
    if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) onPicture();
    video.addEventListener('loadeddata', onPicture);
    const stop = () => {
      pictured.current = null;
      video.removeEventListener('loadeddata', onPicture);
      started.stop();
    };
    return { retry: started.retry, stop, warm: started.warm };
  });

  const { carryOver } = autoplay;
  // Before the page is painted: a picture that is there already is shown at once.
  useLayoutEffect(() => {
    const video = videoRef.current;
    if (!video || !isPlayable) return;
    stream.current = start(video, filmId);
    return () => {
      // Nothing, where the next one has begun in its place.
      if (!stream.current) return;
      carryOver(video);
      stream.current.stop();
      stream.current = null;
    };
  }, [videoRef, filmId, isPlayable, carryOver]);

  /** Begins the film whose page comes, in the place of this one. */
  const beginNext = (nextId: string, startNext: StartFilm) => {
    const video = videoRef.current;
    if (!video || !stream.current) return;
    carryOver(video);
    stream.current.stop();
    stream.current = null;
    const { events, listen } = relayEvents();
    const started = startNext(video, 0, events);
    if (started) options.putStream({ clipId: nextId, video, stream: started, listen, silenced: null });
  };

  const warm = (moments: readonly number[]) => stream.current?.warm(moments);
  const state = told.filmId === filmId ? told : untold(filmId);
  const isPictured = () => pictured.current === filmId;
  return { ...state, ...autoplay, isPictured, beginNext, retry: () => stream.current?.retry(), warm };
}
