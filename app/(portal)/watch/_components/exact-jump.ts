import { earlierBy, REACHED_S } from './film-part.ts';

/**
 * Puts the frame of a jump on screen where it is stored in a segment that was not asked for: hls.js goes by where a segment
 * begins, and that may be its sound; its first picture is shown later, and would stand in for those before it. Only while
 * paused: in motion nobody sees it. Answers a function that ends it.
 */
export function showExactFrames(video: HTMLVideoElement): () => void {
  /** The jump that was looked at, in seconds of the browser's clock. */
  let judgedS: number | null = null;
  const goBackFor = (atS: number) => {
    const earlierS = earlierBy(atS);
    const onSeeked = () => {
      // The end of the jump itself is told after this one has begun.
      if (video.seeking) return;
      video.removeEventListener('seeked', onSeeked);
      // Whoever has jumped elsewhere meanwhile is left there.
      if (Math.abs(video.currentTime - earlierS) < REACHED_S) video.currentTime = atS;
    };
    video.addEventListener('seeked', onSeeked);
    video.currentTime = earlierS;
  };
  const onSeeking = () => {
    const atS = video.currentTime;
    if (atS === judgedS || !video.paused) return;
    video.requestVideoFrameCallback?.((_now, { mediaTime }) => {
      if (video.currentTime !== atS || !video.paused || mediaTime <= atS + REACHED_S) return;
      judgedS = atS;
      goBackFor(atS);
    });
  };
  video.addEventListener('seeking', onSeeking);
  return () => video.removeEventListener('seeking', onSeeking);
}
