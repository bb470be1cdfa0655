/** Contract §6's shapes, as far as the tests read them. What an answer really holds is for the assertions to say. */
export interface AssetShape {
  asset_type: string;
  gcs_uri: string;
  file_size_bytes: number;
  signed_url: string;
  expires_at: string;
}

export interface PlaybackShape {
  kind: 'slice' | 'cut';
  url: string;
  offset_s: number;
  duration_s: number;
  exact_url: string | null;
}

export interface ClipShape {
  clip_id: string;
  processing_status: string;
  progress: number;
  error_message: string | null;
  duration_s: number;
  playback: PlaybackShape;
  assets: AssetShape[];
  tags: string[];
}

export interface MasterShape {
  id: string;
  lake_uri: string;
  filename: string;
  /** A master's own, or a problem's number. */
  status: string | number;
  size_bytes: number;
  clip_count: number;
  signed_url: string | null;
}

export interface ProblemShape {
  type: string;
  title: string;
  detail: string;
  instance: string;
  code: string;
  request_id: string;
  errors?: { path: string; message: string }[];
}

interface ListShape {
  total: number;
  clips: ClipShape[];
  next_cursor: string;
}

interface StatsShape {
  total_clips: number;
  by_status: Record<string, number>;
  top_event_types: Record<string, number>;
  by_player: CountShape[];
  by_game: CountShape[];
}

interface StartedShape {
  master: MasterShape;
  upload: { protocol: string; url: string; chunk_multiple: number; expires_at: string };
}

interface BatchShape {
  results: {
    index: number;
    status: number;
    clip_id?: string;
    problem?: Omit<ProblemShape, 'instance' | 'request_id'>;
  }[];
  created: number;
  failed: number;
}

/** One value with its number of clips: `value` in facets, `player_id` or `game_id` in statistics. */
export type CountShape = { count: number } & Record<string, string | number>;
export type FacetsShape = Record<string, CountShape[]>;

/** Any answer. */
export type Body = ProblemShape & ClipShape & MasterShape & ListShape & StatsShape & StartedShape & BatchShape;
