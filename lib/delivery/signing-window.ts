/** When a signature counts as made and when it ends, in whole seconds. */
export interface SigningWindow {
  signedAt: Date;
  expiresAt: Date;
}

export interface SigningPeriod {
  ttlMs: number;
  windowMs: number;
}

/** A quarter of an hour, or a quarter of a short TTL. */
export const defaultWindowMs = (ttlMs: number): number => Math.min(15 * 60_000, ttlMs / 4);

const stepMs = (windowMs: number): number => Math.max(1000, Math.floor(windowMs / 1000) * 1000);

/**
 * Floors a moment to its window. Every signature made within a window is the same, on every machine, so browser and
 * CDN caches hit; each lives at least `ttlMs - windowMs` from the moment it is handed out.
 */
export function windowAt(now: Date, { ttlMs, windowMs }: SigningPeriod): SigningWindow {
  const step = stepMs(windowMs);
  const start = Math.floor(now.getTime() / step) * step;
  return { signedAt: new Date(start), expiresAt: new Date(start + Math.floor(ttlMs / 1000) * 1000) };
}

/** The window of the present moment: the same object as long as it is the same window, for a list asks hundreds of times. */
export function presentWindow(now: () => Date, period: SigningPeriod): () => SigningWindow {
  let kept: SigningWindow | undefined;
  return () => {
    const moment = now();
    const age = kept ? moment.getTime() - kept.signedAt.getTime() : -1;
    if (kept && age >= 0 && age < stepMs(period.windowMs)) return kept;
    kept = windowAt(moment, period);
    return kept;
  };
}
