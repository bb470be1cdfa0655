import { recall } from '#app/_client/remembered.ts';
import { type FilmElement, makeFilmElement } from './film-element.ts';
import { speedOf } from './frame-steps.ts';
import { playAsAllowed } from './play-as-allowed.ts';
import type { ClipStream, StreamEvents } from './stream-parts.ts';

/** A clip that was begun before its page was there, in the element that the page goes on with. */
export interface BegunClip {
  clipId: string;
  video: FilmElement;
  stream: ClipStream;
  /** Tells of what has happened so far, and from now on. */
  listen: (events: StreamEvents) => void;
  /** Whether the browser took the sound away, once it plays. */
  silenced: Promise<boolean> | null;
}

/** One at most: whoever comes to another clip does not mean this one any more. */
let held: BegunClip | null = null;
/** Whether its link was followed, and its first frame is there to be shown. */
let isShown = false;
const listeners = new Set<() => void>();
const change = (begun: BegunClip | null, shown: boolean) => {
  held = begun;
  isShown = shown;
  for (const listener of listeners) listener();
};

/** The element of a player, as each page wants it. */
export function makeVideo(): FilmElement {
  const video = makeFilmElement();
  video.tabIndex = -1;
  video.playsInline = true;
  video.preload = 'auto';
  video.crossOrigin = 'anonymous';
  video.slot = 'media';
  return video;
}

export const isBegun = (clipId: string): boolean => held?.clipId === clipId;

export const holdBegun = (begun: BegunClip): void => change(begun, false);

/** Forgets what was begun: nobody came. */
export function dropBegun(): void {
  const begun = held;
  if (!begun) return;
  change(null, false);
  begun.video.remove();
  begun.stream.stop();
}

/** As loud as media-chrome will make it when it comes to the element (its `state-mediator.js` names what it remembers). */
function recallLoudness(video: HTMLVideoElement): void {
  try {
    const { localStorage } = window;
    video.muted = localStorage.getItem('media-chrome-pref-muted') === 'true';
    const volume = Number.parseFloat(localStorage.getItem('media-chrome-pref-volume') ?? '');
    if (volume >= 0 && volume <= 1) video.volume = volume;
  } catch {
    // The browser keeps nothing.
  }
}

/** Plays what was begun as soon as its first frame is there, until its page comes and goes on with it. */
export function showBegun(clipId: string): void {
  const begun = held;
  if (begun?.clipId !== clipId || isShown) return;
  const { video } = begun;
  const show = () => {
    if (held !== begun || isShown) return;
    video.defaultPlaybackRate = speedOf(recall('speed'));
    video.playbackRate = video.defaultPlaybackRate;
    recallLoudness(video);
    begun.silenced = playAsAllowed(video);
    change(begun, true);
  };
  if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) show();
  else video.addEventListener('loadeddata', show, { once: true });
}

/** The clip that was begun, if it is this one, to go on with. It is held no more. */
export function takeBegun(clipId: string): BegunClip | null {
  const begun = held;
  if (begun?.clipId !== clipId) return null;
  // The page that takes it is being shown: nobody looks at what stood in its place.
  held = null;
  isShown = false;
  begun.video.nativeEl.removeAttribute('width');
  begun.video.nativeEl.removeAttribute('height');
  return begun;
}

export function onBegunChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What is to be shown before its page is there. */
export const shownBegun = (): BegunClip | null => (isShown ? held : null);
