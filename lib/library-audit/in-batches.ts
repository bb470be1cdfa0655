/** Gathers items and hands them on by the batch: one question for many. */
export interface Batches<T> {
  add(item: T): Promise<void>;
  /** Hands on what is left. */
  flush(): Promise<void>;
}

export function inBatches<T>(size: number, handle: (items: T[]) => Promise<void>): Batches<T> {
  let items: T[] = [];
  const flush = async () => {
    if (items.length === 0) return;
    const full = items;
    items = [];
    await handle(full);
  };
  return {
    add: async (item) => {
      items.push(item);
      if (items.length >= size) await flush();
    },
    flush,
  };
}

/** `work` for each item, so many at a time. */
export async function eachOf<T>(items: readonly T[], atOnce: number, work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  const worker = async () => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
}
