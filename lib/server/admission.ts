import { AppError } from '#lib/errors.ts';
import { FairLine, type Waiter } from './fair-line.ts';

/** Whoever is in for so long waits for something else, a slow query say, and keeps nobody from coming in any more. */
const HOLD_MS = 1000;
const LOOK_EVERY_MS = 250;
/** Nobody waits longer in line … */
const PATIENCE_MS = 30_000;
/** … and not as long when nobody has come out for so many looks: what they wait for does not answer. */
const STUCK_LOOKS = 12;

export interface AdmissionBounds {
  /** Requests that are worked on at once. */
  atOnce: number;
  /** Requests that may wait. */
  waiting: number;
}

export interface Admission {
  /**
   * Waits for its turn.
   * @param gone aborted when nobody waits for the answer any more.
   * @returns to be called when the answer begins, or when there will be none; `null` for who is gone.
   * @throws AppError 503 `too_busy`.
   */
  enter(who: Waiter, gone: AbortSignal): Promise<(() => void) | null>;
  insideCount(): number;
  waitingCount(): number;
}

/** How waiting ends: inside, with what to call on the way out; refused; or gone. */
type Outcome = (() => void) | 'refused' | null;

interface InLine extends Waiter {
  readonly sinceMs: number;
  settle(outcome: Outcome): void;
}

const tooBusy = () =>
  new AppError({
    status: 503,
    code: 'too_busy',
    detail: 'The portal has more to do than it can at this moment; try again shortly.',
    headers: { 'Retry-After': '2' },
  });

/**
 * A bounded number of requests at once, and a bounded line before them (docs/adr/0034). When the line is full, those who
 * have most in it wait less: the last of theirs is refused.
 */
export function createAdmission({ atOnce, waiting }: AdmissionBounds): Admission {
  const line = new FairLine<InLine>();
  let inside = 0;
  let looksWithoutExit = 0;
  let looking: NodeJS.Timeout | undefined;

  /** Looks after those who wait, while there are any. Counts looks and not time: a process that was held up is not stuck. */
  const look = (): void => {
    looksWithoutExit += 1;
    const isStuck = looksWithoutExit > STUCK_LOOKS;
    const longestMs = isStuck ? STUCK_LOOKS * LOOK_EVERY_MS : PATIENCE_MS;
    const nowMs = performance.now();
    for (const waiter of line.all()) if (nowMs - waiter.sinceMs >= longestMs) waiter.settle('refused');
  };

  const watchLine = (): void => {
    if (line.size > 0 && !looking) {
      looksWithoutExit = 0;
      looking = setInterval(look, LOOK_EVERY_MS).unref();
    } else if (line.size === 0) {
      clearInterval(looking);
      looking = undefined;
    }
  };

  const goIn = (): (() => void) => {
    inside += 1;
    let isHolding = true;
    const release = () => {
      clearTimeout(timer);
      if (!isHolding) return;
      isHolding = false;
      inside -= 1;
      while (inside < atOnce && line.size > 0) line.take()?.settle(goIn());
    };
    const timer = setTimeout(release, HOLD_MS).unref();
    return () => {
      looksWithoutExit = 0;
      release();
    };
  };

  const wait = (who: Waiter, gone: AbortSignal): Promise<Outcome> =>
    new Promise((resolve) => {
      const leave = () => waiter.settle(null);
      const waiter: InLine = {
        ...who,
        sinceMs: performance.now(),
        settle: (outcome) => {
          gone.removeEventListener('abort', leave);
          line.remove(waiter);
          watchLine();
          resolve(outcome);
        },
      };
      gone.addEventListener('abort', leave, { once: true });
      line.put(waiter);
      watchLine();
      if (line.size > waiting) line.takeFromFullest()?.settle('refused');
    });

  return {
    async enter(who, gone) {
      if (gone.aborted) return null;
      if (inside < atOnce) return goIn();
      const outcome = await wait(who, gone);
      if (outcome === 'refused') throw tooBusy();
      // Who left in the moment of coming in comes out again.
      if (gone.aborted) outcome?.();
      return gone.aborted ? null : outcome;
    },
    insideCount: () => inside,
    waitingCount: () => line.size,
  };
}
