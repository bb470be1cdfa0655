import { createHash } from 'node:crypto';
import { appendFile, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { parseEnv } from '#lib/config/env.ts';
import { createTestDatabase, type TestDatabase } from '#lib/db/test-database.ts';
import { createLogger } from '#lib/logger.ts';
import { openPortal } from '#lib/runtime/portal.ts';
import { type GcsHarness, HMAC_KEY, LAKE, MEDIA, startGcsHarness } from '#lib/storage/google/fake/harness.ts';
import { createUser } from '#lib/users/create-user.ts';
import { makeSampleMaster } from '#scripts/demo/make-sample-master.ts';
import { ROOT } from '#scripts/portal/build-web.ts';

/** What `uploadResumable` sends at a time. */
const CHUNK = 8 * 1024 * 1024;
/** Each command starts a process of its own; a busy machine takes its time. */
const PATIENCE_MS = 120_000;
const NAME = 'p1-20251011-NHL-MTLvsCHI-20252026-20031.mp4';
const KEY = `media/raw/MTL/2025-2026/20031/${NAME}`;
const URI = `gs://${LAKE}/${KEY}`;

let database: TestDatabase;
let google: GcsHarness;
let folder: string;
let file: string;
let env: Record<string, string>;
const running = new Set<ReturnType<typeof command>>();

/** A command as `npm run` starts it, in a process of its own. */
function command(script: string, args: string[] = []) {
  const child = execa(process.execPath, [path.join(ROOT, 'scripts', script), ...args], {
    ...{ env, extendEnv: false, cwd: folder, reject: false, stdin: 'ignore' },
  });
  running.add(child);
  void child.then(() => running.delete(child));
  return child;
}

/** A film of 4 s with 20 MiB of nothing behind it (`free`, ISO/IEC 14496-12 §8.1.2): three chunks. */
async function makeMaster(): Promise<void> {
  const { signal } = new AbortController();
  await makeSampleMaster(file, { period: 1, caption: 'P1', seconds: 4, height: 180 }, { signal });
  const box = Buffer.alloc(20 * 1024 * 1024);
  box.writeUInt32BE(box.length, 0);
  box.write('free', 4, 'latin1');
  await appendFile(file, box);
}

beforeAll(async () => {
  [database, google] = await Promise.all([createTestDatabase(), startGcsHarness()]);
  folder = await mkdtemp(path.join(tmpdir(), 'google-commands-'));
  file = path.join(folder, NAME);
  const { PATH = '', HOME = '', NODE_COMPILE_CACHE = '' } = process.env;
  env = {
    ...{ PATH, HOME, NODE_COMPILE_CACHE, DATABASE_URL: database.url, NEXTAUTH_SECRET: 'a secret of the tests' },
    ...{ MEDIA_STORE: 'gcs', MEDIA_LAKE_BUCKET: LAKE, MEDIA_GCS_BUCKET: MEDIA },
    ...{ STORAGE_EMULATOR_HOST: google.fake.origin, LOG_LEVEL: 'warn' },
    ...{ MEDIA_GCS_HMAC_ACCESS_ID: HMAC_KEY.accessId, MEDIA_GCS_HMAC_SECRET: HMAC_KEY.secret },
  };
  const portal = await openPortal(parseEnv({ ...env, MEDIA_STORE: 'disk', STORAGE_EMULATOR_HOST: undefined }), {
    logger: createLogger('silent', 'test'),
    name: 'test',
  });
  const account = { email: 'a@example.org', name: 'A', role: 'admin' as const, team_access: ['ALL'] };
  await createUser(portal.deps, { ...account, password: 'a long password' });
  await portal.close();
  await makeMaster();
});
afterEach(async () => {
  for (const child of running) child.kill('SIGKILL');
  await Promise.all(running);
});
afterAll(async () => {
  await database.drop();
  await google.close();
  await rm(folder, { recursive: true, force: true });
});

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const putsFrom = (from: number) => google.fake.requests.slice(from).filter(({ method }) => method === 'PUT');
const sentFrom = (from: number) => putsFrom(from).reduce((sum, { bodyBytes }) => sum + bodyBytes, 0);
const ingest = (name = file) => command('media/ingest.ts', ['--file', name]);

describe('media:ingest to Google, killed in mid-upload', () => {
  it('goes on from what the store holds, with the same file only', { timeout: PATIENCE_MS }, async () => {
    const bytes = await readFile(file);
    const puts = () => putsFrom(0).length;
    // The first PUT asks where the session stands, two bring a chunk each, and the next is never answered.
    google.fake.faults.add({ on: { test: () => puts() === 4 }, fault: { kind: 'hang' } });
    const first = ingest();
    await expect.poll(puts, { timeout: 60_000 }).toBe(4);
    first.kill('SIGKILL');
    expect((await first).signal).toBe('SIGKILL');
    expect([...google.fake.state.sessions.values()].map(({ storedBytes }) => storedBytes)).toEqual([2 * CHUNK]);

    const elsewhere = path.join(folder, 'changed', NAME);
    await mkdir(path.dirname(elsewhere));
    for (const change of [copyFile(file, elsewhere), Promise.resolve()]) {
      await change;
      const changed = await readFile(elsewhere);
      changed[changed.length - 1] = 1;
      await writeFile(elsewhere, changed.subarray(0, changed.length));
      const refused = await ingest(elsewhere);
      expect([refused.exitCode, refused.stderr]).toEqual([1, expect.stringMatching(/is being uploaded/)]);
      await appendFile(elsewhere, 'more');
    }

    const from = google.fake.requests.length;
    const second = await ingest();
    expect([second.exitCode, second.stdout], second.stderr).toEqual([0, URI]);
    expect(sentFrom(from)).toBe(bytes.length - 2 * CHUNK);
    const stored = google.fake.state.buckets.get(LAKE)?.objects.get(KEY);
    expect(sha256(stored?.bytes ?? Buffer.alloc(0))).toBe(sha256(bytes));
    expect(await database.db.master.findMany()).toMatchObject([{ status: 'ready', generation: stored?.generation }]);

    // What is there already is the master, and no byte of it is sent again.
    const fromAgain = google.fake.requests.length;
    const again = await ingest();
    expect([again.exitCode, again.stdout], again.stderr).toEqual([0, URI]);
    expect(sentFrom(fromAgain)).toBe(0);
    expect(google.fake.state.buckets.get(LAKE)?.objects.get(KEY)).toBe(stored);
  });
});

describe('media:publish to Google, stopped while it waits', () => {
  // One that HeartBeat put there: its place and its name say whose it is.
  const adopted = { bucket: LAKE, key: KEY.replace('p1-', 'p2-') };
  beforeAll(async () => {
    await google.store.write(adopted, await readFile(file), { contentType: 'video/mp4' });
  });
  const publish = (...more: string[]) =>
    command('media/publish.ts', [
      ...['--master', `gs://${LAKE}/${adopted.key}`, '--clip-id', 'one', '--start', '1', '--end', '2.5'],
      ...['--event-type', 'shot', '--player-id', '9000001', ...more],
    ]);
  const clips = () => database.db.clip.findMany({ include: { assets: true } });

  it('waits for the same clip when it is started again, however it was stopped', { timeout: PATIENCE_MS }, async () => {
    const first = publish();
    await expect.poll(async () => (await clips()).length, { timeout: 60_000 }).toBe(1);
    first.kill('SIGINT');
    expect(await first).toMatchObject({ exitCode: 130, stderr: expect.stringMatching(/run the same command again/) });
    const second = publish();
    await expect
      .poll(
        () => database.db.$queryRaw`SELECT 1 FROM pg_stat_activity WHERE application_name = 'heartbeat-command'
          AND datname = current_database()`,
        {
          timeout: 60_000,
        },
      )
      .not.toEqual([]);
    second.kill('SIGKILL');
    await second;
    expect(await clips()).toMatchObject([{ clipId: 'one', processingStatus: 'pending' }]);

    const worker = command('worker.ts');
    const third = await publish();
    expect([third.exitCode, third.stdout], third.stderr).toEqual([0, 'one']);
    worker.kill('SIGTERM');
    const [clip, ...others] = await clips();
    expect(others).toEqual([]);
    expect(clip).toMatchObject({ clipId: 'one', processingStatus: 'ready' });
    const objects = google.fake.state.buckets.get(MEDIA)?.objects;
    for (const { gcsUri, generation } of clip?.assets ?? []) {
      expect(objects?.get(gcsUri.slice(`gs://${MEDIA}/`.length))?.generation).toBe(generation);
    }
    // Beside what is prepared of the master, which the worker does as well.
    const ofClips = [...(objects?.keys() ?? [])].filter((key) => !key.includes('/master.'));
    expect(ofClips.length).toBe(clip?.assets.length);
    const fourth = await publish('--outcome', 'successful');
    expect([fourth.exitCode, fourth.stderr]).toEqual([0, expect.stringMatching(/is ready already/)]);
  });
});
