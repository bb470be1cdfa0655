import type { RenditionIndex, SliceIndex, StoryboardIndex } from '#lib/delivery/delivery-index.ts';
import type { AssetJson, ClipJson } from './clip-schemas.ts';

/** One object of a clip, as registered. */
export interface ClipAsset extends Omit<AssetJson, 'signed_url' | 'expires_at'> {
  /** `media.clips.id`. */
  clip_id: number;
  generation: string | null;
  /** What it is an index of; `null` where it has none. */
  index_kind: 'rendition' | 'slice' | 'storyboard' | null;
  /** The index itself, which lists leave out: it is as long as the clip. */
  delivery_index: RenditionIndex | SliceIndex | StoryboardIndex | null;
}

/** The columns of a clip that a caller is told, as Postgres hands them over: what the API answers. */
export type ClipFacts = Omit<ClipJson, 'assets' | 'tags' | 'playback' | 'version' | 'place_in_line'>;

/** Where a clip lies in the playlist of its slice. */
export interface ClipSlice {
  /** Seconds from the playlist's beginning. */
  offset_s: number;
}

/** A clip with all that hangs on it. */
export interface Clip extends ClipFacts {
  assets: ClipAsset[];
  tags: string[];
  /** `null` where its master is not prepared as far as the clip goes. */
  slice: ClipSlice | null;
}

/** Whether there is something to play: what was cut, or a slice of the master. */
export const hasFilm = ({ processing_status: status, slice }: Clip): boolean => status === 'ready' || slice !== null;

/** The last segment of an asset's URI: `clip.mp4`. */
export const fileNameOf = ({ gcs_uri: uri }: { gcs_uri: string }): string => uri.slice(uri.lastIndexOf('/') + 1);
