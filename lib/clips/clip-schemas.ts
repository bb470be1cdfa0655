import { z } from 'zod';
import { AT_LEAST_ONE_FIELD, exactlyOneOf } from '#lib/http/document-schemas.ts';
import { itemProblemSchema } from '#lib/http/problem-schemas.ts';
import { clipIdSchema, tagSchema } from '#lib/word-schemas.ts';
import { saidOf } from './clip-field-schemas.ts';

/** A clip may last five minutes (check `ck_clip_duration`). */
export const MAX_CLIP_DURATION_S = 300;

export const ASSET_TYPES = [
  'mp4',
  'hls_playlist',
  'hls_segment',
  'thumbnail',
  'thumbnail_grid',
  'dash_manifest',
] as const;

export const assetSchema = z
  .object({
    id: z.int(),
    asset_type: z.enum(ASSET_TYPES),
    gcs_uri: z.string(),
    cdn_path: z.string().nullable(),
    file_size_bytes: z.int().nullable(),
    duration_s: z.number().nullable(),
    width: z.int().nullable(),
    height: z.int().nullable(),
    codec: z.string().nullable(),
    bitrate_kbps: z.int().nullable(),
    signed_url: z.string().meta({ description: 'Works without any header until expires_at.' }),
    expires_at: z.iso.datetime(),
  })
  .meta({ id: 'Asset' });

/** How a clip is played, at once and to the frame (contract §7). */
export const playbackSchema = z
  .object({
    kind: z.enum(['slice', 'cut']).meta({
      description: 'A slice of the prepared master, or what was cut for this clip alone.',
    }),
    url: z.string().meta({ description: 'An HLS playlist that works with nothing else until expires_at.' }),
    expires_at: z.iso.datetime(),
    offset_s: z.number().meta({
      description: 'Where the clip begins in the playlist. A slice begins with the key frame before; a cut has 0.',
    }),
    duration_s: z.number().meta({ description: 'How long the clip lasts from there on.' }),
    exact_url: z.string().nullable().meta({ description: 'The file of exactly this clip; null until it is cut.' }),
    storyboard_url: z
      .string()
      .nullable()
      .meta({
        description:
          'WebVTT whose cues are small pictures. Until the clip is cut they are its master’s, as far as those are made, ' +
          'and null for those who may not watch masters.',
      }),
  })
  .meta({ id: 'Playback' });
export type PlaybackJson = z.output<typeof playbackSchema>;

export const clipSchema = z
  .object({
    ...saidOf('shown'),
    playback: playbackSchema.nullable().meta({
      description: 'Null while there is nothing to play, and in a list without its assets.',
    }),
    assets: z.array(assetSchema),
    tags: z.array(z.string()),
  })
  .meta({ id: 'Clip' });

/** What the API answers for one clip. */
export type ClipJson = z.output<typeof clipSchema>;
export type AssetJson = z.output<typeof assetSchema>;

export const clipListSchema = z
  .object({
    clips: z.array(clipSchema),
    total: z.int().meta({ description: 'Every clip in reach under these filters; exact unless capped.' }),
    total_capped: z.boolean().meta({ description: 'There are more than `total`; they were not counted.' }),
    limit: z.int(),
    offset: z.int(),
    next_cursor: z.string().nullable(),
  })
  .meta({ id: 'ClipList' });
export type ClipListJson = z.output<typeof clipListSchema>;

/** Tags, each once. */
export const uniqueTagsSchema = z
  .array(tagSchema)
  .max(50)
  .transform((tags) => [...new Set(tags)]);

const CREATE_EXAMPLE = {
  source_gcs_uri: 'gs://heartbeat-474020-lake/media/raw/MTL/2025-2026/20031/p1-20251011-MTLvsCHI.mp4',
  start_timecode_s: 754.2,
  end_timecode_s: 762.2,
  player_id: '8480018',
  player_name: 'Nick Suzuki',
  team_code: 'MTL',
  opponent_code: 'CHI',
  season: '2025-2026',
  game_id: '20031',
  game_date: '2025-10-11',
  period: 1,
  event_type: 'controlledentryagainst',
  tags: ['power-play entry'],
};

// The document names the cut first.
const { start_timecode_s, end_timecode_s, team_code, season, ...others } = saidOf('given');

