import type { UserContext } from '#lib/auth/user-context.ts';
import { isAppError } from '#lib/errors.ts';
import type { Logger } from '#lib/logger.ts';

/** How soon a revoked key, an ended session or another role counts. */
const LOOK_EVERY_MS = 3_000;
/** A database that does not answer for this many looks in a row makes a caller nobody, too: nobody knows who listens. */
const MAX_FAILED_LOOKS = 3;

/** What a request has shown of its caller. */
export interface ShownCaller {
  /** A digest of it: whoever shows the same is the same caller. */
  credential: string;
  /** The caller as they are now; `null` when they are nobody any more. */
  reauthenticate(): Promise<UserContext | null>;
}

/** Hears who the caller is now; `null`, once and at the end: nobody any more. */
export type CallerListener = (user: UserContext | null) => void;

export interface CallerWatch {
  /** Tells who a caller is, again and again, until the function that is returned is called. */
  follow(caller: ShownCaller, listener: CallerListener): () => void;
}

interface Followed {
  /** Each with what it follows: any of them can be asked, for they have shown the same. */
  listeners: Map<CallerListener, ShownCaller>;
  timer: NodeJS.Timeout | undefined;
  failedLooks: number;
}

/**
 * Looks after callers whose answers go on for long. However many answers one caller has open, each look is one: to look
 * for each of them made most of the garbage of a process with many streams (docs/adr/0034).
 * @param everyMs from one look's end to the next one.
 */
export function createCallerWatch(logger: Logger, everyMs: number = LOOK_EVERY_MS): CallerWatch {
  const callers = new Map<string, Followed>();

  /** Who they are now; `undefined` when it could not be found out, this time. */
  async function look(followed: Followed, caller: ShownCaller): Promise<UserContext | null | undefined> {
    try {
      const user = await caller.reauthenticate();
      followed.failedLooks = 0;
      return user;
    } catch (error) {
      followed.failedLooks += 1;
      if (isAppError(error) && error.status < 500) return null;
      logger.warn({ err: error }, 'a listener’s access could not be checked');
      return followed.failedLooks < MAX_FAILED_LOOKS ? undefined : null;
    }
  }

  function wait(credential: string, followed: Followed): void {
    followed.timer = setTimeout(async () => {
      const [caller] = followed.listeners.values();
      if (!caller) return;
      // Who comes meanwhile was just let in: what the look says of before that is not theirs.
      const asked = [...followed.listeners.keys()];
      const user = await look(followed, caller);
      if (user !== undefined) for (const tell of asked) if (followed.listeners.has(tell)) tell(user);
      if (followed.listeners.size > 0) wait(credential, followed);
    }, everyMs).unref();
  }

  return {
    follow(caller, listener) {
      const { credential } = caller;
      let followed = callers.get(credential);
      if (!followed) {
        followed = { listeners: new Map(), timer: undefined, failedLooks: 0 };
        callers.set(credential, followed);
        wait(credential, followed);
      }
      const { listeners } = followed;
      const mine = followed;
      listeners.set(listener, caller);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0 || callers.get(credential) !== mine) return;
        clearTimeout(mine.timer);
        callers.delete(credential);
      };
    },
  };
}
