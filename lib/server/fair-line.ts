/** Who waits: where they are, and what they show of themselves. A made-up key is somebody new, a place is not. */
export interface Waiter {
  readonly place: string;
  readonly caller: string;
}

/** The first name, which goes to the end, as its turn is over. */
function rotate<V>(turns: Map<string, V>): [string, V] | undefined {
  for (const [name, value] of turns) {
    turns.delete(name);
    turns.set(name, value);
    return [name, value];
  }
  return undefined;
}

const most = <V>(turns: Map<string, V>, sizeOf: (value: V) => number): [string, V] | undefined =>
  [...turns].reduce<[string, V] | undefined>(
    (top, one) => (top === undefined || sizeOf(one[1]) > sizeOf(top[1]) ? one : top),
    undefined,
  );

/**
 * A line in which places take turns, and within a place its callers: whoever sends a thousand requests waits for them,
 * and nobody else does.
 */
export class FairLine<T extends Waiter> {
  readonly #places = new Map<string, Map<string, T[]>>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  put(waiter: T): void {
    const callers = this.#places.get(waiter.place) ?? new Map<string, T[]>();
    const own = callers.get(waiter.caller) ?? [];
    own.push(waiter);
    callers.set(waiter.caller, own);
    this.#places.set(waiter.place, callers);
    this.#size += 1;
  }

  /** Takes out the next one. */
  take(): T | undefined {
    const place = rotate(this.#places);
    const caller = place && rotate(place[1]);
    const waiter = caller?.[1][0];
    if (waiter) this.remove(waiter);
    return waiter;
  }

  /** Takes out the one who came last of the caller who has most waiting in the place that has most waiting. */
  takeFromFullest(): T | undefined {
    const countOf = (callers: Map<string, T[]>) => [...callers.values()].reduce((sum, own) => sum + own.length, 0);
    const place = most(this.#places, countOf);
    const waiter = place && most(place[1], (own) => own.length)?.[1].at(-1);
    if (waiter) this.remove(waiter);
    return waiter;
  }

  /** Takes this one out, wherever it stands; false when it is not there. */
  remove(waiter: T): boolean {
    const callers = this.#places.get(waiter.place);
    const own = callers?.get(waiter.caller);
    const index = own?.indexOf(waiter) ?? -1;
    if (!callers || !own || index < 0) return false;
    own.splice(index, 1);
    if (own.length === 0) callers.delete(waiter.caller);
    if (callers.size === 0) this.#places.delete(waiter.place);
    this.#size -= 1;
    return true;
  }

  /** Everyone who waits. */
  all(): T[] {
    return [...this.#places.values()].flatMap((callers) => [...callers.values()].flat());
  }
}
