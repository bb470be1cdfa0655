import type { RenditionIndex } from '#lib/delivery/delivery-index.ts';
import type { MadeFrame } from './made-times.ts';

/**
 * Says of each segment how far its first picture reaches: so many bytes from its start are its movie fragment and one
 * key frame, which a player shows that goes through a clip by key frames alone.
 *
 * @param frames of the rendition's fragmented MP4.
 * @throws Error when a segment has no key frame.
 */
export function withIFrames(index: RenditionIndex, frames: readonly MadeFrame[]): RenditionIndex {
  const keys = frames.filter(({ isKey }) => isKey);
  const segments = index.segments.map((segment) => {
    const end = segment.offset + segment.length;
    const key = keys.find(({ byte }) => byte >= segment.offset && byte < end);
    if (!key) throw new Error('A segment has no key frame.');
    return { ...segment, iFrameLength: key.byte + key.sizeBytes - segment.offset };
  });
  return { ...index, segments };
}
