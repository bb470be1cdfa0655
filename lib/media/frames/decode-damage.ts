import { VIDEO_DECODERS } from '#lib/media/tools/confinement.ts';

/** Log level for runs whose standard error is judged: `repeat` keeps every line, `level` names its severity. */
export const JUDGED_LOG = ['-v', 'repeat+level+error'] as const;

export const FROM_PICTURE = new RegExp(
  `^\\[(${VIDEO_DECODERS.join('|')}|mov|matroska|avi|mpegts|mpeg)\\b[^\\]\\n\\r\\u2028\\u2029]*\\] \\[(error|fatal|panic)\\] (.*)$`,
  'gm',
);

/** What an H.264 decoder says of sound files when it joins at an open GOP: frames before the key frame are missed. */
const JOINED_LATE = /^(mmco: unref short failure|Missing reference picture|reference picture missing during reorder)/;

/** What demuxers say at the end of a file that was cut off: what is missing there shows in the number of frames. */
const ENDS_EARLY = /^(File ended prematurely|stream \d+, offset 0x[\da-f]+: partial file)/;

/** A recording that starts in mid-GOP, as it is opened: nothing of the picture is known before its first key frame. */
const BEFORE_FIRST_KEY = /^(non-existing PPS \d+ referenced|PPS id out of range: \d+|Invalid frame dimensions 0x0\.)/;
const WITHOUT_PPS = /^(non-existing PPS \d+ referenced|decode_slice_header error|no frame!)/;

/**
 * What a decoder or demuxer complained of in the picture.
 *
 * ffmpeg's own verdict cannot be used: it exits with 0 after damaged frames; with `-xerror` it exits with 1 for sound
 * that starts in the middle of a packet, as after any seek; with `-err_detect explode` it drops good H.264 frames
 * after a join at an open GOP, and aborts on an assertion in MPEG-4. The messages are the same in all these modes.
 */
export function complaintsOfPicture(stderr: string): string[] {
  const complaints = [...stderr.matchAll(FROM_PICTURE)].map(([line, , , message = '']) => ({
    decoder: line.slice(0, line.indexOf(']')),
    message,
  }));
  const joining = new Set(
    complaints.filter(({ message }) => BEFORE_FIRST_KEY.test(message)).map(({ decoder }) => decoder),
  );
  return complaints.flatMap(({ decoder, message }) => {
    if (JOINED_LATE.test(message) || ENDS_EARLY.test(message) || BEFORE_FIRST_KEY.test(message)) return [];
    return joining.has(decoder) && WITHOUT_PPS.test(message) ? [] : [message];
  });
}

/** Whether there is more in `complaints` than in `known`, each counted as often as it comes. */
export function complainsBeyond(complaints: readonly string[], known: readonly string[]): boolean {
  const left = [...complaints];
  for (const message of known) {
    const place = left.indexOf(message);
    if (place >= 0) left.splice(place, 1);
  }
  return left.length > 0;
}
