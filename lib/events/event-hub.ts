import { AppError, unavailable } from '#lib/errors.ts';
import type { Logger } from '#lib/logger.ts';
import { isAfter, type PortalEvent, type Position } from './event.ts';
import type { EventSource } from './event-repo.ts';

const PAGE = 500;
/** Events wait for an older transaction to end, which notifies nobody. */
const HELD_BACK_MS = 100;
/** A connection may die without a word, and its notifications with it. */
const SAFETY_MS = 5_000;
const RETRY_MS = 1_000;
/** Who stands in line behind readings of a database that does not answer is told so. */
const PATIENCE_MS = 4_000;
/** Six tabs share one stream (`app/_client/live-events.ts`); ten are a mistake. */
const MAX_STREAMS_PER_PERSON = 10;

/** Someone who listens. */
export interface Subscriber {
  hear(event: PortalEvent): void;
  /** Events may have been missed. */
  lose(): void;
  /** The process ends. */
  end(): void;
}

export interface Subscription {
  /** Everything after this place will be heard. */
  from: Position;
  cancel(): void;
}

export interface EventHub {
  /**
   * @param userId who listens, whether by a session or by a key: the bound on streams is one for all of theirs.
   * @throws AppError 429 `too_many_streams`, 503 `unavailable`.
   */
  subscribe(userId: string, subscriber: Subscriber): Promise<Subscription>;
  /** Everything up to here has been told. */
  position(): Position;
  /** Ends every stream. */
  close(): Promise<void>;
}

const tooMany = () =>
  new AppError({
    status: 429,
    code: 'too_many_streams',
    detail: `You have ${MAX_STREAMS_PER_PERSON} streams open already, of all your keys and sessions; close one.`,
    headers: { 'Retry-After': '30' },
  });

/**
 * Reads new events once for all who listen in this process. It listens to the database from the first subscriber on;
 * a notification only wakes it, and what is new is read by place, so that nothing hangs on a notification.
 */
export function createEventHub(source: EventSource, logger: Logger): EventHub {
  const subscribers = new Map<Subscriber, string>();
  let position: Position = { xact: 0n, id: 0n };
  let listener: ReturnType<EventSource['listen']> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  let isWanted = false;
  let isReading = false;
  /** Reads and subscriptions go one after the other: the place never moves under a newcomer. */
  let line: Promise<unknown> = Promise.resolve();

  const inLine = <T>(work: () => Promise<T>): Promise<T> => {
    const done = line.then(work);
    line = done.catch(() => {});
    return done;
  };

  const wakeIn = (ms: number) => {
    clearTimeout(timer);
    if (!isClosed && subscribers.size > 0) timer = setTimeout(wake, ms);
  };

  async function readPage(): Promise<void> {
    if (subscribers.size === 0) return;
    const { events, horizon, isHeldBack } = await source.read(position, PAGE);
    const last = events.length === PAGE ? events.at(-1) : undefined;
    const reached = last ? { xact: last.xact, id: last.id } : { xact: horizon, id: 0n };
    // Transactions are numbered upwards; where they went back, this is another database, a restored one say.
    const wentBack = horizon < position.xact;
    if (wentBack || isAfter(reached, position)) position = reached;
    for (const subscriber of subscribers.keys()) {
      if (wentBack) subscriber.lose();
      for (const event of events) subscriber.hear(event);
    }
    if (last) isWanted = true;
    wakeIn(isHeldBack ? HELD_BACK_MS : SAFETY_MS);
  }

  async function readOn(): Promise<void> {
    isReading = true;
    try {
      while (isWanted && !isClosed) {
        isWanted = false;
        await inLine(readPage);
      }
    } finally {
      isReading = false;
    }
  }

  function wake(): void {
    isWanted = true;
    if (isReading || isClosed) return;
    readOn().catch((err: unknown) => {
      logger.warn({ err }, 'events could not be read');
      wakeIn(RETRY_MS);
    });
  }

  const refuseOneMore = (userId: string) => {
    const open = [...subscribers.values()].filter((id) => id === userId).length;
    if (open >= MAX_STREAMS_PER_PERSON) throw tooMany();
  };

  return {
    position: () => position,
    subscribe: (userId, subscriber) => {
      const patience = AbortSignal.timeout(PATIENCE_MS);
      const late = new Promise<never>((_, reject) => {
        patience.addEventListener('abort', () => reject(unavailable(patience.reason)), { once: true });
      });
      const subscribed = inLine(async () => {
        patience.throwIfAborted();
        refuseOneMore(userId);
        if (isClosed) throw unavailable(undefined, 'The portal is stopping.');
        if (subscribers.size > 0) await readPage();
        else {
          // Nobody has listened for a while: what happened meanwhile is nobody's news.
          const { horizon } = await source.read(position, 0);
          position = { xact: horizon, id: 0n };
        }
        patience.throwIfAborted();
        subscribers.set(subscriber, userId);
        const onFault = (err: unknown) => logger.warn({ err }, 'listening for events was broken off');
        listener ??= source.listen(wake, onFault);
        // What is held back at this moment was notified before: nobody will tell of it again.
        wake();
        return { from: position, cancel: () => subscribers.delete(subscriber) };
      });
      return Promise.race([subscribed, late]);
    },
    close: async () => {
      isClosed = true;
      clearTimeout(timer);
      for (const subscriber of subscribers.keys()) subscriber.end();
      subscribers.clear();
      await listener?.close();
    },
  };
}
