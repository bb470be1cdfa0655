import type { QueryClient } from '@tanstack/react-query';
import { openEventFeed } from '#app/_client/event-feed.ts';
import { LiveCache } from '#app/_client/live-cache.ts';
import { leaveToSignIn } from '#app/_client/session-end.ts';

/** While no events come, what is unfinished is asked after this often. */
const FALLBACK_POLL_MS = 15_000;

/** Brings what happens into what was asked, from now on. @returns how to end it. */
export function followEvents(client: QueryClient, userId: string): () => void {
  const cache = new LiveCache(client);
  let isOpen = false;
  const close = openEventFeed({
    userId,
    onEvent: (event) => cache.hear(event),
    onLine: (now) => {
      // What happened between the page's making and the stream's beginning, nobody has told.
      if (now && !isOpen) cache.catchUp();
      isOpen = now;
    },
    onEnd: leaveToSignIn,
  });
  const polling = setInterval(() => {
    if (!isOpen && document.visibilityState === 'visible') cache.catchUp();
  }, FALLBACK_POLL_MS);
  return () => {
    clearInterval(polling);
    close();
    cache.close();
  };
}
