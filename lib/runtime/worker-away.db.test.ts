import { setTimeout as sleep } from 'node:timers/promises';
import { describe, type ExpectStatic, it } from 'vitest';
import { parseEnv } from '#lib/config/env.ts';
import { type Line, openLine } from '#lib/db/line-fixture.ts';
import { createLogger } from '#lib/logger.ts';
import { type PortalFixture, portalFixture } from './portal-fixture.ts';
import { startWorker, type Worker } from './worker.ts';

/** A portal, and a worker whose line to its database can fail. */
interface Shop {
  portal: PortalFixture;
  line: Line;
  /** What the worker has logged. */
  log(): string;
  start(signal?: AbortSignal): Promise<Worker>;
}

const envOf = (databaseUrl: string) =>
  parseEnv({
    DATABASE_URL: databaseUrl,
    NEXTAUTH_SECRET: 'a secret of the tests, long enough',
    PATH: process.env.PATH,
  });

/** Each test has a shop of its own: those that wait for a database wait side by side. */
async function inShop(use: (shop: Shop) => Promise<void>): Promise<void> {
  const portal = await portalFixture();
  const line = await openLine(portal.databaseUrl);
  const lines: string[] = [];
  const started: Worker[] = [];
  const start: Shop['start'] = async (signal) => {
    const logger = createLogger('info', 'test', { write: (text) => lines.push(text) });
    const worker = await startWorker(envOf(line.url), logger, signal);
    let ending: Promise<void> | undefined;
    const stop = () => {
      ending ??= worker.stop();
      return ending;
    };
    started.push({ stop });
    return { stop };
  };
  try {
    await use({ portal, line, log: () => lines.join(''), start });
  } finally {
    await line.mend();
    for (const worker of started) await worker.stop();
    await line.close();
    await portal.close();
  }
}

/** A job that is done as soon as some worker looks at it: nothing lies there to be removed. */
async function expectWork({ portal }: Shop, expect: ExpectStatic): Promise<void> {
  await portal.db.$executeRaw`DELETE FROM media_jobs.job`;
  await portal.deps.queue.enqueueRemoveObjects(portal.db, { objects: [] });
  const states = async () => (await portal.jobs('remove-objects')).map(({ state }) => state);
  await expect.poll(states, { timeout: 30_000 }).toEqual(['completed']);
}

const expectWaiting = ({ log }: Shop, expect: ExpectStatic) =>
  expect.poll(log, { timeout: 20_000 }).toContain('waiting for the database');

describe.concurrent('a worker', () => {
  it.for(['refuse', 'freeze'] as const)(
    'that is started while its database is away (%s) waits for it',
    (how, { expect }) =>
      inShop(async (shop) => {
        await shop.line[how]();
        const starting = shop.start();
        await expectWaiting(shop, expect);
        await shop.line.mend();
        await starting;
        await expectWork(shop, expect);
      }),
  );

  it('that waits can be stopped', ({ expect }) =>
    inShop(async (shop) => {
      await shop.line.refuse();
      const stop = new AbortController();
      const starting = shop.start(stop.signal).then(
        () => 'started',
        () => 'stopped',
      );
      await expectWaiting(shop, expect);
      stop.abort();
      expect(await starting).toBe('stopped');
    }));

  it('whose database is nowhere, rather than away, ends with a word', ({ expect }) =>
    inShop(async ({ portal }) => {
      const env = envOf(portal.databaseUrl.replace(/\/[^/]*$/, '/nowhere'));
      await expect(startWorker(env, createLogger('silent', 'test'))).rejects.toThrow(/nowhere/);
    }));

  it.for(['refuse', 'freeze', 'cut'] as const)(
    'survives that its database goes away (%s), and works on',
    (how, { expect }) =>
      inShop(async (shop) => {
        await shop.start();
        await expectWork(shop, expect);
        await shop.line[how]();
        await sleep(8000);
        await shop.line.mend();
        await expectWork(shop, expect);
      }),
  );

  it('ends in time while its database does not answer', ({ expect }) =>
    inShop(async ({ line, start }) => {
      const worker = await start();
      line.freeze();
      const stoppingMs = performance.now();
      await worker.stop();
      // Inside the 20 s after which it would be killed.
      expect(performance.now() - stoppingMs).toBeLessThan(18_000);
    }));
});
