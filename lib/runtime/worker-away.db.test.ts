import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { parseEnv } from '#lib/config/env.ts';
import { type Line, openLine } from '#lib/db/line-fixture.ts';
import { createLogger } from '#lib/logger.ts';
import { type PortalFixture, portalFixture } from './portal-fixture.ts';
import { startWorker, type Worker } from './worker.ts';

let portal: PortalFixture;
let line: Line;
let worker: Worker | undefined;
let lines: string[] = [];
beforeAll(async () => {
  portal = await portalFixture();
  line = await openLine(portal.databaseUrl);
});
afterEach(async () => {
  await line.mend();
  await worker?.stop();
  worker = undefined;
  lines = [];
});
afterAll(async () => {
  await line.close();
  await portal.close();
});

const start = (signal?: AbortSignal) => {
  const env = parseEnv({
    DATABASE_URL: line.url,
    NEXTAUTH_SECRET: 'a secret of the tests, long enough',
    PATH: process.env.PATH,
  });
  return startWorker(env, createLogger('info', 'test', { write: (text) => lines.push(text) }), signal);
};

/** A job that is done as soon as some worker looks at it: nothing lies there to be removed. */
async function expectWork(): Promise<void> {
  await portal.db.$executeRaw`DELETE FROM media_jobs.job`;
  await portal.deps.queue.enqueueRemoveObjects(portal.db, { objects: [] });
  const states = async () => (await portal.jobs('remove-objects')).map(({ state }) => state);
  await expect.poll(states, { timeout: 30_000 }).toEqual(['completed']);
}

describe('a worker', () => {
  it.each(['refuse', 'freeze'] as const)(
    'that is started while its database is away (%s) waits for it',
    async (how) => {
      await line[how]();
      const starting = start();
      await expect.poll(() => lines.join(''), { timeout: 20_000 }).toContain('waiting for the database');
      await line.mend();
      worker = await starting;
      await expectWork();
    },
  );

  it('that waits can be stopped', async () => {
    await line.refuse();
    const stop = new AbortController();
    const starting = start(stop.signal).then(
      () => 'started',
      () => 'stopped',
    );
    await expect.poll(() => lines.join(''), { timeout: 20_000 }).toContain('waiting for the database');
    stop.abort();
    expect(await starting).toBe('stopped');
  });

  it('whose database is nowhere, rather than away, ends with a word', async () => {
    const env = parseEnv({
      DATABASE_URL: portal.databaseUrl.replace(/\/[^/]*$/, '/nowhere'),
      NEXTAUTH_SECRET: 'a secret of the tests, long enough',
      PATH: process.env.PATH,
    });
    await expect(startWorker(env, createLogger('silent', 'test'))).rejects.toThrow(/nowhere/);
  });

  it.each(['refuse', 'freeze', 'cut'] as const)(
    'survives that its database goes away (%s), and works on',
    async (how) => {
      worker = await start();
      await expectWork();
      await line[how]();
      await sleep(8000);
      await line.mend();
      await expectWork();
    },
  );

  it('ends in time while its database does not answer', async () => {
    worker = await start();
    line.freeze();
    const stoppingMs = performance.now();
    await worker.stop();
    worker = undefined;
    // Inside the 20 s after which it would be killed.
    expect(performance.now() - stoppingMs).toBeLessThan(18_000);
  });
});
