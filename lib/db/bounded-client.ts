import { AsyncLocalStorage } from 'node:async_hooks';
import { Socket } from 'node:net';
import pg from 'pg';
import { Silence } from './silence.ts';

/** A connection that is not there by then is not waited for. A fault is told within 5 s. */
const CONNECT_MS = 3500;
/** What the web asks is answered by then. Its `statement_timeout` is less, so that a slow server tells first. */
export const ANSWER_MS = 4000;
/** Work that may take longer is asked after so often: whether the server is at it still. */
const LOOK_EVERY_MS = 3500;
/** How long that question may take. */
const LOOK_MS = 2500;
/** A server that does not say goodbye is left without it. */
const GOODBYE_MS = 1000;
/** From then on the kernel asks the other end of an idle connection: ten times, a second apart (libuv). */
const KEEPALIVE_MS = 1000;

/** What every connection of the portal is made with. */
export const KEPT_ALIVE = { keepAlive: true, keepAliveInitialDelayMillis: KEEPALIVE_MS } as const;

/** The same where pg has to bound the wait for one: in a pool that is no `BoundedPool`. */
export const CONNECTION_BOUNDS = { connectionTimeoutMillis: CONNECT_MS, ...KEPT_ALIVE } as const;

type PoolTold = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  done: (broken?: Error | boolean) => void,
) => void;

/** Next loads each route as a bundle of its own: what one of them allows, the process' one pool has to know. */
const shared = globalThis as typeof globalThis & { heartbeatPatience?: AsyncLocalStorage<number> };
shared.heartbeatPatience ??= new AsyncLocalStorage<number>();
const patience = shared.heartbeatPatience;

/**
 * Lets each statement in `work` take longer than `ANSWER_MS`, as long as the server is at it.
 * @param limitMs above the `statement_timeout` that goes with it, so that the server tells first.
 */
export const withPatience = <T>(limitMs: number, work: () => Promise<T>): Promise<T> =>
  // A query of Prisma is not sent before somebody waits for it: that has to be in here.
  patience.run(limitMs, async () => await work());

/** As a socket tells it: Prisma maps it as it maps those (P1008). */
class NoAnswer extends Error {
  readonly code = 'ETIMEDOUT';
  readonly syscall = 'read';
  readonly errno = -110;

  constructor(waitedMs: number) {
    super(`Postgres did not answer within ${waitedMs} ms.`);
    this.name = 'NoAnswer';
  }
}

/**
 * Whether the server is at work for one of its backends, or was a moment ago. Asked as the user who connected: another
 * role is not shown the state.
 */
async function isAtWork({ options: _, ...config }: pg.ClientConfig, backendPid: number): Promise<boolean> {
  const socket = new Socket();
  const client = new pg.Client({ ...config, connectionTimeoutMillis: LOOK_MS, stream: () => socket });
  client.on('error', () => {});
  const timer = setTimeout(() => socket.destroy(), LOOK_MS);
  try {
    await client.connect();
    const { rows } = await client.query<{ busy: boolean }>(
      `SELECT state = 'active' OR state_change > now() - interval '1 second' AS busy
       FROM pg_stat_activity WHERE pid = $1`,
      [backendPid],
    );
    return rows[0]?.busy === true;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
}

/**
 * A class of connections on which nothing waits for a server that does not answer. pg's own `query_timeout` tells the
 * caller and gives the dead connection back to the pool; this one cuts it, so that the pool makes another.
 * @param limitMs how long a statement may take outside of `withPatience`.
 * @param silence of the server that all of them are connected to.
 */
export function boundedClient(limitMs: number, silence = new Silence()): typeof pg.Client {
  return class BoundedClient extends pg.Client {
    readonly #config: pg.ClientConfig;
    readonly #socket: Socket;
    #timer: NodeJS.Timeout | undefined;
    #stopConnecting = () => {};
    #stopWaiting = () => {};
    /** Each question to the server has a number: a late look at one that was answered changes nothing. */
    #asked = 0;

    constructor(config: pg.ClientConfig = {}) {
      const socket = new Socket();
      super({ ...config, stream: () => socket });
      this.#config = config;
      this.#socket = socket;
      // Who was told first may have asked something already: that is waited for still.
      this.on('connect', () => {
        silence.heard();
        this.#stopConnecting();
      });
      this.on('drain', () => {
        silence.heard();
        this.#rest();
      });
      this.on('end', () => {
        this.#stopConnecting();
        this.#rest();
      });
      const connect = this.connect.bind(this) as (...args: unknown[]) => unknown;
      const query = this.query.bind(this) as (...args: unknown[]) => unknown;
      Object.assign(this, {
        connect: (...args: unknown[]) => {
          this.#stopConnecting = silence.wait(CONNECT_MS, () => socket.destroy(new NoAnswer(CONNECT_MS)));
          return connect(...args);
        },
        query: (...args: unknown[]) => {
          this.#watch(patience.getStore() ?? limitMs);
          return query(...args);
        },
      });
    }

    override end(): Promise<void>;
    override end(callback: (error: Error) => void): void;
    override end(callback?: (error: Error) => void): Promise<void> | undefined {
      const timer = setTimeout(() => this.#socket.destroy(), GOODBYE_MS);
      this.once('end', () => clearTimeout(timer));
      return callback ? void super.end(callback) : super.end();
    }

    #rest(): void {
      this.#asked++;
      clearTimeout(this.#timer);
      this.#stopWaiting();
    }

    #watch(allowedMs: number): void {
      this.#rest();
      const asked = this.#asked;
      const startedMs = performance.now();
      const giveUp = () => this.#socket.destroy(new NoAnswer(Math.round(performance.now() - startedMs)));
      const look = async () => {
        const leftMs = allowedMs - (performance.now() - startedMs);
        if (leftMs > 0 && (await isAtWork(this.#config, this.#backendPid()))) wait(leftMs);
        else if (asked === this.#asked) giveUp();
      };
      const wait = (leftMs: number) => {
        if (asked !== this.#asked) return;
        // What is left after the last look is waited out: the server is at it.
        if (leftMs <= LOOK_EVERY_MS + LOOK_MS) this.#stopWaiting = silence.wait(leftMs, giveUp);
        else this.#timer = setTimeout(look, LOOK_EVERY_MS);
      };
      wait(allowedMs);
    }

    #backendPid(): number {
      return (this as unknown as { processID: number | null }).processID ?? 0;
    }
  };
}

/** A pool in which nobody waits longer for a connection than a server may be silent, nor in its line. */
export class BoundedPool extends pg.Pool {
  readonly #silence: Silence;

  /** @param silence of the server; the `Client` of the config has the same. */
  constructor(config: pg.PoolConfig, silence: Silence) {
    super(config);
    this.#silence = silence;
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(told: PoolTold): void;
  override connect(told?: PoolTold): Promise<pg.PoolClient> | undefined {
    const inTime = this.#inTime(super.connect());
    if (!told) return inTime;
    inTime.then(
      (client) => told(undefined, client, (broken) => client.release(broken)),
      (error: Error) => told(error, undefined, () => {}),
    );
  }

  #inTime(connecting: Promise<pg.PoolClient>): Promise<pg.PoolClient> {
    return new Promise((resolve, reject) => {
      const stop = this.#silence.wait(CONNECT_MS, () => {
        reject(new NoAnswer(CONNECT_MS));
        // Another one may want it.
        connecting.then((client) => client.release()).catch(() => {});
      });
      connecting.finally(stop).then(resolve, reject);
    });
  }
}
