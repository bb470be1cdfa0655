import type { SheetShape } from '#lib/delivery/storyboard-text.ts';
/** How a master is prepared: by copying its own picture, or by encoding it. */
export type PreparationKind = 'source' | 'ladder';

/** One object as it was written. */
export interface WrittenObject {
  sizeBytes: number;
  generation: string;
  crc32c: string;
}

/** One segment of a rendition, in seconds from timecode zero; what each means is said in the migration (ADR 49). */
export interface SegmentTimes {
  number: number;
  startS: number;
  durationS: number;
  firstS: number;
  decodedS: number;
}
export type PreparedSegment = SegmentTimes & WrittenObject;

/** What a player is told of a rendition before it has any of it; `null` where there is sound alone. */
export interface PreparedShape {
  name: string;
  codecs: string;
  width: number | null;
  height: number | null;
  frameRate: number | null;
}

/** What was registered of a rendition before. */
export interface KnownRendition extends PreparedShape {
  id: number;
  init: WrittenObject;
  isComplete: boolean;
  segments: readonly PreparedSegment[];
}

interface PreparedMaster {
  masterId: string;
  claimToken: string;
  teamCode: string;
  season: string;
  gameId: string;
  lakeUri: string;
  /** What was checked when it was uploaded. */
  generation: string | null;
  /** As its check found it. */
  durationS: number | null;
  kind: PreparationKind | null;
}

/** A master that this worker prepares: whoever claims it next takes it away. */
export interface ClaimedMaster extends PreparedMaster {
  renditions: KnownRendition[];
}

/** What is new of a rendition. */
export interface RenditionGrowth {
  segments: readonly PreparedSegment[];
  /** It can be played up to here. */
  toS: number;
  bandwidthBps: number;
  averageBandwidthBps: number;
  isComplete: boolean;
}

/** Small pictures of a part of a master: the first shows its beginning. */
export type PreparedSheet = SheetShape & WrittenObject;

/** A part of a ladder: its pictures from one moment to another, in seconds from timecode zero. */
export interface ChunkRange {
  number: number;
  startS: number;
  endS: number;
}

/** What preparing needs of the database (`lib/masters/prepare-repo.ts`). Each change asks for the claim: false when it is lost. */
export interface PrepareWork {
  /** Takes the master, also from another worker; `null` when it needs no preparing. */
  claim(masterId: string, claimToken: string): Promise<ClaimedMaster | null>;
  holdsClaim(master: ClaimedMaster): Promise<boolean>;
  decide(master: ClaimedMaster, kind: PreparationKind): Promise<boolean>;
  /** Its id; `null` when the claim is lost. */
  addRendition(master: ClaimedMaster, shape: PreparedShape, init: WrittenObject): Promise<number | null>;
  addSegments(master: ClaimedMaster, renditionId: number, growth: RenditionGrowth): Promise<boolean>;
  /** Forgets a rendition, and puts the removal of its objects in line. */
  dropRendition(master: ClaimedMaster, name: string): Promise<boolean>;
  /** Of what has its sound, a rendition's header and first segment; `null` where there is none. */
  firstSound(master: ClaimedMaster): Promise<PreparedSound | null>;
  /** Puts the ladder and the sheets in line, by their parts, and lets the master go. */
  planLadder(master: ClaimedMaster, chunks: readonly ChunkRange[]): Promise<boolean>;
  fail(master: ClaimedMaster, message: string): Promise<void>;
  /** Puts the master back in line. */
  release(master: ClaimedMaster): Promise<void>;
  /** Fails a master whose every attempt died without a word. */
  failAbandoned(masterId: string, message: string): Promise<void>;
}

/** A rung of a ladder, whose header is there from the beginning: the same for all its parts. */
export type PreparedRung = Pick<KnownRendition, 'id' | 'name' | 'init'>;

/** A piece of a rendition that has sound. */
export type PreparedSound = Pick<KnownRendition, 'name' | 'init' | 'segments'>;

/** A part of a ladder that this worker makes: whoever claims it next takes it away. */
export interface ClaimedChunk extends PreparedMaster, ChunkRange {
  isLast: boolean;
  /** None, where the master's own picture is as small as the least of them. */
  rungs: readonly PreparedRung[];
  /** Where `source` has segments in this part, behind its beginning; `null` where there is no `source`. */
  keysS: readonly number[] | null;
  /** What has the sound of this part: the copied picture's segments, or those of sound alone. */
  sound: PreparedSound | null;
}

/** What was made of a part. */
export interface MadeChunk {
  segments: ReadonlyMap<number, readonly PreparedSegment[]>;
  /** `null` where the part has no picture. */
  sheet: PreparedSheet | null;
}

/** What encoding a part needs of the database; as in `PrepareWork`. */
export interface ChunkWork {
  claim(masterId: string, number: number, claimToken: string): Promise<ClaimedChunk | null>;
  holdsClaim(chunk: ClaimedChunk): Promise<boolean>;
  /** Registers the part's segments, by rung, and its sheet, in one transaction. */
  publish(chunk: ClaimedChunk, made: MadeChunk): Promise<boolean>;
  /** The whole preparation goes no further. */
  fail(chunk: ClaimedChunk, message: string): Promise<void>;
}
