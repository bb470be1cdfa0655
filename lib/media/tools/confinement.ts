import { LOOPBACK_INPUT_ARGS } from './loopback-source.ts';
import { GIVEN_FILE } from './run-ffmpeg.ts';

/** What the portal accepts as a master: ffmpeg's demuxer names, and how people call them. */
const DEMUXERS = 'mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,mpegts,avi,mpeg';

export const VIDEO_DECODERS = ['h264', 'hevc', 'mpeg2video', 'mpeg4', 'prores', 'dnxhd'] as const;

/** Decoders; an audio codec whose name is not among them is left out of the clip. */
export const AUDIO_DECODERS = [
  'aac',
  'aac_latm',
  'ac3',
  'eac3',
  'flac',
  'mp2',
  'mp2float',
  'mp3',
  'mp3float',
  'opus',
  'libopus',
  'vorbis',
  'alac',
  'pcm_s16le',
  'pcm_s16be',
  'pcm_s24le',
  'pcm_s24be',
  'pcm_s32le',
  'pcm_s32be',
  'pcm_f32le',
  'pcm_f32be',
  'pcm_u8',
  'pcm_s8',
  'pcm_alaw',
  'pcm_mulaw',
  'pcm_bluray',
  'pcm_dvd',
] as const;

/** A frame of 8192 × 4320 in 10 bits takes about 100 MB; a file that asks for more in one piece is hostile. */
const MAX_ALLOC_BYTES = 268_435_456;

/** Each stream that a file declares costs memory and time before anything of it is read. A broadcast has about twenty. */
export const MOST_STREAMS = 64;

const confined = (protocols: string): string[] => [
  ...['-max_alloc', String(MAX_ALLOC_BYTES), '-max_streams', String(MOST_STREAMS)],
  ...['-protocol_whitelist', protocols, '-format_whitelist', DEMUXERS],
];

const DECODERS_ONLY = ['-codec_whitelist', [...VIDEO_DECODERS, ...AUDIO_DECODERS].join(',')];

/**
 * Options of ffprobe that go before the loopback address of a master. A playlist disguised as a video names other
 * files and addresses; it is refused because only real containers are demuxed, whatever the file is called.
 * No codecs are named here: ffprobe gives up on a file whose subtitles or cover picture it may not open.
 */
export const PROBE_INPUT_ARGS: readonly string[] = [...confined('http,tcp'), ...LOOPBACK_INPUT_ARGS];

/** The same for ffmpeg, which decodes: and only with the decoders that a master may need. */
export const MASTER_INPUT_ARGS: readonly string[] = [...PROBE_INPUT_ARGS, ...DECODERS_ONLY];

/** The same for a master that is read at this address, or from a file that the tool is given. */
export const masterInputArgs = (address: string): readonly string[] =>
  address === GIVEN_FILE ? [...confined('file'), ...DECODERS_ONLY] : MASTER_INPUT_ARGS;

const ownNut = (codec: string): string[] => [
  ...['-protocol_whitelist', 'file', '-format_whitelist', 'nut', '-codec_whitelist', codec],
];

/** Options that go before the sound that a run of our own has just written. */
export const OWN_SOUND_INPUT_ARGS: readonly string[] = ownNut('pcm_f32le');

/** The same for uncompressed pictures. */
export const OWN_PICTURES_INPUT_ARGS: readonly string[] = ownNut('rawvideo');

/** Options that go before a file that a run of our own has just written. */
export const OWN_FILE_INPUT_ARGS: readonly string[] = confined('file');
