/** The byte-range index of one rendition's `.m4s`, kept with its asset row: playing reads no object. */
export interface RenditionIndex {
  kind: 'rendition';
  /** RFC 6381, like `avc1.64001f,mp4a.40.2`. */
  codecs: string;
  /** Peak segment bit rate (RFC 8216 §4.3.4.2), bits per second. */
  bandwidthBps: number;
  averageBandwidthBps: number;
  width: number;
  height: number;
  /** Frames per second, at most three decimals (FRAME-RATE). */
  frameRate: number;
  /** The initialisation section (EXT-X-MAP). */
  init: { offset: number; length: number };
  segments: {
    durationS: number;
    offset: number;
    length: number;
    /** From the start of the segment to the end of its key frame; clips of before have none. */
    iFrameLength?: number;
  }[];
}

/** Of a playlist that stands for a slice of the prepared master: what it names is read from rows whenever it is asked for. */
export interface SliceIndex {
  kind: 'slice';
}

/** Where the storyboard's tiles are in `grid.jpg`, row by row. */
export interface StoryboardIndex {
  kind: 'storyboard';
  intervalS: number;
  durationS: number;
  columns: number;
  rows: number;
  tiles: number;
  tileWidth: number;
  tileHeight: number;
}
