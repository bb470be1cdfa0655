import type { ProbedStream } from './probe-json.ts';

/** Seconds that a stream says it lasts; infinite when it does not, as it then lasts as long as the file. */
export function streamLengthS(stream: ProbedStream): number {
  // Matroska's muxers write it as a tag, 00:20:00.123000000; what ffprobe says then is the length of the file.
  const [, h, m, s] = /^(\d+):(\d\d):(\d\d(?:\.\d+)?)/.exec(stream.tags.DURATION ?? '') ?? [];
  return s === undefined
    ? (stream.duration ?? Number.POSITIVE_INFINITY)
    : Number(h) * 3600 + Number(m) * 60 + Number(s);
}
