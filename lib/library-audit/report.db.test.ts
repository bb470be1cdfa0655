import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BUCKETS, caller } from '#lib/runtime/portal-fixture.ts';
import type { AuditDeps } from './audit-run.ts';
import { getLibraryAudit } from './get-library-audit.ts';
import { type Library, mediaRef, openLibrary } from './library-fixture.ts';
import { runLibraryAudit } from './run-library-audit.ts';

let library: Library;
const admin = caller('admin');
beforeAll(async () => {
  library = await openLibrary('disk');
});
afterAll(() => library.close());
beforeEach(async () => {
  await library.clear();
  await library.addClip('one');
});

const run = (fix: boolean, deps: Partial<AuditDeps> = {}, signal?: AbortSignal) =>
  runLibraryAudit(
    {
      ...{ db: library.db, store: library.store, buckets: BUCKETS, queue: library.portal.deps.queue },
      ...{ leftovers: null, now: () => new Date(), ...deps },
    },
    { origin: 'worker', fix, ...(signal ? { signal } : {}) },
  );
const shown = (user = admin) => getLibraryAudit(library.portal.deps, user);

describe('the result of an audit', () => {
  it('is shown as it stands: never, running, done, with what was found', async () => {
    expect(await shown()).toEqual({ state: 'never', startedAt: null, last: null });
    let during: unknown;
    const list: typeof library.store.list = async function* (...args) {
      during ??= (await shown())?.state;
      yield* library.store.list(...args);
    };
    await run(false, { store: { ...library.store, list } });
    expect(during).toBe('running');
    expect(await shown()).toMatchObject({ state: 'done', last: { report: { findings: {}, examined: { assets: 3 } } } });

    await library.store.delete(mediaRef('one', 'clip.mp4'));
    await run(true);
    const { last } = (await shown()) ?? {};
    expect(last?.report).toMatchObject({
      is_fixing: true,
      findings: { object_missing: { found: 1, fixed: 0 } },
      first: [{ kind: 'object_missing', owner: 'one' }],
    });
  });

  it('stays the last whole one when a later audit fails or its worker dies', async () => {
    await run(false);
    const list: typeof library.store.list = async function* (...args) {
      yield* library.store.list(...args);
      throw new Error('the disk is gone');
    };
    await expect(run(false, { store: { ...library.store, list } })).rejects.toThrow('the disk is gone');
    expect(await shown()).toMatchObject({ state: 'failed', last: { report: { examined: { assets: 3 } } } });
    await library.db.libraryAudit.create({ data: { origin: 'worker', beatAt: new Date(Date.now() - 600_000) } });
    expect(await shown()).toMatchObject({ state: 'broken_off', last: { report: { examined: { assets: 3 } } } });
  });

  it('is kept for the newest thirty', async () => {
    await library.db.libraryAudit.createMany({ data: Array.from({ length: 40 }, () => ({ origin: 'worker' })) });
    await run(false);
    expect(await library.db.libraryAudit.count()).toBe(30);
  });

  it('is for admins of all teams, in the use-case and in the database', async () => {
    await run(false);
    expect(await shown(caller('admin', { teamAccess: ['MTL'] }))).toBeNull();
    await expect(shown(caller('coach'))).rejects.toMatchObject({ status: 403 });
    const { db: web } = library.portal.deps;
    expect(await web.libraryAudit.count()).toBe(0);
    await expect(web.libraryAudit.deleteMany()).rejects.toThrow();
    await expect(web.libraryAudit.create({ data: { origin: 'worker' } })).rejects.toThrow();
  });
});
