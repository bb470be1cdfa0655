import { useEffect, useState } from 'react';
import { whenIdle } from './when-idle.ts';

/** What the page itself needs comes first. */
const PAUSE_MS = 1500;
const RETRY_MS = 2000;

/**
 * Code that the first picture does without: it is fetched once the page has come to rest, and at once when `isWanted`.
 * @param load the same function at each call, an `import()`. Without a connection it is tried again.
 * @returns what was loaded, `null` until then.
 */
export function useLate<Loaded>(load: () => Promise<Loaded>, isWanted = false): Loaded | null {
  const [late, setLate] = useState<{ loaded: Loaded } | null>(null);
  const isThere = late !== null;
  useEffect(() => {
    if (isThere) return;
    let isGone = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let cancelIdle = () => {};
    const start = () => {
      load().then(
        (loaded) => {
          if (!isGone) setLate({ loaded });
        },
        () => {
          if (!isGone) timer = setTimeout(start, RETRY_MS);
        },
      );
    };
    if (isWanted) start();
    else
      timer = setTimeout(() => {
        cancelIdle = whenIdle(start);
      }, PAUSE_MS);
    return () => {
      isGone = true;
      clearTimeout(timer);
      cancelIdle();
    };
  }, [isThere, isWanted, load]);
  return late?.loaded ?? null;
}
