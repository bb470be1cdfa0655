import type pg from 'pg';
import { KEPT_ALIVE } from './bounded-client.ts';
import { clientFor, sessionOptions, WEB_ROLE } from './prisma-client.ts';

const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 5000;
/** A line may be dead without a word, and who only listens would never hear of it: so it asks. */
const ASK_EVERY_MS = 3000;

export interface Listener {
  close(): Promise<void>;
}

export interface ListenOptions {
  databaseUrl: string;
  /** A plain identifier. */
  channel: string;
  /** Something was notified, or may have been: also called after each connecting, for what was missed meanwhile. */
  onNews(): void;
  /** The connection could not be made or was lost; it is tried again by itself. */
  onFault(error: unknown): void;
}

/**
 * Listens to one channel of Postgres on a connection of its own, which is made again with backoff when it is lost, also
 * without a word: a dead line is noticed within 8 s.
 */
export function listen({ databaseUrl, channel, onNews, onFault }: ListenOptions): Listener {
  const ListeningClient = clientFor(WEB_ROLE);
  let client: pg.Client | undefined;
  let next: NodeJS.Timeout | undefined;
  let delayMs = FIRST_RETRY_MS;
  let isClosed = false;

  const again = (error: unknown, lost: pg.Client) => {
    if (isClosed || lost !== client) return;
    client = undefined;
    void lost.end().catch(() => {});
    onFault(error);
    clearTimeout(next);
    next = setTimeout(connect, delayMs * (0.5 + Math.random() / 2));
    delayMs = Math.min(delayMs * 2, LONGEST_RETRY_MS);
  };

  const askOn = (asked: pg.Client) => {
    next = setTimeout(() => {
      asked.query('SELECT 1').then(
        () => asked === client && askOn(asked),
        (error) => again(error, asked),
      );
    }, ASK_EVERY_MS);
  };

  function connect(): void {
    const fresh = new ListeningClient({
      connectionString: databaseUrl,
      application_name: 'heartbeat-events',
      options: sessionOptions(WEB_ROLE),
      ...KEPT_ALIVE,
    });
    client = fresh;
    fresh.on('error', (error) => again(error, fresh));
    fresh.on('end', () => again(new Error('Postgres ended the connection.'), fresh));
    fresh.on('notification', onNews);
    fresh
      .connect()
      .then(() => fresh.query(`LISTEN ${fresh.escapeIdentifier(channel)}`))
      .then(() => {
        delayMs = FIRST_RETRY_MS;
        if (fresh !== client) return;
        askOn(fresh);
        onNews();
      })
      .catch((error) => again(error, fresh));
  }

  connect();
  return {
    close: async () => {
      isClosed = true;
      clearTimeout(next);
      await client?.end().catch(() => {});
    },
  };
}
