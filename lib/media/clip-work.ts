import type { AudioNote, CutFile, MasterFlaws } from './media-types.ts';

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
  /** What it is played from without a rendition of its own; `null` where its master is not prepared so far. */
  slice: SlicePlaylist | null;
}

/** The playlist of a clip's slice as it is stored: its best rendition, by paths from the clip's folder. */
export interface SlicePlaylist {
  text: string;
  width: number;
  height: number;
  codec: string;
  bitrateKbps: number;
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
  audioNote: AudioNote | null;
  processingTimeS: number;
}

/** An attempt that announced its writes and holds the clip no more. */
export interface DeadAttempt {
  claimToken: string;
  clipId: string;
  /** The clip's folder in the media bucket, as it was. */
  prefix: string;
}

/** A clip that has no picture yet. */
export type PosterlessClip = Omit<ClaimedClip, 'claimToken' | 'slice'> & {
  /** A key frame of the master in the first half of the clip, in seconds of the master; `null` where none is known. */
  keyS: number | null;
};

/** What publishing needs of the database (`lib/clips/processing-repo.ts`). Each change asks for the claim. */
export interface ClipWork {
  /** Takes the clip, also from another worker; `null` when it needs no cut any more. */
  claim(clipId: string, claimToken: string): Promise<ClaimedClip | null>;
  holdsClaim(clip: ClaimedClip): Promise<boolean>;
  /** False when the claim is lost. */
  reportProgress(clip: ClaimedClip, percent: number): Promise<boolean>;
  /** Writes down that objects will lie below `prefix` before they are registered. False when the claim is lost. */
  announceWrites(clip: ClaimedClip, prefix: string): Promise<boolean>;
  /** Nothing of this attempt lies there any more. */
  forgetWrites(clip: ClaimedClip): Promise<void>;
  /** The one publishing transaction: registers the assets and sets `ready`. False when the claim is lost. */
  publish(clip: ClaimedClip, result: Publication): Promise<boolean>;
  fail(clip: ClaimedClip, message: string): Promise<void>;
  /** Changes what is known of the clip's master; nothing, for one that is not registered, or not the one that was cut. */
  changeFlaws(clip: ClaimedClip, change: (known: MasterFlaws) => MasterFlaws): Promise<void>;
  /** A clip that is still to be cut and has no picture; `null` when it needs none any more. */
  selectPosterless(clipId: string): Promise<PosterlessClip | null>;
  /** Registers a picture for as long as the clip has nothing else. False when it needs none any more. */
  registerPoster(clip: PosterlessClip, poster: PublishedAsset): Promise<boolean>;
  /** Puts the clip back in line. */
  release(clip: ClaimedClip): Promise<void>;
  /** Fails a clip whose every attempt died without a word. */
  failAbandoned(clipId: string, message: string): Promise<void>;
  /** Some attempts whose objects may lie about still. */
  listDeadAttempts(): Promise<DeadAttempt[]>;
  /** The objects that a clip owns: URI → generation; `null` while somebody works on the clip. */
  selectRegistered(clipId: string): Promise<ReadonlyMap<string, string | null> | null>;
  /** Leaves a young one in place: a worker that was stopped may go on, and write once more. */
  forgetDeadAttempt(claimToken: string): Promise<void>;
}
