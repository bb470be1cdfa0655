import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UserContext } from '#lib/auth/user-context.ts';
import { parseEnv } from '#lib/config/env.ts';
import { createTestDatabase, type TestDatabase } from '#lib/db/test-database.ts';
import { readQueueReport } from '#lib/jobs/queue-report.ts';
import { createLogger } from '#lib/logger.ts';
import { deleteMaster } from '#lib/masters/delete-master.ts';
import { listPlays } from '#lib/plays/list-plays.ts';
import { setAnchors } from '#lib/plays/master-anchors.ts';
import { listPlaysQuerySchema } from '#lib/plays/play-list-schemas.ts';
import { openPortal, type Portal } from '#lib/runtime/portal.ts';
import { findActingUser } from '#lib/users/find-acting-user.ts';
import { resolveApiKey } from '#lib/users/resolve-caller.ts';
import { readDemoFile, writeDemoFile } from './demo-file.ts';
import { ensureSampleAccounts } from './sample-accounts.ts';
import { SAMPLE_PERIODS, sampleClipsOf } from './sample-clips.ts';
import { createSampleLibrary, waitForSampleClips } from './sample-library.ts';

const SECONDS = 9;
const URL_OF_DEMO = 'http://localhost:3999';
const expected = SAMPLE_PERIODS.flatMap(sampleClipsOf).filter((clip) => clip.end_timecode_s <= SECONDS);

let database: TestDatabase;
let portal: Portal;
let folder: string;
let admin: UserContext;

const fill = (over: { signal?: AbortSignal; masters?: string[]; onProgress?: (text: string) => void } = {}) =>
  createSampleLibrary(portal, admin, {
    workDir: path.join(folder, 'sample'),
    masters: over.masters ?? [],
    signal: over.signal ?? new AbortController().signal,
    onProgress: over.onProgress ?? (() => undefined),
    size: { seconds: SECONDS, height: 180 },
  });

const counts = async () => ({
  masters: await database.db.master.count(),
  ready: await database.db.master.count({ where: { status: 'ready' } }),
  clips: await database.db.clip.count(),
  jobs: (await readQueueReport(database.db)).waiting,
});

beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'sample-library-'));
  const env = parseEnv({
    DATABASE_URL: database.url,
    NEXTAUTH_SECRET: 'a secret of the tests',
    MEDIA_DISK_ROOT: path.join(folder, 'objects'),
  });
  portal = await openPortal(env, { logger: createLogger('silent', 'test'), name: 'test' });
});
afterAll(async () => {
  await portal.close();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

describe('sample accounts', () => {
  it('are one a role, with keys that open what their account opens', async () => {
    const demo = await ensureSampleAccounts(portal.deps, URL_OF_DEMO, null);
    expect(demo.users.map(({ role }) => role)).toEqual(['admin', 'staff', 'coach', 'analyst', 'scout', 'player']);
    expect(await resolveApiKey(portal.deps, demo.api_keys.player)).toMatchObject({
      role: 'player',
      playerId: '9000001',
    });
    expect(await resolveApiKey(portal.deps, demo.api_keys.scout)).toMatchObject({ teamAccess: ['CHI', 'MTL'] });
    await writeDemoFile(folder, demo);
    expect((await stat(path.join(folder, 'demo.json'))).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(path.join(folder, 'demo.json'), 'utf8'))).toEqual(demo);
    admin = await findActingUser(portal.deps);
  });

  it('stay as they are where they are known, and are made anew where they are not', async () => {
    const known = await readDemoFile(folder);
    expect(await ensureSampleAccounts(portal.deps, URL_OF_DEMO, known)).toEqual(known);
    const lost = await ensureSampleAccounts(portal.deps, URL_OF_DEMO, null);
    expect(lost.users.map(({ email }) => email)).toEqual(known?.users.map(({ email }) => email));
    expect(lost.users[0]?.password).not.toBe(known?.users[0]?.password);
    expect(await resolveApiKey(portal.deps, known?.api_keys.admin ?? '')).toBeNull();
    expect(await resolveApiKey(portal.deps, lost.api_keys.admin)).toMatchObject({ role: 'admin' });
    expect(await database.db.user.count()).toBe(6);
    await writeFile(path.join(folder, 'demo.json'), '{"url":');
    expect(await readDemoFile(folder)).toBeNull();
  });
});

describe('the sample library', () => {
  it('makes nothing of anything when a master of the user is broken', async () => {
    const broken = path.join(folder, 'broken.mp4');
    await writeFile(broken, 'no video at all');
    await expect(fill({ masters: [broken] })).rejects.toThrow(/^--master .*broken\.mp4: The file is not a video/);
    await expect(fill({ masters: [path.join(folder, 'none.mp4')] })).rejects.toThrow(/none\.mp4 is not there/);
    expect(await counts()).toEqual({ masters: 0, ready: 0, clips: 0, jobs: 0 });
  });

  it('is finished by the next run when one is cut off', async () => {
    const abort = new AbortController();
    const cutOff = fill({
      signal: abort.signal,
      onProgress: (text) => {
        if (text.endsWith('period 2')) abort.abort(new Error('Stopped.'));
      },
    });
    await expect(cutOff).rejects.toThrow('Stopped.');
    expect(await counts()).toMatchObject({ masters: 1, ready: 1 });
    const { mastersMade, playsMade } = await fill();
    expect(mastersMade).toBe(2);
    expect(playsMade).toBe(await database.db.play.count());
    expect(playsMade).toBeGreaterThan(600);
    expect(await counts()).toEqual({ masters: 3, ready: 3, clips: expected.length, jobs: expected.length });
    expect(await readdir(path.join(folder, 'sample'))).toEqual([]);
  });

  it('has a game whose plays are each seen at their moment', async () => {
    const { plays } = await listPlays(portal.deps, admin, listPlaysQuerySchema.parse({ period: ['1'], limit: '500' }));
    const seen = plays.filter(({ kind, video }) => kind === 'event' && video !== null);
    expect(seen.length).toBeGreaterThan(30);
    const master = await database.db.master.findFirstOrThrow({ where: { period: 1 } });
    const sources = await database.db.play.findMany({ where: { id: { in: seen.map(({ id }) => id) } } });
    const timeOf = new Map(sources.map(({ id, videoS }) => [Number(id), videoS]));
    // The file's time codes are those of the master, and beyond its end nothing is seen.
    for (const { id, video } of seen) {
      expect(video).toMatchObject({ master_id: master.id, is_exact: true });
      expect(video?.at_s).toBeCloseTo(timeOf.get(id) ?? -1, 2);
      expect(video?.at_s).toBeLessThan(SECONDS);
    }
    expect(plays.some(({ video }) => video === null)).toBe(true);
    const game = await database.db.game.findFirstOrThrow({ where: { gameId: '20031', teamCode: 'MTL' } });
    expect(game.opponentCode).toBe('CHI');
    expect(await database.db.masterAnchor.count()).toBe(3);
  });

  it('leaves plays and anchors alone that are there', async () => {
    const before = await database.db.play.count();
    await database.db.masterAnchor.updateMany({ where: { period: 2 }, data: { videoS: 0.4 } });
    expect(await fill()).toMatchObject({ playsMade: 0 });
    expect(await database.db.play.count()).toBe(before);
    expect((await database.db.masterAnchor.findFirst({ where: { period: 2 } }))?.videoS).toBe(0.4);
  });

  it('is left alone by every run after that, and takes a master of the user besides', async () => {
    expect(await fill()).toEqual({ mastersMade: 0, clipsMade: 0, playsMade: 0 });
    const before = await counts();
    const [master] = await database.db.master.findMany({ where: { period: 1 } });
    const source = path.join(folder, 'objects', master?.lakeUri.replace('gs://', '') ?? '');
    const own = path.join(folder, 'Été 2024 (final).mp4');
    await writeFile(own, await readFile(source));
    expect(await fill({ masters: [own] })).toEqual({ mastersMade: 1, clipsMade: 0, playsMade: 0 });
    expect(await fill({ masters: [own] })).toEqual({ mastersMade: 0, clipsMade: 0, playsMade: 0 });
    expect(await counts()).toEqual({ ...before, masters: 4, ready: 4 });
    const added = await database.db.master.findFirstOrThrow({ where: { filename: 'Ete-2024-final-.mp4' } });
    expect(added).toMatchObject({ teamCode: 'MTL', season: '2025-2026', status: 'ready' });
    expect(added.gameId).toMatch(/^demo-[0-9a-f]{8}$/);
  });

  it('starts again after somebody has trashed, moved, deleted and disabled, and leaves all of it so', async () => {
    const [trashed, moved, gone] = expected.map(({ clip_id }) => clip_id);
    await database.db.clip.update({ where: { clipId: trashed }, data: { deletedAt: new Date() } });
    await database.db.clip.update({ where: { clipId: moved }, data: { gameId: '20099' } });
    await database.db.clip.delete({ where: { clipId: gone } });
    const last = await database.db.master.findFirstOrThrow({ where: { period: 3 } });
    await database.db.clip.deleteMany({ where: { sourceGcsUri: last.lakeUri } });
    await deleteMaster(portal.deps, admin, last.id, { permanent: true });
    const untied = await database.db.master.findFirstOrThrow({ where: { period: 2 } });
    await setAnchors(portal.deps, admin, { masterId: untied.id }, []);
    await database.db.user.update({ where: { email: 'scout@heartbeat.local' }, data: { disabledAt: new Date() } });
    const before = await counts();
    const known = await readDemoFile(folder);

    expect((await ensureSampleAccounts(portal.deps, URL_OF_DEMO, known)).users).toHaveLength(6);
    expect(await fill()).toEqual({ mastersMade: 0, clipsMade: 0, playsMade: 0 });
    expect(await counts()).toEqual(before);
    expect(await database.db.masterAnchor.count({ where: { masterId: untied.id } })).toBe(0);
    const wait = { signal: new AbortController().signal, onProgress: () => undefined };
    await database.db.clip.updateMany({ data: { processingStatus: 'ready' } });
    expect((await waitForSampleClips(portal.deps, admin, wait)).total).toBe(before.clips - 2);
  });
});
