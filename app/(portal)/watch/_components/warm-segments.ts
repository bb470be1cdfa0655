import type Hls from 'hls.js/light';
import type { SignedUrlBook } from './signed-url-book.ts';

interface HeldSegments {
  hls: Hls;
  book: SignedUrlBook;
  video: HTMLVideoElement;
  /** Names of those that were asked for already. */
  asked: Set<string>;
}

const isHeld = ({ buffered }: HTMLVideoElement, atS: number): boolean =>
  Array.from({ length: buffered.length }, (_, at) => at).some(
    (at) => buffered.start(at) <= atS && atS < buffered.end(at),
  );

/**
 * Fetches the segments that these moments of the browser's clock lie in, so that a jump there finds them in its cache. They
 * may be kept there for as long as their URLs hold.
 */
export function warmSegments({ hls, book, video, asked }: HeldSegments, moments: readonly number[]): void {
  const fragments = hls.levels[hls.loadLevel]?.details?.fragments ?? [];
  for (const atS of moments) {
    const fragment = fragments.find(({ start, end }) => start <= atS && atS < end);
    if (!fragment || isHeld(video, atS) || asked.has(fragment.url)) continue;
    asked.add(fragment.url);
    fetch(book.newest(fragment.url), { priority: 'low' })
      .then((response) => response.arrayBuffer())
      // The jump itself asks again, and tells what is wrong.
      .catch(() => asked.delete(fragment.url));
  }
}
