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

/** `ffprobe -show_format -show_programs -show_streams -of json`, as far as it is used. */
export const probeSchema = z.object({
  streams: z.array(streamSchema).default([]),
  programs: z.array(z.object({ streams: z.array(z.object({ index: z.int() })).default([]) })).default([]),
  format: z
    .object({
      format_name: z.string(),
      start_time: z.coerce.number().optional(),
      duration: z.coerce.number().optional(),
    })
    .optional(),
});
export type ProbeJson = z.output<typeof probeSchema>;

/** One packet of `ffprobe -show_packets -of json`; AVI has no `pts`, Matroska not always `dts`. */
const packetSchema = z.object({
  type: z.literal('packet').default('packet'),
  stream_index: z.int().optional(),
  pts: z.int().optional(),
  dts: z.int().optional(),
  duration: z.int().optional(),
  size: z.coerce.number().optional(),
  pos: z.coerce.number().optional(),
  flags: z.string().default(''),
});
export type ProbedPacket = z.output<typeof packetSchema>;

/** One frame of `ffprobe -show_frames -of json`. */
const frameSchema = z.object({
  type: z.literal('frame').default('frame'),
  best_effort_timestamp: z.int().optional(),
  key_frame: z.int().optional(),
  interlaced_frame: z.int().optional(),
  top_field_first: z.int().optional(),
});
export type ProbedFrame = z.output<typeof frameSchema>;

export const packetsSchema = z.object({ packets: z.array(packetSchema).default([]) });

/** What `-show_packets -show_frames` together print: a packet, and behind it what the decoder made so far. */
export const packetsAndFramesSchema = z.object({
  packets_and_frames: z
    .array(z.discriminatedUnion('type', [packetSchema.required({ type: true }), frameSchema.required({ type: true })]))
    .default([]),
});
