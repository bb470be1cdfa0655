import { setTimeout as pause } from 'node:timers/promises';
import type { LoadPortal } from './load-portal.ts';

/** Tags clips of Montréal, so many a second for so long; each is an event. Says how many were tagged, and how many were not. */
export async function editClips(
  { portal, headers, signal }: LoadPortal,
  { seconds, perSecond }: { seconds: number; perSecond: number },
): Promise<{ done: number; failed: number }> {
  const endMs = performance.now() + seconds * 1000;
  let number = 0;
  let done = 0;
  while (performance.now() < endMs) {
    number += 2;
    const tag = `load-${number}`;
    const url = `${portal.url}/api/v2/clips/bench-${2 + (number % 5000)}/tags/${tag}`;
    const answer = await fetch(url, { method: 'PUT', headers, signal }).catch(() => null);
    signal.throwIfAborted();
    await answer?.arrayBuffer();
    if (answer?.ok) done += 1;
    await pause(1000 / perSecond, undefined, { signal });
  }
  return { done, failed: number / 2 - done };
}
