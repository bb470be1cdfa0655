/** Commits what many hand in at the same time in one go. Whoever hands something in hears of it when it is committed. */
export interface GroupCommit<I, O> {
  /** @throws what the commit threw, or what `onFull` says while too much waits. */
  add(items: readonly I[]): Promise<O[]>;
}

interface Waiting<I, O> {
  items: readonly I[];
  resolve: (answers: O[]) => void;
  reject: (error: unknown) => void;
}

interface Options<I, O> {
  /** One answer an item, in their order. */
  commit: (items: I[]) => Promise<O[]>;
  /** How many items one commit takes. */
  most: number;
  /** How many may wait. */
  room: number;
  onFull: () => Error;
}

/**
 * While one commit is under way the next one gathers: under load there are few and large ones, and without it nobody waits.
 * Nothing is acknowledged before it lies in the database.
 */
export function createGroupCommit<I, O>({ commit, most, room, onFull }: Options<I, O>): GroupCommit<I, O> {
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

  const commitBatch = async (batch: Waiting<I, O>[]): Promise<void> => {
    try {
      const answers = await commit(batch.flatMap(({ items }) => items));
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
    while (waiting.length > 0) await commitBatch(takeBatch());
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
