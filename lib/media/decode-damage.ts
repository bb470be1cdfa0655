import { VIDEO_DECODERS } from './confinement.ts';

/** Log level for runs whose standard error is judged: `repeat` keeps every line, `level` names its severity. */
export const JUDGED_LOG = ['-v', 'repeat+level+error'] as const;

export const FROM_PICTURE = new RegExp(
  `^\\[(${VIDEO_DECODERS.join('|')}|mov|matroska|avi|mpegts|mpeg)\\b[^\\]\\n\\r\\u2028\\u2029]*\\] \\[(error|fatal|panic)\\] (.*)$`,
  'gm',
);

/** What an H.264 decoder says of sound files when it joins at an open GOP: frames before the key frame are missed. */
const JOINED_LATE = /^(mmco: unref short failure|Missing reference picture|reference picture missing during reorder)/;

/**
 * Whether a decoder or demuxer complained of the picture.
 *
 * ffmpeg's own verdict cannot be used: it exits with 0 after damaged frames; with `-xerror` it exits with 1 for sound
 * that starts in the middle of a packet, as after any seek; with `-err_detect explode` it drops good H.264 frames
 * after a join at an open GOP, and aborts on an assertion in MPEG-4. The messages are the same in all these modes.
 */
export function complainsOfPicture(stderr: string): boolean {
  for (const [, , , message = ''] of stderr.matchAll(FROM_PICTURE)) {
    if (!JOINED_LATE.test(message)) return true;
  }
  return false;
}