/** `POST /clips`. */
export const createClipSchema = z
  .strictObject({
    clip_id: clipIdSchema.optional(),
    master_id: z.uuid().optional(),
    source_gcs_uri: z.string().max(512).optional(),
    ...{ start_timecode_s, end_timecode_s, team_code, season, ...others },
    ...saidOf('edited'),
    tags: uniqueTagsSchema.default([]),
    cut: z
      .enum(['now', 'later'])
      .default('now')
      .meta({
        description:
          '`later`: the files of the clip are made when no other work waits, or as soon as somebody asks for its download. ' +
          'A clip of a master that is prepared plays meanwhile.',
      }),
  })
  .refine((clip) => (clip.master_id === undefined) !== (clip.source_gcs_uri === undefined), {
    path: ['master_id'],
    message: 'Name the master by master_id or by source_gcs_uri, one of the two.',
  })
  .refine((clip) => clip.end_timecode_s > clip.start_timecode_s, {
    path: ['end_timecode_s'],
    message: 'The end lies before the start.',
  })
  .refine((clip) => clip.end_timecode_s - clip.start_timecode_s <= MAX_CLIP_DURATION_S, {
    path: ['end_timecode_s'],
    message: `A clip lasts at most ${MAX_CLIP_DURATION_S} s.`,
  })
  .meta({ ...exactlyOneOf('master_id', 'source_gcs_uri'), id: 'ClipCreate', examples: [CREATE_EXAMPLE] });
export type CreateClip = z.output<typeof createClipSchema>;

/** How many clips one request may make or change. */
export const MAX_BATCH = 1000;

/** `POST /clips/batch`. Each item is parsed for itself, so that a bad one hinders no other. */
export const createClipBatchSchema = z
  .strictObject({
    clips: z
      .array(z.unknown().meta({ override: { $ref: '#/components/schemas/ClipCreate' } }))
      .min(1)
      .max(MAX_BATCH),
    atomic: z.boolean().default(false).meta({ description: 'All or none, rather than each for itself.' }),
  })
  .meta({ id: 'ClipBatch', examples: [{ clips: [CREATE_EXAMPLE] }] });
export type CreateClipBatch = z.output<typeof createClipBatchSchema>;

const clipBatchItemSchema = z.object({
  index: z.int().meta({ description: 'Place in the request, from 0.' }),
  status: z.int().meta({ description: '201, or what the item alone would have been answered.' }),
  clip_id: z.string().optional(),
  clip: clipSchema.optional().meta({ description: 'Left out in a replay once the clip is deleted.' }),
  problem: itemProblemSchema.optional(),
});
export const clipBatchResultSchema = z
  .object({ results: z.array(clipBatchItemSchema), created: z.int(), failed: z.int() })
  .meta({ id: 'ClipBatchResult' });
export type ClipBatchResultJson = z.output<typeof clipBatchResultSchema>;

/** `PATCH /clips/{clip_id}`: only the facts, never the cut. */
export const patchClipSchema = z
  .strictObject(saidOf('edited'))
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, 'Name at least one field to change.')
  .meta({
    ...AT_LEAST_ONE_FIELD,
    id: 'ClipPatch',
    examples: [{ zone: 'oz', outcome: 'successful', player_name: null }],
  });
export type PatchClip = z.output<typeof patchClipSchema>;

export const clipParamsSchema = z.object({ clip_id: clipIdSchema });
export const clipTagParamsSchema = z.object({ clip_id: clipIdSchema, tag: tagSchema });

/** The texts that the API makes for players: playlists and the storyboard. */
export const clipTextParamsSchema = z.object({
  clip_id: clipIdSchema,
  file: z.string(),
});
export const tokenQuerySchema = z.strictObject({ token: z.string().max(2048).optional() });

/** Texts of a clip's HLS tree by their file names: of what was cut for it, or of its slice, as `playback` says. */
export const clipPlaylistsSchema = z
  .object({
    playlists: z.record(z.string(), z.string()).meta({
      description:
        'By file name. Of a cut: `playlist.m3u8` and one of each rendition; what they name are the files of `hls_segment` ' +
        'assets. Of a slice: `slice.m3u8` and one of each rendition; what they name are signed URLs.',
      example: { 'playlist.m3u8': '#EXTM3U', '720.m3u8': '#EXTM3U' },
    }),
    expires_at: z.iso.datetime().nullable().meta({
      description:
        'When the URLs in them end; `null` where there are none: such texts hold for as long as the clip does.',
    }),
  })
  .meta({ id: 'ClipPlaylists' });
export type ClipPlaylists = z.infer<typeof clipPlaylistsSchema>;
export type PlaylistTexts = ClipPlaylists['playlists'];
