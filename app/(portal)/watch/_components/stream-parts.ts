import type { PlaylistTexts } from '#lib/clips/clip-schemas.ts';
import type { FilmElement } from './film-element.ts';
import type { FilmPart } from './film-part.ts';
import type { KeptBytes } from './kept-loader.ts';
import type { SignedUrlBook } from './signed-url-book.ts';
import type { PlaybackFault, SignedPlaylist, UrlRenewal } from './url-renewal.ts';

export interface StreamEvents {
  /** Frames a second, from the playlist. */
  onFrameRate: (framesPerSecond: number) => void;
  /** Why it cannot go on, or `null` when it can again. */
  onFault: (fault: PlaybackFault | null) => void;
}

export interface StreamSource {
  playlist: SignedPlaylist;
  /** Whether the playlist is none, but the one file that the clip is. */
  isFile: boolean;
  /** Where the clip lies in the playlist, in seconds; `null` where all of it is the clip. */
  part: FilmPart | null;
  /** The texts of the playlists; those that are not among them are read from their URLs. */
  fetchTexts: () => Promise<PlaylistTexts | null>;
  /** Whether what those name are signed URLs also where all of the playlist is the clip. */
  areTextsSigned?: boolean;
  /** Where to start, in seconds from the clip's first frame. */
  startS: number;
  /** How much of it is held: all of a clip, so that every jump and every loop is at hand; of a long film what is near. */
  holds: 'all' | 'near';
  /** Bytes that are held already; none, unless told. */
  kept?: KeptBytes | null;
  /** Whether no more is loaded than it begins with, until `goOn`. */
  isAhead: boolean;
  fetchPlaylist: () => Promise<SignedPlaylist>;
}

export interface ClipStream {
  /** Loads all of it, and keeps its URLs fresh by the server's clock. */
  goOn: (serverNowMs: () => number) => void;
  /** Whether nobody else tells the server that the clip plays: a player of the browser's own asks for playlists itself. */
  isUntold: boolean;
  /** Goes on from the frame on screen. */
  retry: () => void;
  stop: () => void;
  /** Fetches what is shown at these moments of the film, in seconds, where somebody is about to jump there. */
  warm: (moments: readonly number[]) => void;
}

/** A stream as one way of playing makes it. */
export interface PlayingStream {
  goOn: () => void;
  retry: () => void;
  stop: () => void;
  warm: (moments: readonly number[]) => void;
  /** Asks for no more of the clip. */
  halt: () => void;
  /** Whether the texts of its playlists were there, so that none was asked for. */
  hasTexts: () => Promise<boolean>;
}

export type Play = (
  video: FilmElement,
  source: StreamSource,
  urls: { book: SignedUrlBook; renewal: UrlRenewal },
  events: StreamEvents,
) => PlayingStream;

/** Reads one playlist. */
export async function fetchText(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The playlist answered ${response.status}.`);
  return response.text();
}
