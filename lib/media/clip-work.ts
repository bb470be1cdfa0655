import type { CutFile } from './media-types.ts';

/** A clip that this worker holds: whoever claims it next takes it away. */
export interface ClaimedClip {
  id: number;
  clipId: string;
  claimToken: string;
  teamCode: string;
  season: string | null;
  gameId: string;
  sourceGcsUri: string | null;
  /** What was checked when the master was uploaded; `null` for one that HeartBeat put there. */
  sourceGeneration: string | null;
  startS: number;
  endS: number;
}

/** One object as it was written. */
export type PublishedAsset = Omit<CutFile, 'path' | 'fileName' | 'contentType'> & {
  gcsUri: string;
  generation: string;
  crc32c: string;
};

export interface Publication {
  assets: PublishedAsset[];
  /** Frames per second. */
  frameRate: number;
  processingTimeS: number;
}

/** What publishing needs of the database (`lib/clips/processing-repo.ts`). Each change asks for the claim. */
export interface ClipWork {
  /** Takes the clip, also from another worker; `null` when it needs no cut any more. */
  claim(clipId: string, claimToken: string): Promise<ClaimedClip | null>;
  /** False when the claim is lost. */
  reportProgress(clip: ClaimedClip, percent: number): Promise<boolean>;
  /** The one publishing transaction: registers the assets and sets `ready`. False when the claim is lost. */
  publish(clip: ClaimedClip, result: Publication): Promise<boolean>;
  fail(clip: ClaimedClip, message: string): Promise<void>;
  /** Puts the clip back in line. */
  release(clip: ClaimedClip): Promise<void>;
  /** Fails a clip whose every attempt died without a word. */
  failAbandoned(clipId: string, message: string): Promise<void>;
}
