import { setTimeout as pause } from 'node:timers/promises';

interface WaitOptions {
  /** Named when the wait fails. */
  what: string;
  timeoutMs?: number;
  everyMs?: number;
}

/** Asks until the answer is neither null nor false; the only way of waiting outside the browser. */
export async function until<T>(
  ask: () => Promise<T | null | false> | T | null | false,
  { what, timeoutMs = 90_000, everyMs = 100 }: WaitOptions,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs / 1000} s in vain: ${what}`);
    await pause(everyMs);
  }
}
