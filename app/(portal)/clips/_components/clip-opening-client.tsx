'use client';

import './clip-opening.css';
import { useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import { onBegunChange, shownBegun } from '#app/(portal)/watch/_components/begun-store.ts';

/**
 * The clip whose link was followed, from its first frame on, where its page will have it: the page may take longer than
 * the film. The page takes the element away from here, playing.
 */
export function ClipOpening() {
  const begun = useSyncExternalStore(onBegunChange, shownBegun, () => null);
  const boxRef = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (begun) boxRef.current?.append(begun.video);
  }, [begun]);
  if (!begun) return null;
  return (
    <div aria-hidden className="clip-opening px-3 py-4 md:px-5 md:py-5">
      <div className="clip-page mx-auto max-w-[100rem]">
        <div className="clip-neighbours h-8 pointer-coarse:h-11" />
        <div className="clip-columns">
          <div ref={boxRef} className="player" />
        </div>
      </div>
    </div>
  );
}
