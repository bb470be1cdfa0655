import { AsyncLocalStorage } from 'node:async_hooks';
import { LRUCache } from 'lru-cache';
import type pg from 'pg';
import { BoundedPool } from './bounded-client.ts';
import { isStaleStatement } from './database-faults.ts';

/** Statements that a connection keeps prepared: each takes tens of kilobytes of its backend's memory, with its plan. */
const MAX_PREPARED = 100;

/** One statement, as it is sent. */
export interface SentStatement {
  text: string;
  values: readonly unknown[];
}

/** What pg knows of a connection's line and statements; it has no interface to forget one. */
interface LineOf {
  stream: { cork(): void; uncork(): void };
  parsedStatements: Record<string, unknown>;
  submittedNamedStatements: Record<string, unknown>;
  close(statement: { type: 'S'; name: string }): void;
}

/** `prepared`: what runs is done again if a statement turns out stale. `plain`: it is that second time. */
type Mode = 'prepared' | 'plain';

/** Next loads each route as a bundle of its own, and the process has one pool. */
const shared = globalThis as typeof globalThis & { heartbeatStatementMode?: AsyncLocalStorage<Mode> };
shared.heartbeatStatementMode ??= new AsyncLocalStorage<Mode>();
const mode = shared.heartbeatStatementMode;

/**
 * Work on one transaction in which statements are prepared. One that another process' migration made stale breaks the
 * transaction, so all of it is done again, without prepared statements then: nobody sees it.
 * @param work may be done twice: it has no effect but on the database, or one that may come again.
 */
export async function repeatedIfStale<T>(work: () => Promise<T>): Promise<T> {
  try {
    // A query of Prisma is not sent before somebody waits for it: that has to be in here.
    return await mode.run('prepared', async () => await work());
  } catch (error) {
    if (!isStaleStatement(error)) throw error;
    return await mode.run('plain', async () => await work());
  }
}

/** Does one statement of its own transaction again if it was stale. */
export class PreparingPool extends BoundedPool {
  override query(...args: unknown[]): never {
    const ask = () => (super.query as (...args: unknown[]) => Promise<unknown>)(...args);
    const again = (error: unknown) => {
      if (!isStaleStatement(error)) throw error;
      return mode.run('plain', ask);
    };
    // pg's own type has a dozen overloads; whoever asks a pool for rows gets a promise.
    return ask().catch(again) as never;
  }
}

interface NamedQuery extends SentStatement {
  name?: string;
}

type Told = (error: unknown, result?: unknown) => void;

/**
 * A class of connections that bounds how many statements stay prepared, and prepares those again that went stale.
 * Outside of `repeatedIfStale`, what runs inside a transaction is not prepared: it could not be done again.
 * @param onStatement is told of each statement.
 */
export function preparingClient(
  Base: typeof pg.Client,
  onStatement?: (sent: SentStatement) => unknown,
): typeof pg.Client {
  return class PreparingClient extends Base {
    /** Names that no query of this connection has any more, and Postgres still holds. */
    readonly #forgotten: string[] = [];
    readonly #prepared = new LRUCache<string, true>({
      max: MAX_PREPARED,
      dispose: (_, name) => this.#forgotten.push(name),
    });

    constructor(config: pg.ClientConfig = {}) {
      super(config);
      const query = this.query.bind(this) as (...args: unknown[]) => unknown;
      Object.assign(this, {
        query: (first: unknown, ...rest: unknown[]) => {
          const asked = typeof first === 'object' && first !== null && 'text' in first ? (first as NamedQuery) : null;
          if (asked) onStatement?.(asked);
          this.#sendTogether();
          const config = asked?.name ? this.#nameIfAllowed(asked) : first;
          return this.#watched(query, config, rest);
        },
      });
    }

    /** What is asked in one turn goes out in one piece. */
    #sendTogether(): void {
      const { stream } = (this as unknown as { connection: LineOf }).connection;
      stream.cork();
      process.nextTick(() => stream.uncork());
    }

    #nameIfAllowed(asked: NamedQuery): NamedQuery {
      const how = mode.getStore();
      const isAllowed = how === 'prepared' || (how === undefined && this.getTransactionStatus() === 'I');
      if (!isAllowed || !asked.name) return { ...asked, name: '' };
      if (!this.#prepared.get(asked.name)) this.#prepared.set(asked.name, true);
      this.#closeForgotten();
      return asked;
    }

    /** Goes out before the query does. Closing a name that is not there is no fault (PostgreSQL's protocol, Close). */
    #closeForgotten(): void {
      if (this.#forgotten.length === 0) return;
      const { connection } = this as unknown as { connection: LineOf };
      for (const name of this.#forgotten.splice(0)) {
        delete connection.parsedStatements[name];
        delete connection.submittedNamedStatements[name];
        connection.close({ type: 'S', name });
      }
    }

    #watched(query: (...args: unknown[]) => unknown, config: unknown, rest: unknown[]): unknown {
      const isNamed = typeof config === 'object' && config !== null && 'name' in config && config.name !== '';
      if (!isNamed) return query(config, ...rest);
      const learn = (error: unknown) => {
        if (isStaleStatement(error)) this.#prepared.clear();
      };
      const told = rest.at(-1);
      if (typeof told === 'function') {
        const tell: Told = (error, result) => {
          learn(error);
          (told as Told)(error, result);
        };
        return query(config, ...rest.slice(0, -1), tell);
      }
      return (query(config, ...rest) as Promise<unknown>).catch((error: unknown) => {
        learn(error);
        throw error;
      });
    }
  };
}
