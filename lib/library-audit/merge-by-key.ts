/** Everything that two sides have under one key. */
export interface Met<L, R> {
  key: string;
  lefts: L[];
  right: R | null;
}

interface Keyed {
  key: string;
}

/** Passes a side on, and throws when it does not rise: what is out of order would be missed without a word. */
async function* rising<T extends Keyed>(side: AsyncIterable<T>, name: string, mayRepeat: boolean): AsyncGenerator<T> {
  let last: string | null = null;
  for await (const item of side) {
    if (last !== null && (item.key < last || (item.key === last && !mayRepeat))) {
      throw new Error(`The ${name} do not come in the order of their keys: "${item.key}" after "${last}".`);
    }
    last = item.key;
    yield item;
  }
}

/**
 * Walks two sides that rise by key side by side, holding one key's items of each: whatever their number, memory stays
 * as it is. A key may come several times at the left, once at the right. Keys are ASCII, whose order is the same for
 * Postgres (`COLLATE "C"`), object stores and JavaScript.
 */
export async function* mergeByKey<L extends Keyed, R extends Keyed>(
  left: AsyncIterable<L>,
  right: AsyncIterable<R>,
): AsyncGenerator<Met<L, R>> {
  const lefts = rising(left, 'rows', true);
  const rights = rising(right, 'objects', false);
  try {
    let [l, r] = await Promise.all([lefts.next(), rights.next()]);
    while (!l.done || !r.done) {
      const key = r.done || (!l.done && l.value.key <= r.value.key) ? (l.value as L).key : r.value.key;
      const met: Met<L, R> = { key, lefts: [], right: null };
      while (!l.done && l.value.key === key) {
        met.lefts.push(l.value);
        l = await lefts.next();
      }
      if (!r.done && r.value.key === key) {
        met.right = r.value;
        r = await rights.next();
      }
      yield met;
    }
  } finally {
    await Promise.all([lefts.return(undefined), rights.return(undefined)]);
  }
}

/** Two sides that rise by key as one that does. */
export async function* mergeRising<T extends Keyed>(one: AsyncIterable<T>, other: AsyncIterable<T>): AsyncGenerator<T> {
  const [left, right] = [one[Symbol.asyncIterator](), other[Symbol.asyncIterator]()];
  let [l, r] = await Promise.all([left.next(), right.next()]);
  try {
    while (!l.done || !r.done) {
      if (r.done || (!l.done && l.value.key <= r.value.key)) {
        yield l.value as T;
        l = await left.next();
      } else {
        yield r.value;
        r = await right.next();
      }
    }
  } finally {
    await Promise.all([left.return?.(), right.return?.()]);
  }
}
