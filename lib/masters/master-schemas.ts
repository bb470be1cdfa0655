import { z } from 'zod';
import { audioNoteSchema, periodSchema } from '#lib/clips/clip-field-schemas.ts';
import { timeRangeSchema } from '#lib/clips/time-range-json.ts';
import { anyOfParam, intParam } from '#lib/http/query-schemas.ts';
import { masterFilenameSchema } from '#lib/storage/port/object-keys.ts';
import { gameIdSchema, seasonSchema, teamCodeSchema } from '#lib/word-schemas.ts';

/** GCS refuses larger objects. */
export const MAX_MASTER_BYTES = 5 * 1024 ** 4;

/** Chunks of a resumable upload are multiples of this (GCS protocol). */
export const UPLOAD_CHUNK_MULTIPLE_BYTES = 262_144;

/** `uploading`: bytes may be missing. `ready`: checked, clips can be cut. `failed`: cannot be a master; says why. */
export const MASTER_STATUSES = ['uploading', 'ready', 'failed'] as const;
export type MasterStatus = (typeof MASTER_STATUSES)[number];

export const createMasterSchema = z
  .strictObject({
    team_code: teamCodeSchema,
    season: seasonSchema,
    game_id: gameIdSchema,
    period: periodSchema.nullish(),
    filename: masterFilenameSchema,
    size_bytes: z.int().min(1, 'The file is empty.').max(MAX_MASTER_BYTES),
    content_type: z
      .string()
      .max(255)
      .refine((value) => !/\p{Cc}/u.test(value), 'Control characters are not allowed.')
      .optional()
      .meta({ description: 'Anything, and not used: the lake stores the type that the file name stands for.' }),
    crc32c: z
      .string()
      .regex(/^[A-Za-z0-9+/]{6}==$/, 'CRC-32C is base64 of four big-endian bytes.')
      .optional(),
  })
  .meta({
    id: 'MasterCreate',
    examples: [
      {
        team_code: 'MTL',
        season: '2025-2026',
        game_id: '20031',
        period: 1,
        filename: 'p1-20251011-MTLvsCHI.mp4',
        size_bytes: 3_221_225_472,
        content_type: 'video/mp4',
      },
    ],
  });
export type CreateMaster = z.output<typeof createMasterSchema>;

/** `pending`: in line. `running`: it goes on, also while only its ladder is made. `failed`: it goes no further, says why. */
export const PREPARATION_STATUSES = ['pending', 'running', 'ready', 'failed'] as const;

export const preparationSchema = z
  .object({
    status: z.enum(PREPARATION_STATUSES),
    playable_to_s: z.number().meta({ description: 'Clips that end by then can be played at once. It grows.' }),
    renditions: z.array(
      z.object({
        name: z.string().meta({ description: '`source`: its own picture, copied; `1080`, `720`, `360`: encoded.' }),
        to_s: z.number(),
      }),
    ),
    error_message: z.string().nullable(),
  })
  .meta({ id: 'MasterPreparation' });
export type PreparationJson = z.output<typeof preparationSchema>;

/** Small pictures of a whole master, as far as they are made. */
const masterStoryboardSchema = z
  .object({
    cell_width: z.int(),
    cell_height: z.int(),
    interval_s: z.number().meta({ description: 'From one cell to the next.' }),
    columns: z.int().meta({ description: 'Cells lie in rows of so many, from the left and from the top.' }),
    sheets: z.array(
      z.object({
        start_s: z.number().meta({ description: 'What its first cell shows, in seconds from timecode zero.' }),
        end_s: z.number().meta({ description: 'Where its last cell ends.' }),
        url: z.string().meta({ description: 'A JPEG, signed.' }),
      }),
    ),
  })
  .meta({ id: 'MasterStoryboard' });
export type MasterStoryboardJson = z.output<typeof masterStoryboardSchema>;

/** How a master is watched as far as it is prepared. */
export const masterPlaybackSchema = z
  .object({
    url: z.string().meta({ description: 'An HLS playlist that works with nothing else until expires_at.' }),
    expires_at: z.iso.datetime(),
    offset_s: z.number().meta({ description: 'Where timecode zero lies in the playlist.' }),
    playable_to_s: z.number().meta({ description: 'How far it goes by now; ask again while it grows.' }),
    duration_s: z.number().nullable(),
    storyboard: masterStoryboardSchema.nullable().meta({
      description: 'Null while nothing of it is made. Its URLs end with expires_at.',
    }),
  })
  .meta({ id: 'MasterPlayback' });
