import type { RenditionIndex } from './delivery-index.ts';
import { checkedUri, type PlaylistRendition, rangesPlaylist, type TimedRange, type UriOf } from './playlist-text.ts';

/** `720-iframes.m3u8` of `720`. */
export const iFrameFileOf = (name: string): string => `${name}-iframes.m3u8`;

/** One key frame a segment; none of clips that were cut before key frames were measured. */
function iFramesOf({ segments }: RenditionIndex): TimedRange[] {
  return segments.flatMap(({ durationS, offset, iFrameLength }) =>
    iFrameLength === undefined ? [] : [{ durationS, offset, length: iFrameLength }],
  );
}

export const hasIFrames = ({ segments }: RenditionIndex): boolean =>
  segments.length > 0 && segments.every(({ iFrameLength }) => iFrameLength !== undefined);

/**
 * EXT-X-I-FRAME-STREAM-INF of a multivariant playlist (RFC 8216 §4.3.4.3), which Safari and other players scrub and wind
 * by. There is no sound in it, and so none in CODECS.
 */
export function iFrameStreamLines(renditions: readonly PlaylistRendition[], uriOf: UriOf): string[] {
  return renditions
    .filter(({ index }) => hasIFrames(index))
    .map(({ name, index }) => {
      const rates = iFramesOf(index).map(({ durationS, length }) => Math.ceil((length * 8) / durationS));
      const attributes = [
        `BANDWIDTH=${Math.max(...rates)}`,
        `CODECS="${index.codecs
          .split(',')
          .filter((codec) => !codec.startsWith('mp4a'))
          .join(',')}"`,
        `RESOLUTION=${index.width}x${index.height}`,
        `URI="${checkedUri(uriOf(iFrameFileOf(name)))}"`,
      ];
      return `#EXT-X-I-FRAME-STREAM-INF:${attributes.join(',')}`;
    });
}

/**
 * `{rendition}-iframes.m3u8`: the key frames of a rendition (RFC 8216 §4.3.3.6), each a byte range of its file from the
 * fragment that it begins; a key frame lasts until the next one.
 */
export const iFramePlaylist = (rendition: PlaylistRendition, uriOf: UriOf): string =>
  rangesPlaylist(rendition, uriOf, { kind: '#EXT-X-I-FRAMES-ONLY', ranges: iFramesOf(rendition.index) });
