// First: what it adds to video elements is handed on by the element that is made of one.
import 'media-tracks/polyfill';
import { CustomVideoElement } from 'custom-media-element';
import { type FilmPart, filmRangesOf, filmTimeOf, nativeTimeOf, REACHED_S } from './film-part.ts';

const NAME = 'film-video';

/**
 * A video element whose clock is the film's: `currentTime`, `duration`, ranges, the times of frames, seeks and `ended`
 * are those of the part of its source that is the film. Without a part it is the video that it is made of.
 */
export class FilmElement extends CustomVideoElement {
  #part: FilmPart | null = null;
  /** Whether the film has ended, though its source goes on. */
  #isOver = false;
  /** Whether a seek under way is the film's own, back to its last frame. */
  #isReturning = false;

  /** Says which part of the source is the film; `null`: all of it. */
  keepTo(part: FilmPart | null): void {
    this.#part = part;
    this.#isOver = false;
    this.#isReturning = false;
  }

  /** Goes to a moment of the film, also before there is any of it. */
  goTo(filmS: number): void {
    this.#isOver = false;
    this.nativeEl.currentTime = nativeTimeOf(filmS, this.#part);
  }

  /** Whether the playhead lies before a moment of the film, or before the film. */
  isBefore(filmS: number): boolean {
    return this.nativeEl.currentTime < nativeTimeOf(filmS, this.#part) - REACHED_S;
  }

  /** Ends the film where its source goes on. */
  finish(): void {
    if (this.#isOver) return;
    this.nativeEl.pause();
    this.#isOver = true;
    this.dispatchEvent(new CustomEvent('ended'));
  }

  /** Puts the last frame back on screen, after the end of a film that stays ended. */
  showLast(): void {
    const lastsS = this.#part?.lastsS ?? null;
    if (lastsS === null || this.nativeEl.seeking) return;
    this.#isReturning = true;
    this.nativeEl.currentTime = nativeTimeOf(lastsS, this.#part);
  }

  /** How the base element reads a property of the video (`custom-media-element`). */
  get = (name: string): unknown => {
    const { nativeEl } = this;
    switch (name) {
      case 'currentTime':
        return (this.#isOver ? this.#part?.lastsS : null) ?? filmTimeOf(nativeEl.currentTime, this.#part);
      case 'duration':
        return this.#durationOf(nativeEl.duration);
      case 'buffered':
      case 'played':
      case 'seekable':
        return filmRangesOf(nativeEl[name], this.#part);
      case 'ended':
        return this.#isOver || nativeEl.ended;
      default:
        return Reflect.get(nativeEl, name);
    }
  };

  /** How it sets one. */
  set = (name: string, value: unknown): void => {
    if (name === 'currentTime') this.goTo(Number(value));
    else Reflect.set(this.nativeEl, name, value);
  };

  /** How it calls a method. */
  call = (name: string, ...args: unknown[]): unknown => {
    const { nativeEl } = this;
    if (name === 'fastSeek') return this.goTo(Number(args[0]));
    // By itself a video that has ended begins with its source, not with the film.
    if (name === 'play' && this.ended) this.goTo(0);
    if (name === 'requestVideoFrameCallback') {
      const tell = args[0] as VideoFrameRequestCallback;
      return nativeEl.requestVideoFrameCallback((now, facts) => tell(now, this.#frameOf(facts)));
    }
    return Reflect.apply(Reflect.get(nativeEl, name), nativeEl, args);
  };

  /** Keeps to the film whoever plays or seeks past this element: the browser's own controls, the keys of a headset. */
  override handleEvent(event: Event): void {
    if (this.#part) this.#keepToFilm(event.type, this.#part);
    super.handleEvent(event);
  }

  #keepToFilm(type: string, { beginsS }: FilmPart): void {
    if (type === 'ended') {
      // The source itself has ended: nobody was there to end the film before.
      this.#isOver = true;
      this.showLast();
    } else if (type === 'seeked') {
      this.#isReturning = false;
    } else if (type === 'play' || (type === 'seeking' && !this.#isReturning)) {
      this.#isOver = false;
      if (this.nativeEl.currentTime < beginsS) this.goTo(0);
    }
  }

  #durationOf(nativeS: number): number {
    const part = this.#part;
    if (!part || Number.isNaN(nativeS)) return nativeS;
    return part.lastsS ?? filmTimeOf(nativeS, part);
  }

  #frameOf(facts: VideoFrameCallbackMetadata): VideoFrameCallbackMetadata {
    const part = this.#part;
    // The frame on screen may begin before the film does.
    return part ? { ...facts, mediaTime: facts.mediaTime - part.beginsS } : facts;
  }
}

/** A new element of the kind. */
export function makeFilmElement(): FilmElement {
  if (!customElements.get(NAME)) customElements.define(NAME, FilmElement);
  return document.createElement(NAME) as FilmElement;
}
