import { z } from 'zod';

const sideDataSchema = z.looseObject({
  rotation: z.number().optional(),
  /** The two are Dolby Vision's. */
  dv_profile: z.int().optional(),
  dv_bl_signal_compatibility_id: z.int().optional(),
});

const streamSchema = z.object({
  index: z.int(),
  codec_type: z.string().optional(),
  codec_name: z.string().optional(),
  profile: z.string().optional(),
  level: z.int().optional(),
  width: z.int().optional(),
  height: z.int().optional(),
  coded_width: z.int().optional(),
  coded_height: z.int().optional(),
  has_b_frames: z.int().optional(),
  sample_aspect_ratio: z.string().optional(),
  pix_fmt: z.string().optional(),
  color_range: z.string().optional(),
  color_space: z.string().optional(),
  color_transfer: z.string().optional(),
  color_primaries: z.string().optional(),
  field_order: z.string().optional(),
  r_frame_rate: z.string().optional(),
  avg_frame_rate: z.string().optional(),
  time_base: z.string().optional(),
  start_pts: z.int().optional(),
  duration: z.coerce.number().optional(),
  nb_frames: z.coerce.number().optional(),
  sample_rate: z.coerce.number().optional(),
  channels: z.int().optional(),
  channel_layout: z.string().optional(),
  tags: z.record(z.string(), z.string()).default({}),
  disposition: z.record(z.string(), z.int()).default({}),
  side_data_list: z.array(sideDataSchema).default([]),
});

/** One stream as `ffprobe -show_streams -of json` prints it. */
export type ProbedStream = z.output<typeof streamSchema>;

/** `ffprobe -show_format -show_streams -of json`, as far as it is used. */
export const probeSchema = z.object({
  streams: z.array(streamSchema).default([]),
  format: z
    .object({
      format_name: z.string(),
      start_time: z.coerce.number().optional(),
      duration: z.coerce.number().optional(),
    })
    .optional(),
});
export type ProbeJson = z.output<typeof probeSchema>;

/** `ffprobe -show_packets -of json` of one stream; AVI has no `pts`, Matroska not always `dts`. */
export const packetsSchema = z.object({
  packets: z
    .array(
      z.object({
        pts: z.int().optional(),
        dts: z.int().optional(),
        duration: z.int().optional(),
        flags: z.string().default(''),
      }),
    )
    .default([]),
});
export type ProbedPacket = z.output<typeof packetsSchema>['packets'][number];

/** `ffprobe -show_frames -show_entries frame=best_effort_timestamp -of json`. */
export const framesSchema = z.object({
  frames: z.array(z.object({ best_effort_timestamp: z.int().optional() })).default([]),
});
