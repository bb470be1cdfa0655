import { MediaError } from '#lib/media/media-types.ts';
import { runTool, toolGuardGaps } from './run-ffmpeg.ts';

export interface FfmpegCheck {
  /** As ffmpeg prints it, like `5.1.9-0+deb12u1`. */
  version: string;
  /** What this system cannot hold ffmpeg to, a sentence each. */
  gaps: string[];
}

const NEEDED_ENCODERS = ['libx264', 'aac', 'mjpeg'];
const NEEDED_DECODERS = ['h264', 'hevc', 'mpeg2video', 'mpeg4', 'prores', 'dnxhd', 'aac', 'mp3', 'ac3'];
const NEEDED_DEMUXERS = ['mov', 'matroska', 'mpegts', 'avi', 'mpeg'];
const NEEDED_FILTERS = [
  'bwdif',
  'tile',
  'trim',
  'atrim',
  'aresample',
  'apad',
  'scale',
  'fps',
  'setparams',
  'zscale',
  'tonemap',
  'asetpts',
  'volume',
  'pan',
  'join',
];

/** The options of this project came with ffmpeg 5.1 (`-fps_mode`). */
const OLDEST = [5, 1] as const;

/**
 * Whether ffmpeg and ffprobe are there, new enough, and built with everything that a cut needs.
 * Throws `MediaError` `ffmpeg_missing` with one line that says what to install.
 */
export async function checkFfmpeg(signal?: AbortSignal): Promise<FfmpegCheck> {
  const read = async (tool: 'ffmpeg' | 'ffprobe', what: string) => (await runTool(tool, [what], { signal })).stdout;
  const [banner] = await Promise.all([read('ffmpeg', '-version'), read('ffprobe', '-version')]);
  const version = /^ffmpeg version (\S+)/.exec(banner)?.[1] ?? 'unknown';
  if (isOlder(version)) throw unfit(`ffmpeg ${version} is too old: ${OLDEST.join('.')} or newer is needed.`);
  const lists = [
    { what: '-encoders', needed: NEEDED_ENCODERS },
    { what: '-decoders', needed: NEEDED_DECODERS },
    { what: '-demuxers', needed: NEEDED_DEMUXERS },
    { what: '-filters', needed: NEEDED_FILTERS },
  ];
  for (const { what, needed } of lists) {
    const names = namesIn(await read('ffmpeg', what));
    const missing = needed.filter((name) => !names.has(name));
    if (missing.length > 0) throw unfit(`This ffmpeg has no ${missing.join(', ')} (ffmpeg ${what}).`);
  }
  return { version, gaps: await toolGuardGaps() };
}

const unfit = (reason: string) =>
  new MediaError('ffmpeg_missing', `${reason} Install the full ffmpeg package of your system.`, { retryable: true });

/** Versions of a development build (`N-109…`) have no number to compare, and are newer. */
function isOlder(version: string): boolean {
  const match = /^n?(\d+)\.(\d+)/.exec(version);
  if (!match) return false;
  const [major, minor] = [Number(match[1]), Number(match[2])];
  return major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
}

/** Names of the table that `-encoders` and its like print: flags first, then names, `mov,mp4` being several. */
function namesIn(table: string): Set<string> {
  const rows = table.split('\n').map((line) => /^\s*[A-Z.|]+\s+([\w,]+)\s/.exec(line)?.[1] ?? '');
  return new Set(rows.flatMap((names) => names.split(',')));
}
