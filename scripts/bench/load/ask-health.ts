import { setTimeout as pause } from 'node:timers/promises';

const EVERY_MS = 500;

/** Asks for the portal's health as a balancer does, for so long: the longest that it took, and how often it was not well. */
export async function askHealth(
  origin: string,
  seconds: number,
  signal: AbortSignal,
): Promise<{ worstMs: number; ill: number }> {
  const endMs = performance.now() + seconds * 1000;
  let worstMs = 0;
  let ill = 0;
  while (performance.now() < endMs) {
    const startedMs = performance.now();
    const answer = await fetch(`${origin}/api/v2/clips/health`, { signal }).catch(() => null);
    signal.throwIfAborted();
    await answer?.arrayBuffer();
    if (!answer?.ok) ill += 1;
    worstMs = Math.max(worstMs, performance.now() - startedMs);
    await pause(EVERY_MS, undefined, { signal });
  }
  return { worstMs, ill };
}
