/** What goes wrong with a request. Byte counts are of the request's body, or of the answer's for a GET. */
export type Fault =
  | { kind: 'status'; status: number }
  | { kind: 'reset'; afterBytes: number }
  /** Stores no more than this of a chunk, in whole units of 256 KiB, and says so. */
  | { kind: 'commit-at-most'; bytes: number }
  | { kind: 'session-gone'; status: 404 | 410 }
  /** Does what was asked, and breaks the connection instead of answering. */
  | { kind: 'lose-answer' }
  /** Answers with other JSON than the right one. */
  | { kind: 'amend'; amend(json: Record<string, unknown>): unknown }
  | { kind: 'hang' };

export interface FaultOrder {
  /** A pattern, or any other judge, of `METHOD /path?query`. */
  on: Pick<RegExp, 'test'>;
  times?: number;
  fault: Fault;
}

/** Faults that were ordered and have not happened yet, in their order. */
export class FaultQueue {
  #orders: { on: Pick<RegExp, 'test'>; left: number; fault: Fault }[] = [];

  add({ on, times = 1, fault }: FaultOrder): void {
    this.#orders.push({ on, left: times, fault });
  }

  clear(): void {
    this.#orders = [];
  }

  /** The fault of this request, if one was ordered; it counts as happened. */
  take(requestLine: string): Fault | null {
    const order = this.#orders.find(({ on, left }) => left > 0 && on.test(requestLine));
    if (!order) return null;
    order.left--;
    return order.fault;
  }
}
