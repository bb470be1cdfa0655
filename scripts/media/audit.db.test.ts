import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Library, mediaRef, openLibrary, uriOf } from '#lib/library-audit/library-fixture.ts';
import { BUCKETS, clipRow } from '#lib/runtime/portal-fixture.ts';
import { ROOT } from '#scripts/portal/build-web.ts';
import { parseAudit } from './audit-options.ts';
import { lineOf } from './audit-words.ts';

let library: Library;
let folder: string;
beforeAll(async () => {
  [library, folder] = await Promise.all([openLibrary('disk'), mkdtemp(path.join(tmpdir(), 'media-audit-'))]);
});
afterAll(async () => {
  await library.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await library.clear();
  await library.addMaster('p1.mp4');
  await library.addClip('one');
});

/** The command itself, as a person calls it. */
async function command(script: string, ...args: string[]) {
  const { PATH = '', HOME = '', NODE_COMPILE_CACHE = '' } = process.env;
  const env = {
    ...{
      PATH,
      HOME,
      NODE_COMPILE_CACHE,
      DATABASE_URL: library.portal.databaseUrl,
      NEXTAUTH_SECRET: 'a secret of the tests',
    },
    ...{ MEDIA_DISK_ROOT: library.portal.storeRoot },
    ...{ MEDIA_LAKE_BUCKET: BUCKETS.lake, MEDIA_GCS_BUCKET: BUCKETS.media },
  };
  const { exitCode, stdout, stderr } = await execa(
    process.execPath,
    [path.join(ROOT, 'scripts/media', script), ...args],
    { ...{ env, extendEnv: false, cwd: folder, reject: false, stdin: 'ignore' } },
  );
  return { exitCode, lines: stdout.split('\n').filter(Boolean), stderr };
}
const audit = (...args: string[]) => command('audit.ts', ...args);

describe('media:audit', () => {
  it('ends with 0 where all is whole, and tells how much it looked at', async () => {
    const { exitCode, lines, stderr } = await audit();
    expect([exitCode, lines], stderr).toEqual([0, []]);
    expect(stderr).toContain(
      'looked at 1 clip with 3 assets, 1 master, 3 objects in the media bucket, 1 object in the lake, 0 open jobs',
    );
    expect(await library.db.libraryAudit.findMany()).toMatchObject([{ origin: 'command', error: null }]);
  });

  it('ends with 1 where nothing was there to look at', async () => {
    await library.clear();
    const { exitCode, stderr } = await audit();
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('There was nothing to look at')]);
  });

  it('has a line for each finding, and ends with 1', async () => {
    const gone = mediaRef('one', 'clip.mp4');
    await library.store.delete(gone);
    await library.addUncut('waits', 'pending');
    const { exitCode, lines, stderr } = await audit();
    expect([exitCode, lines]).toEqual([
      1,
      [
        'clip_without_job: clip without a job: waits; npm run media:audit -- --fix puts it back in line',
        `object_missing: object missing: ${uriOf(gone)} (of one); restore it (docs/backup.md); a clip can also be deleted and cut again from its master`,
      ],
    ]);
    expect(stderr.trimEnd().split('\n').at(-1)).toBe('2 findings: 1 clip_without_job, 1 object_missing.');
  });

  it('mends with --fix, by the grace that it was told, and ends with 0 when all is mended', async () => {
    const stray = mediaRef('gone', 'clip.mp4');
    await library.put(stray, 'of a clip that was deleted');
    await library.addUncut('waits', 'pending');
    const { exitCode, lines, stderr } = await audit('--fix', '--grace', '0');
    expect(exitCode, stderr).toBe(0);
    expect(lines).toEqual([
      'clip_without_job: clip without a job: waits; mended',
      `ownerless_object: object without an owner: ${uriOf(stray)} (of gone); mended`,
    ]);
    expect(await library.store.stat(stray)).toBeNull();
    expect((await audit()).exitCode).toBe(0);
  });

  it('speaks JSON, a line each', async () => {
    await library.db.clip.create({ data: clipRow({ clipId: 'empty' }) });
    const { exitCode, lines } = await audit('--json');
    const [finding, last] = lines.map((line) => JSON.parse(line));
    expect([exitCode, lines.length, finding]).toEqual([
      1,
      2,
      { kind: 'clip_without_assets', where: 'empty', is_fixed: false },
    ]);
    expect(last.report).toMatchObject({ examined: { clips: 2 }, findings: { clip_without_assets: { found: 1 } } });
  });

  it('says what could not be compared', async () => {
    await library.db.clipAsset.updateMany({ data: { generation: null } });
    expect((await audit()).stderr).toContain('not compared: 3 rows do not know their object’s generation');
  });
});

describe('media:verify', () => {
  const objects = async () => {
    const { stderr } = await command('verify.ts');
    return stderr.split('\n').find((line) => /^(ok|FAILED): objects: /.test(line));
  };

  it('looks whether the objects are there', async () => {
    expect(await objects()).toBe('ok: objects: 4 are there as registered');
    await library.store.delete(mediaRef('one', 'clip.mp4'));
    await library.store.delete(mediaRef('one', 'thumb.jpg'));
    expect(await objects()).toBe(
      `FAILED: objects: 2 of 4 objects are missing or not those that were registered, such as ${uriOf(mediaRef('one', 'clip.mp4'))}; npm run media:audit names all of them`,
    );
  });
});

describe('the words', () => {
  it('name what differs, and how much', () => {
    const where = 'gs://b/k';
    expect(lineOf({ kind: 'object_differs', where, differs: ['size', 'crc32c'], is_fixed: false })).toMatch(
      /^object_differs: object differs: gs:\/\/b\/k \(in size, crc32c\); npm run media:audit -- --fix registers a copy/,
    );
    expect(lineOf({ kind: 'sums_differ', where, count: 3, is_fixed: true })).toContain('(3 of them); mended');
  });

  it('refuse flags that are none', () => {
    expect(parseAudit({ fix: true, grace: '5', maxRemoved: '7' })).toEqual({
      ...{ fix: true, readBytes: false, json: false, graceMs: 300_000, maxRemoved: 7 },
    });
    expect(() => parseAudit({ grace: 'an hour' })).toThrow('--grace: This is not a whole number.');
  });
});
