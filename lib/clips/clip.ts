import type { RenditionIndex, StoryboardIndex } from '#lib/delivery/delivery-index.ts';
import type { AssetType, AudioNote } from '#lib/media/media-types.ts';
import type { ProcessingStatus } from './clip-schemas.ts';

/** One object of a clip, as registered. */
export interface ClipAsset {
  id: number;
  assetType: AssetType;
  gcsUri: string;
  cdnPath: string | null;
  fileSizeBytes: number | null;
  durationS: number | null;
  width: number | null;
  height: number | null;
  codec: string | null;
  bitrateKbps: number | null;
  generation: string | null;
  /** What it is an index of; `null` where it has none. */
  indexKind: 'rendition' | 'storyboard' | null;
  /** The index itself, which lists leave out: it is as long as the clip. */
  deliveryIndex: RenditionIndex | StoryboardIndex | null;
}

/** A clip with all that hangs on it: what one query reads. */
export interface Clip {
  id: number;
  clipId: string;
  playerId: string;
  playerName: string | null;
  teamCode: string;
  opponentCode: string | null;
  gameId: string;
  /** YYYY-MM-DD. */
  gameDate: string | null;
  season: string | null;
  period: number | null;
  eventType: string;
  outcome: string | null;
  zone: string | null;
  strength: string | null;
  startTimecodeS: number;
  endTimecodeS: number;
  durationS: number;
  sourceGcsUri: string | null;
  processingStatus: ProcessingStatus;
  /** Percent. */
  progress: number;
  errorMessage: string | null;
  /** Frames per second of the published cut. */
  frameRate: number | null;
  /** Sound of the master that the published cut goes without. */
  audioNote: AudioNote | null;
  createdAt: Date;
  updatedAt: Date;
  /** Since when it lies in the trash. */
  deletedAt: Date | null;
  assets: ClipAsset[];
  tags: string[];
}

/** The last segment of an asset's URI: `clip.mp4`. */
export const fileNameOf = (asset: { gcsUri: string }): string => asset.gcsUri.slice(asset.gcsUri.lastIndexOf('/') + 1);
