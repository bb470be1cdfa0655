import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '#lib/db/prisma-client.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { createLogger } from '#lib/logger.ts';
import { BASE_URL, BUCKETS, type PortalFixture, portalFixture } from '#lib/runtime/portal-fixture.ts';
import { createDiskStore } from '#lib/storage/disk/store.ts';
import packageJson from '#package' with { type: 'json' };
import { checkHealth } from './check-health.ts';
import { healthSchema } from './health-schemas.ts';

let portal: PortalFixture;
beforeAll(async () => {
  portal = await portalFixture();
});
afterAll(() => portal.close());

const healthWith = async (deps: Partial<PortalDeps>) =>
  healthSchema.strict().parse(await checkHealth({ ...portal.deps, ...deps }));

describe('health', () => {
  it('is good when database, both buckets and the queue answer', async () => {
    const version = packageJson.version;
    expect(await healthWith({})).toEqual({
      status: 'healthy',
      database: 'ok',
      storage: 'ok',
      queue: 'ok',
      clock: 'ok',
      version,
    });
  });

  it('tells that the process is being stopped while everything still answers', async () => {
    expect(await healthWith({ isDraining: () => true })).toMatchObject({ status: 'draining', database: 'ok' });
  });

  it('says which part is down, and nothing of why or where', async () => {
    const lines: string[] = [];
    const logger = createLogger('error', 'test', { write: (line) => lines.push(line) });
    const db = openDatabase('postgresql://heartbeat:hunter2@127.0.0.1:1/heartbeat');
    const health = await healthWith({ db, logger });
    expect(health).toMatchObject({ status: 'unhealthy', database: 'failed', storage: 'ok', queue: 'ok' });
    expect(JSON.stringify(health)).not.toMatch(/hunter2|127\.0\.0\.1|heartbeat:/);
    expect(lines.join('')).toContain('"part":"database"');
    expect(lines.join('')).not.toContain('hunter2');
    await db.$disconnect();
  });

  it('is bad when the store cannot write', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'health-test-'));
    const root = path.join(folder, 'not-a-folder');
    await writeFile(root, '');
    await chmod(root, 0o400);
    const store = createDiskStore({
      root,
      buckets: Object.values(BUCKETS),
      publicBaseUrl: BASE_URL,
      secret: 'sixteen letters!',
    });
    expect(await healthWith({ store })).toMatchObject({ status: 'unhealthy', storage: 'failed', database: 'ok' });
    await rm(folder, { recursive: true });
  });

  it.each([-600_000, 600_000])('is bad when this machine’s clock is off the database’s (%d ms)', async (off) => {
    const now = () => new Date(Date.now() + off);
    expect(await healthWith({ now })).toMatchObject({ status: 'unhealthy', clock: 'failed', database: 'ok' });
    expect(await healthWith({ now: () => new Date(Date.now() + off / 100) })).toMatchObject({ clock: 'ok' });
  });

  it('is bad when this machine’s clock is off the store’s', async () => {
    const store = { ...portal.store, readClock: async () => ({ aheadMs: -600_000, uncertaintyMs: 500 }) };
    expect(await healthWith({ store })).toMatchObject({ status: 'unhealthy', clock: 'failed', storage: 'ok' });
  });

  it('does not take a slow answer, or none, for a wrong clock', async () => {
    const slow = { ...portal.store, readClock: async () => ({ aheadMs: 61_000, uncertaintyMs: 2000 }) };
    expect(await healthWith({ store: slow })).toMatchObject({ status: 'healthy', clock: 'ok' });
    const silent = { ...portal.store, readClock: () => Promise.reject(new Error('no time')) };
    expect(await healthWith({ store: silent })).toMatchObject({ clock: 'ok', storage: 'ok' });
  });

  it('is bad when nobody made the queue', async () => {
    await portal.db.$executeRaw`UPDATE media_jobs.queue SET name = 'other' WHERE name = 'encode'`;
    expect(await healthWith({})).toMatchObject({ status: 'unhealthy', queue: 'failed', database: 'ok' });
    await portal.db.$executeRaw`UPDATE media_jobs.queue SET name = 'encode' WHERE name = 'other'`;
  });
});
