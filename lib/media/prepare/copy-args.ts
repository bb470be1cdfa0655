import { AUDIO_RATE_HZ, soundGraph } from '#lib/media/cut/sound-filters.ts';
import { JUDGED_LOG } from '#lib/media/frames/decode-damage.ts';
import type { ProbedMaster } from '#lib/media/probe/probe-master.ts';
import { masterInputArgs } from '#lib/media/tools/confinement.ts';
import { seconds } from '#lib/media/tools/time-args.ts';

/**
 * The reading of a prepared rendition's clock that is timecode zero. Times of decoding are not negative there (ISO/IEC
 * 14496-12 §8.8.12), and what an edit list hides before the first picture is kept: it may be needed to decode it.
 */
export const ZERO_S = 100;

/**
 * A fragment is no longer, so that its index is a few kilobytes: ffmpeg goes back to write how long an index is, and in a
 * pipe it can do so within 32 KB. A group of pictures may be several fragments.
 */
const FRAGMENT_US = 4_000_000;
/** Of sound alone. */
const SOUND_SEGMENT_US = 10_000_000;

/**
 * A fragmented MP4 that needs no seeking. Each picture's time is an offset to its time of decoding that may be negative, so
 * that a key frame is decoded when it is shown (CMAF, ISO/IEC 23000-19 §7.5.17); no edit lists, which browsers do not
 * read alike; times of decoding that count from the clock's zero, also for a track that begins late. Every key frame begins
 * a fragment.
 */
export const FRAGMENTED_ARGS: readonly string[] = [
  ...['-map_metadata', '-1', '-map_chapters', '-1', '-avoid_negative_ts', 'disabled', '-use_editlist', '0'],
  '-movflags',
  '+empty_moov+delay_moov+default_base_moof+frag_discont+negative_cts_offsets+skip_trailer+frag_keyframe',
  ...['-f', 'mp4'],
];

export const AAC_ARGS: readonly string[] = ['-c:a', 'aac', '-b:a', '128k', '-ar', String(AUDIO_RATE_HZ), '-ac', '2'];

/** An AVI's frames are counted from the decoder's first, which stands at a delay that its sound does not have. */
const soundZeroS = (master: ProbedMaster): number => (master.hasPresentationTimes ? master.originS : 0);

/** The sound of the whole master: it keeps its distance to the picture, and lasts as long, whatever is missing of it. */
function soundOf(master: ProbedMaster): string[] {
  const { durationS } = master.facts;
  const firstS = soundZeroS(master);
  const range = { soundTracks: master.soundTracks, firstS, endS: firstS + durationS };
  const graph = soundGraph(range, { durationS, copies: 1, isEven: false });
  return ['-filter_complex', `${graph};[a0]asetpts=PTS+${seconds(master.originS)}/TB[sound]`, '-map', '[sound]'];
}

/** Whether a master's sound is left as it is. */
export type SoundWork = 'copy' | 'encode';

const fromMaster = (address: string): string[] => [
  ...[...JUDGED_LOG, ...masterInputArgs(address), '-copyts', '-i', address],
];

/** Puts timecode zero where prepared renditions have it. */
const zeroArgs = ({ originS }: ProbedMaster): string[] => ['-output_ts_offset', seconds(ZERO_S - originS)];

/** The one run that copies a master's picture, with its sound as AAC. */
export function copyArgs(address: string, master: ProbedMaster, sound: SoundWork): string[] {
  const [track] = master.soundTracks;
  const soundArgs = () =>
    sound === 'copy' && track
      ? ['-map', `0:${track.index}`, '-c:a', 'copy', '-bsf:a', 'aac_adtstoasc']
      : [...soundOf(master), ...AAC_ARGS];
  return [
    ...[...fromMaster(address), '-map', `0:${master.videoIndex}`, '-c:v', 'copy'],
    ...(track ? soundArgs() : []),
    ...[...zeroArgs(master), ...FRAGMENTED_ARGS, '-frag_duration', String(FRAGMENT_US), 'pipe:1'],
  ];
}

/** The one run that makes a master's sound alone. */
export const soundArgs = (address: string, master: ProbedMaster): string[] => [
  ...[...fromMaster(address), '-vn', ...soundOf(master), ...AAC_ARGS],
  ...[...zeroArgs(master), ...FRAGMENTED_ARGS, '-frag_duration', String(SOUND_SEGMENT_US), 'pipe:1'],
];