export type MasterPlaybackJson = z.output<typeof masterPlaybackSchema>;

export const masterSchema = z
  .object({
    id: z.uuid(),
    lake_uri: z.string(),
    status: z.enum(MASTER_STATUSES),
    team_code: z.string(),
    season: z.string(),
    game_id: z.string(),
    period: z.int().nullable(),
    filename: z.string(),
    content_type: z.string(),
    size_bytes: z.int(),
    crc32c: z.string().nullable(),
    duration_s: z.number().nullable(),
    cut_off_at_s: z.number().nullable().meta({
      description: 'Where the recording ends because the rest of the file is missing; null when it is whole.',
    }),
    width: z.int().nullable(),
    height: z.int().nullable(),
    frame_rate: z.number().nullable().meta({ description: 'Frames per second.' }),
    video_codec: z.string().nullable(),
    audio_codec: z.string().nullable(),
    audio_note: audioNoteSchema,
    gaps: z.array(timeRangeSchema).meta({
      description:
        'Where nothing was recorded: the picture before is held. A clip that lies in one is refused. Found when the master is checked, as far as that looks, and by the cuts that meet them.',
    }),
    damage: z.array(timeRangeSchema).meta({
      description: 'Where the picture cannot be decoded: a clip that touches it fails. Found as gaps are.',
    }),
    error_message: z.string().nullable(),
    preparation: preparationSchema.nullable().meta({
      description:
        'How far it is cut into segments that clips are played from; null when nobody has asked for that yet.',
    }),
    clip_count: z.int(),
    signed_url: z
      .string()
      .nullable()
      .meta({ description: 'To watch the master while cutting. Only on GET /masters/{id} of a ready master.' }),
    created_by: z.string().nullable().meta({ description: 'Name of the person who uploaded it.' }),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
    deleted_at: z.iso.datetime().nullable().meta({ description: 'When it was put into the trash.' }),
  })
  .meta({ id: 'Master' });
export type MasterJson = z.output<typeof masterSchema>;

export const uploadSchema = z
  .object({
    protocol: z.literal('gcs-resumable'),
    url: z.string(),
    chunk_multiple: z.literal(UPLOAD_CHUNK_MULTIPLE_BYTES),
    expires_at: z.iso.datetime(),
  })
  .meta({ id: 'Upload' });
export type UploadJson = z.output<typeof uploadSchema>;

export const masterCreatedSchema = z
  .object({ master: masterSchema, upload: uploadSchema })
  .meta({ id: 'MasterCreated' });
export type MasterCreatedJson = z.output<typeof masterCreatedSchema>;

/** What announcing a file again answers. */
export const masterAnnouncedSchema = masterCreatedSchema
  .extend({
    upload: uploadSchema.nullable().meta({
      description:
        'Where the rest of the file is to be sent. `null` when the store has all of it: a master that is `uploading` ' +
        'is to be completed, one that is `ready` needs nothing more.',
    }),
  })
  .meta({ id: 'MasterAnnounced' });
export type MasterAnnouncedJson = z.output<typeof masterAnnouncedSchema>;
/** `game`: the games of the newest uploads first, each with its masters by period. */
const MASTER_SORTS = ['-created_at', 'game'] as const;

export const listMastersQuerySchema = z.strictObject({
  team_code: teamCodeSchema.optional(),
  season: seasonSchema.optional(),
  game_id: gameIdSchema.optional(),
  status: anyOfParam(z.enum(MASTER_STATUSES)).optional(),
  sort: z.enum(MASTER_SORTS).default('-created_at'),
  deleted: z.enum(['true', 'false']).default('false').meta({ description: 'The trash instead of the lake.' }),
  limit: intParam(1, 500).default(100),
  offset: intParam(0, 1_000_000).default(0),
});
export type ListMastersQuery = z.output<typeof listMastersQuerySchema>;

export const masterListSchema = z
  .object({ masters: z.array(masterSchema), total: z.int(), limit: z.int(), offset: z.int() })
  .meta({ id: 'MasterList' });
export type MasterListJson = z.output<typeof masterListSchema>;

export const deleteMasterQuerySchema = z.strictObject({
  permanent: z
    .enum(['true', 'false'])
    .default('false')
    .meta({ description: 'For good, with the file in the lake, rather than into the trash.' }),
});

export const masterParamsSchema = z.object({ master_id: z.uuid('A master id is a UUID.') });

/** The playlists that the API makes of what is prepared. */
export const masterTextParamsSchema = masterParamsSchema.extend({ file: z.string() });
