import type { Drawing } from '#lib/drawing/drawing-schemas.ts';

/** Why a film goes without an item: it is gone, it has neither a file nor a master, or what it has cannot be decoded. */
export const SKIP_REASONS = ['gone', 'no_file', 'unreadable'] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

/** An item that a film goes without. */
export interface SkippedItem {
  item_id: string;
  /** In the reel, from 1. */
  position: number;
  reason: SkipReason;
}

/** What is said, or drawn, at a moment of a clip. */
export interface FilmNote {
  /** Seconds from the clip's beginning. */
  atS: number;
  /** How long the picture stands still for it. */
  holdS: number;
  text: string;
  drawing: Drawing | null;
}

/** A clip that a film shows a piece of. */
export interface FilmClip {
  clipId: string;
  /** Its `clip.mp4`, where there is one. */
  file: { gcsUri: string; generation: string | null } | null;
  sourceGcsUri: string | null;
  sourceGeneration: string | null;
  startS: number;
  endS: number;
}

/** What a title card says: a line in large letters, facts below it, and what somebody has written. */
export interface CardText {
  title: string;
  facts: string;
  note: string;
}

export interface FilmItem {
  itemId: string;
  position: number;
  /** `null`: the reel does not show it any more. */
  clip: FilmClip | null;
  /** Seconds from the clip's beginning; null: from there, and to its end. */
  inS: number | null;
  outS: number | null;
  card: CardText;
  notes: FilmNote[];
}

/** A film that this worker holds: whoever claims it next takes it away. */
export interface ClaimedFilm {
  id: string;
  claimToken: string;
  /** Where its file is written. */
  gcsUri: string;
  /** The card that it begins with; `null` without title cards. */
  card: CardText | null;
  items: FilmItem[];
}

/** A film as it was written. */
export interface FilmPublication {
  generation: string;
  sizeBytes: number;
  durationS: number;
  width: number;
  height: number;
  skipped: SkippedItem[];
}

/** What the making of films needs of the database (`lib/reel-exports/film-work-repo.ts`). Each change asks for the claim. */
export interface FilmWork {
  /** Takes the film, also from another worker; `null` when there is none to be made any more. */
  claim(exportId: string, claimToken: string): Promise<ClaimedFilm | null>;
  /** False when the claim is lost. */
  reportProgress(film: ClaimedFilm, percent: number): Promise<boolean>;
  /** False when the claim is lost. */
  publish(film: ClaimedFilm, publication: FilmPublication): Promise<boolean>;
  fail(film: ClaimedFilm, message: string, skipped: readonly SkippedItem[]): Promise<void>;
  /** Puts the film back in line. */
  release(film: ClaimedFilm): Promise<void>;
  /** Fails a film whose every attempt died without a word. */
  failAbandoned(exportId: string, message: string): Promise<void>;
  /** Files of films that are gone. */
  listLeftovers(): Promise<string[]>;
  /** Leaves a young one in place: a worker that was stopped may go on, and write once more. */
  forgetLeftover(gcsUri: string): Promise<void>;
  /** Deletes what is older than it is kept. @returns how many. */
  deleteOld(): Promise<number>;
}
