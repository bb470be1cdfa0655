import { setTimeout as sleep } from 'node:timers/promises';

/** Does what many ask for at the same time in one go. Whoever asks hears of it when it is done. */
export interface Gathering<I, O> {
  /** @throws what the work threw, or what `onFull` says while too much waits. */
  add(items: readonly I[]): Promise<O[]>;
}

interface Waiting<I, O> {
  items: readonly I[];
  resolve: (answers: O[]) => void;
  reject: (error: unknown) => void;
}

interface Options<I, O> {
  /** One answer an item, in their order. It begins after each of its items was handed in. */
  work: (items: I[]) => Promise<O[]>;
  /** How many items are done at a time. */
  most: number;
  /** How many may wait. */
  room: number;
  onFull: () => Error;
  /** So long the next ones wait for what is under way. */
  patienceMs?: number;
}

/** Above what a busy database needs, and far below the time in which a request is answered. */
const PATIENCE_MS = 200;

/**
 * While one piece of work is under way the next one gathers: under load there are few and large ones, and without it nobody
 * waits. Nothing is answered before it is done. Work that hangs holds nobody else up for longer than the patience: what
 * gathered meanwhile then begins beside it.
 */
export function createGathering<I, O>(options: Options<I, O>): Gathering<I, O> {
  const { work, most, room, onFull, patienceMs = PATIENCE_MS } = options;
  const waiting: Waiting<I, O>[] = [];
  let size = 0;
  let isUnderWay = false;

  const takeBatch = (): Waiting<I, O>[] => {
    let taken = 0;
    let count = 0;
    for (const { items } of waiting) {
      if (count > 0 && taken + items.length > most) break;
      taken += items.length;
      count += 1;
    }
    size -= taken;
    return waiting.splice(0, count);
  };

  const doBatch = async (batch: Waiting<I, O>[]): Promise<void> => {
    try {
      const answers = await work(batch.flatMap(({ items }) => items));
      let at = 0;
      for (const { items, resolve } of batch) {
        resolve(answers.slice(at, at + items.length));
        at += items.length;
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  };

  const run = async (): Promise<void> => {
    isUnderWay = true;
    // What comes within the same turn goes along.
    await Promise.resolve();
    while (waiting.length > 0) {
      const done = new AbortController();
      const batch = doBatch(takeBatch()).finally(() => done.abort());
      await Promise.race([batch, sleep(patienceMs, undefined, done).catch(() => {})]);
    }
    isUnderWay = false;
  };

  return {
    add: (items) =>
      new Promise((resolve, reject) => {
        if (size + items.length > room) return reject(onFull());
        waiting.push({ items, resolve, reject });
        size += items.length;
        if (!isUnderWay) void run();
      }),
  };
}

/** One of something for each database, made when it is first asked for. */
export function perDatabase<D extends object, T>(make: (db: D) => T): (db: D) => T {
  const made = new WeakMap<D, T>();
  return (db) => {
    const known = made.get(db);
    if (known !== undefined) return known;
    const one = make(db);
    made.set(db, one);
    return one;
  };
}
