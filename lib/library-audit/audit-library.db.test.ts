import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ENCODE, PREPARE_MASTER, REMOVE_OBJECTS } from '#lib/jobs/queues.ts';
import { BUCKETS, clipRow } from '#lib/runtime/portal-fixture.ts';
import { parseGsUri } from '#lib/storage/port/object-keys.ts';
import type { ObjectRef } from '#lib/storage/port/object-store.ts';
import { PREPARED_INIT, preparedRef, STORYBOARD, segmentName, sheetName } from '#lib/storage/port/prepared-keys.ts';
import { hasExamined, openFindings } from './library-audit-schemas.ts';
import { FILES, type Library, lakeRef, mediaRef, openLibrary, uriOf } from './library-fixture.ts';

const ONE = mediaRef('one', 'clip.mp4');
const MASTER = lakeRef('p1.mp4');
const ownerless = (ref: ObjectRef, owner: string) => ({ kind: 'ownerless_object', where: uriOf(ref), owner });

describe.each(['disk', 'google'] as const)('an audit of a library on the %s store', (kind) => {
  let library: Library;
  beforeAll(async () => {
    library = await openLibrary(kind);
  });
  afterAll(() => library.close());
  beforeEach(async () => {
    await library.clear();
    await library.addMaster('p1.mp4');
    await library.addClip('one');
    await library.addClip('two');
  });
  const assetWhere = (ref: ObjectRef) => ({ where: { gcsUri: uriOf(ref) } });
  const found = async (...args: Parameters<Library['audit']>) => (await library.audit(...args)).findings;
  const enqueue = (clipId: string) => library.portal.deps.queue.enqueueCuts(library.db, 'marked', [clipId]);
  const keysOf = async (bucket: string) => {
    const keys: string[] = [];
    for await (const { key } of library.store.list(bucket, '')) keys.push(key);
    return keys;
  };

  it('finds a sound one whole, and says how much it looked at', async () => {
    const { report, findings } = await library.audit({ readBytes: true });
    expect(findings).toEqual([]);
    expect(report.examined).toEqual({
      ...{ clips: 2, assets: 6, masters: 1, media_objects: 6, lake_objects: 1, jobs: 0 },
    });
    expect(Object.values(report.uncompared).filter(Boolean)).toEqual([]);
    expect([hasExamined(report), openFindings(report)]).toEqual([true, 0]);
  });

  it('has examined nothing where nothing is', async () => {
    await library.clear();
    const { report } = await library.audit();
    expect([hasExamined(report), openFindings(report)]).toEqual([false, 0]);
  });

  describe('rows', () => {
    it('whose object is missing', async () => {
      await library.store.delete(ONE);
      await library.store.delete(MASTER);
      expect(await found()).toEqual([
        { kind: 'object_missing', where: uriOf(ONE), owner: 'one', is_fixed: false },
        { kind: 'object_missing', where: uriOf(MASTER), owner: 'p1.mp4', is_fixed: false },
      ]);
    });

    it('whose object is another', async () => {
      await library.put(ONE, 'clip.mp4 of one');
      await library.put(mediaRef('two', 'thumb.jpg'), 'something else');
      await library.put(MASTER, 'another master');
      // Several files are compared at once: whichever is read first is told first.
      const byPlace = (await found()).sort((a, b) => a.where.localeCompare(b.where));
      const differing = { kind: 'object_differs', differs: ['size', 'generation', 'crc32c'] };
      const places = [uriOf(MASTER), uriOf(ONE), uriOf(mediaRef('two', 'thumb.jpg'))];
      expect(byPlace).toMatchObject([
        { ...differing, where: places[0] },
        { ...differing, where: places[1], differs: ['generation'] },
        { ...differing, where: places[2], owner: 'two' },
      ]);
    });

    it('whose object is a copy of the same bytes register it with `fix`, and no others do', async () => {
      await library.put(ONE, 'clip.mp4 of one');
      await library.put(MASTER, 'the master p1.mp4');
      await library.put(mediaRef('two', 'thumb.jpg'), 'thumb.jpg of tWo');
      const unknown = assetWhere(mediaRef('two', 'clip.mp4'));
      await library.db.clipAsset.updateMany({ ...unknown, data: { crc32c: null } });
      await library.put(mediaRef('two', 'clip.mp4'), 'clip.mp4 of two');
      const fixed = (await found({ fix: true })).map(({ where, is_fixed }) => [where, is_fixed]);
      expect(fixed.sort()).toEqual([
        [uriOf(MASTER), true],
        [uriOf(ONE), true],
        [uriOf(mediaRef('two', 'clip.mp4')), false],
        [uriOf(mediaRef('two', 'thumb.jpg')), false],
      ]);
      expect((await found()).map(({ owner }) => owner)).toEqual(['two', 'two']);
    });

    it('of before checksums were kept get them with `fix`, from the object that was registered', async () => {
      await library.db.clipAsset.updateMany({ data: { crc32c: null } });
      await library.db.clipAsset.updateMany({ ...assetWhere(ONE), data: { generation: '1' } });
      expect((await library.audit()).report.uncompared.rows_without_crc32c).toBe(6);
      expect((await library.audit({ fix: true })).report.uncompared.rows_without_crc32c).toBe(1);
      const rows = await library.db.clipAsset.findMany({ where: { crc32c: { not: null } } });
      expect(rows).toHaveLength(5);
      for (const { gcsUri, crc32c } of rows) {
        const stat = await library.store.stat(parseGsUri(BUCKETS, gcsUri));
        expect(crc32c).toBe(stat?.crc32c);
      }
    });

    it('whose object has another size or checksum alone', async () => {
      await library.db.clipAsset.updateMany({ ...assetWhere(ONE), data: { fileSizeBytes: 7n } });
      await library.db.clipAsset.updateMany({
        ...assetWhere(mediaRef('two', 'clip.mp4')),
        data: { crc32c: 'AAAAAA==' },
      });
      expect((await found()).map(({ owner, differs }) => [owner, differs]).sort()).toEqual([
        ['one', ['size']],
        ['two', ['crc32c']],
      ]);
    });

    it('of a clip in the trash are looked at as well: it can be had back', async () => {
      await library.db.clip.updateMany({ where: { clipId: 'one' }, data: { deletedAt: new Date() } });
      await library.store.delete(ONE);
      expect(await found()).toMatchObject([{ kind: 'object_missing', owner: 'one' }]);
    });

    it('of a clip that is being cut again promise nothing', async () => {
      await library.db.clip.updateMany({ where: { clipId: 'one' }, data: { processingStatus: 'processing' } });
      await enqueue('one');
      await library.store.delete(ONE);
      expect(await found()).toEqual([]);
    });

    it('of a clip that has none', async () => {
      await library.db.clip.create({ data: clipRow({ clipId: 'empty' }) });
      expect(await found()).toEqual([{ kind: 'clip_without_assets', where: 'empty', is_fixed: false }]);
    });

    it('of HeartBeat’s are compared as far as they know, and the rest is said', async () => {
      await library.db.clipAsset.updateMany({ data: { generation: null, crc32c: null } });
      await library.db.clipAsset.updateMany({ ...assetWhere(ONE), data: { fileSizeBytes: null } });
      await library.put(ONE, 'a longer one than it was');
      const clipId = (await library.db.clip.findFirstOrThrow({ where: { clipId: 'two' } })).id;
      await library.db.clipAsset.createMany({
        data: ['s3://x', '', `gs://other/${ONE.key}`, `gs://${BUCKETS.media}/../x`, `gs://${BUCKETS.media}/é`].map(
          (gcsUri) => ({ clipId, assetType: 'dash_manifest', gcsUri }),
        ),
      });
      const { report, findings } = await library.audit();
      expect(findings).toEqual([]);
      expect(report.uncompared).toMatchObject({
        ...{ rows_elsewhere: 5, rows_without_size: 1, rows_without_generation: 6, rows_without_crc32c: 6 },
      });
    });

    it('that were judged by a list of before are looked at once more', async () => {
      const list: typeof library.store.list = async function* (bucket, prefix) {
        for await (const object of library.store.list(bucket, prefix)) {
          // Between the list and the look, somebody purges one clip and a worker publishes the other anew.
          if (object.key === ONE.key) {
            await library.db.clip.deleteMany({ where: { clipId: 'one' } });
            const { generation } = await library.store.write(
              mediaRef('two', 'clip.mp4'),
              Buffer.from('clip.mp4 of two'),
              { contentType: 'video/mp4' },
            );
            await library.db.clipAsset.updateMany({
              ...assetWhere(mediaRef('two', 'clip.mp4')),
              data: { generation },
            });
          }
          yield { ...object, generation: 'of before' };
        }
      };
      const store = { ...library.store, list };
      expect((await found({}, { store })).filter(({ kind }) => kind !== 'ownerless_object')).toEqual([]);
    });
  });

  describe('objects', () => {
    const stray = mediaRef('gone', 'clip.mp4');
    const beside = mediaRef('one', '1080.m4s');

    it('that nothing owns, and none within the hour of grace', async () => {
      await library.put(stray, 'of a clip that was deleted');
      await library.put(beside, 'of an attempt that died');
      await library.put(lakeRef('p9.mp4'), 'a master');
      expect(await found()).toMatchObject([
        ownerless(stray, 'gone'),
        ownerless(beside, 'one'),
        { kind: 'unknown_master', where: uriOf(lakeRef('p9.mp4')) },
      ]);
      expect(await found({}, { now: () => new Date() })).toEqual([]);
      expect(await found({ graceMs: 3 * 3_600_000 })).toEqual([]);
    });

    it('of a clip that is being cut, or that a job will remove, have an owner', async () => {
      await library.addUncut('in-work', 'processing');
      await enqueue('in-work');
      await library.put(mediaRef('in-work', 'thumb.jpg'), 'so far');
      await library.put(stray, 'purged');
      await library.portal.deps.queue.enqueueRemoveObjects(library.db, {
        objects: [
          { gcsUri: uriOf(mediaRef('x', 'y')), generation: '1' },
          { gcsUri: uriOf(stray), generation: '2' },
        ],
      });
      expect(await found()).toEqual([]);
      await library.db.$executeRaw`UPDATE media_jobs.job SET state = 'completed' WHERE name = ${REMOVE_OBJECTS}`;
      expect(await found()).toMatchObject([ownerless(stray, 'gone')]);
    });

    it('that the portal did not make are counted, and never ownerless', async () => {
      await library.db.clip.create({ data: clipRow({ clipId: 'theirs', processingStatus: 'failed' }) });
      await library.put(mediaRef('theirs', 'clip.mp4'), 'HeartBeat’s');
      await library.put({ bucket: BUCKETS.media, key: 'MTL/2025-2026/20031/one/segment-1.ts' }, 'HeartBeat’s');
      await library.put({ bucket: BUCKETS.media, key: 'logo.png' }, 'the club’s');
      const { report, findings } = await library.audit({ fix: true });
      expect(findings).toEqual([]);
      expect(report.uncompared.foreign_objects).toBe(3);
    });

    it('in the lake are named by clips as well as by masters', async () => {
      await library.put(lakeRef('old.mp4'), 'HeartBeat’s');
      await library.db.clip.updateMany({ data: { sourceGcsUri: uriOf(lakeRef('old.mp4')) } });
      expect(await found()).toEqual([]);
    });

    it('without an owner go with `fix`, and nothing else does', async () => {
      await library.put(stray, 'of a clip that was deleted');
      await library.put(lakeRef('p9.mp4'), 'a master');
      const before = { media: await keysOf(BUCKETS.media), lake: await keysOf(BUCKETS.lake) };
      const { findings } = await library.audit({ fix: true });
      expect(findings).toMatchObject([
        { ...ownerless(stray, 'gone'), is_fixed: true },
        { kind: 'unknown_master', is_fixed: false },
      ]);
      expect(await keysOf(BUCKETS.media)).toEqual(before.media.filter((key) => key !== stray.key));
      expect(await keysOf(BUCKETS.lake)).toEqual(before.lake);
    });

    it('stay when they were written anew since they were judged', async () => {
      await library.put(stray, 'of a clip that was deleted');
      const remove: typeof library.store.delete = async (ref, options) => {
        await library.put(stray, 'of the clip that was made again');
        return library.store.delete(ref, options);
      };
      const { findings } = await library.audit({ fix: true }, { store: { ...library.store, delete: remove } });
      expect(findings).toMatchObject([{ ...ownerless(stray, 'gone'), is_fixed: false }]);
      expect(await library.store.stat(stray)).not.toBeNull();
    });

    it('are left where they are too many for leftovers, unless their number was named', async () => {
      // As after a restore of an older database: objects of clips that it does not know.
      for (let at = 0; at < 8; at++) for (const name of FILES) await library.put(mediaRef(`newer-${at}`, name), 'x');
      const { report } = await library.audit({ fix: true });
      expect([report.findings.ownerless_object, report.too_many_ownerless]).toEqual([{ found: 24, fixed: 0 }, true]);
      expect((await library.audit({ fix: true, maxRemoved: 23 })).report.findings.ownerless_object?.fixed).toBe(0);
      const all = await library.audit({ fix: true, maxRemoved: 24 });
      expect([all.report.findings.ownerless_object?.fixed, all.report.too_many_ownerless]).toEqual([24, false]);
      expect(await keysOf(BUCKETS.media)).toHaveLength(6);
    });
  });

  describe('clips and jobs', () => {
    it('that are to be cut and have no job, and are put back in line by `fix`', async () => {
      await library.addUncut('waits', 'pending');
      await library.addUncut('died', 'processing');
      await library.addUncut('in-line', 'pending');
      await enqueue('in-line');
      const expected = ['waits', 'died'].map((where) => ({ kind: 'clip_without_job', where, is_fixed: false }));
      expect(await found()).toEqual(expected);
      expect(await found({ fix: true })).toEqual(expected.map((finding) => ({ ...finding, is_fixed: true })));
      const jobs = (await library.portal.jobs(ENCODE)).map(({ data }) => data);
      expect(jobs).toEqual(['in-line', 'waits', 'died'].map((clipId) => ({ clipId })));
      expect(await library.db.clip.findUnique({ where: { clipId: 'died' } })).toMatchObject({
        processingStatus: 'pending',
      });
      expect(await found({ fix: true })).toEqual([]);
    });

    it('of another program are its own to cut', async () => {
      await library.db.clip.create({ data: clipRow({ clipId: 'theirs', processingStatus: 'pending' }) });
      const { report, findings } = await library.audit({ fix: true });
      expect([findings, report.uncompared.foreign_clips]).toEqual([[], 1]);
      expect(await library.portal.jobs(ENCODE)).toEqual([]);
    });

    it('in the trash are not to be cut', async () => {
      const id = await library.addUncut('thrown-away', 'pending');
      await library.db.clip.update({ where: { id }, data: { deletedAt: new Date() } });
      expect(await found()).toEqual([]);
    });

    it('masters that are being prepared by nobody, and are put back in line by `fix`', async () => {
      const { db, portal } = library;
      const { queue } = portal.deps;
      const [read, parts, begun] = [
        await library.addMaster('p2.mp4'),
        await library.addMaster('p3.mp4'),
        await library.addMaster('p4.mp4'),
      ];
      const chunk = (number: number, isDone = false) => ({
        number,
        startS: 60 * number,
        endS: 60 * number + 60,
        isDone,
      });
      const claimToken = randomUUID();
      await db.masterPreparation.create({ data: { masterId: read, status: 'running', claimToken } });
      const chunks = { create: [chunk(0, true), chunk(1), chunk(2)] };
      await db.masterPreparation.create({ data: { masterId: parts, status: 'running', kind: 'ladder', chunks } });
      await db.masterPreparation.create({ data: { masterId: begun, status: 'running', claimToken } });
      await queue.enqueuePrepareChunks(db, [{ masterId: parts, number: 2 }]);
      await queue.enqueuePrepareMasters(db, [{ masterId: begun }]);
      const expected = [
        { kind: 'master_without_job', where: read, owner: 'p2.mp4', is_fixed: false },
        { kind: 'master_without_job', where: parts, owner: 'p3.mp4', is_fixed: false },
      ];
      expect(await found()).toEqual(expected);
      expect(await found({ fix: true })).toEqual(expected.map((finding) => ({ ...finding, is_fixed: true })));
      const jobsOf = async (name: string) => (await portal.jobs(name)).map(({ data }) => data);
      expect(await jobsOf(PREPARE_MASTER)).toEqual([{ masterId: begun }, { masterId: read }]);
      expect(await jobsOf(ENCODE)).toEqual([2, 1].map((number) => ({ masterId: parts, number })));
      const released = { status: 'pending', claimToken: null };
      expect(await db.masterPreparation.findUnique({ where: { masterId: read } })).toMatchObject(released);
      expect(await found({ fix: true })).toEqual([]);
    });

    it('jobs whose worker gives no sign', async () => {
      await library.addUncut('in-work', 'processing');
      await enqueue('in-work');
      const beat = (seconds: number) => library.db.$executeRaw`UPDATE media_jobs.job SET state = 'active',
        started_on = now() - interval '10 minutes', heartbeat_on = now() - make_interval(secs => ${seconds})`;
      await beat(5);
      expect(await found()).toEqual([]);
      await beat(300);
      expect(await found()).toMatchObject([{ kind: 'silent_job', owner: ENCODE, is_fixed: false }]);
    });
  });

  it('knows what is prepared of masters: every row has its object, and an object without a row goes', async () => {
    const master = await library.db.master.findFirstOrThrow();
    const place = { masterId: master.id, teamCode: 'MTL', season: '2025-2026', gameId: '20031' };
    const refOf = (fileName: string, folder = 'source') => preparedRef(BUCKETS, place, { folder, fileName });
    const write = async (fileName: string, folder?: string) => {
      const ref = refOf(fileName, folder);
      const { sizeBytes, generation, crc32c } = await library.store.write(ref, Buffer.from(fileName), {
        contentType: 'video/mp4',
      });
      return { sizeBytes, generation, crc32c };
    };
    const layout = { intervalS: 2, columns: 10, cellWidth: 160, cellHeight: 90 };
    const sheet = { number: 3, startS: 180, endS: 200, ...layout, ...(await write(sheetName(3), STORYBOARD)) };
    const init = await write(PREPARED_INIT);
    const shape = { name: 'source', codecs: 'avc1.64001f', width: 320, height: 180 };
    const header = { initGeneration: init.generation, initSizeBytes: init.sizeBytes, initCrc32c: init.crc32c };
    const segments = await Promise.all(
      [0, 1, 10].map(async (number) => ({
        ...{
          number,
          startS: number,
          durationS: 1,
          firstS: number,
          decodedS: number,
          ...(await write(segmentName(number))),
        },
      })),
    );
    await library.db.masterPreparation.create({
      data: {
        ...{ masterId: master.id, status: 'running' },
        renditions: { create: { ...shape, ...header, segments: { create: segments } } },
        sheets: { create: sheet },
      },
    });
    await library.portal.deps.queue.enqueuePrepareMasters(library.db, [{ masterId: master.id }]);
    const stray = refOf(segmentName(2));
    await library.put(stray, 'of an attempt that broke off');
    expect(await found({ readBytes: true })).toEqual([]);
    await library.db.masterPreparation.updateMany({ data: { status: 'ready' } });
    await library.store.delete(refOf(segmentName(10)));
    const copies = [refOf(PREPARED_INIT), refOf(segmentName(0)), refOf(sheetName(3), STORYBOARD)];
    for (const ref of copies) await library.put(ref, ref.key.split('/').at(-1) ?? '');
    const byPlace = (await found({ fix: true })).sort((a, b) => a.where.localeCompare(b.where));
    expect(byPlace).toEqual(
      [
        { kind: 'object_missing', where: uriOf(refOf(segmentName(10))), owner: master.id, is_fixed: false },
        { ...ownerless(stray, master.id), is_fixed: true },
        ...copies.map((ref) => ({
          ...{ kind: 'object_differs', differs: ['generation'], where: uriOf(ref), owner: master.id, is_fixed: true },
        })),
      ].sort((a, b) => a.where.localeCompare(b.where)),
    );
    expect((await found()).map(({ kind }) => kind)).toEqual(['object_missing']);
    await library.db.masterPreparation.deleteMany();
    expect((await found()).map(({ kind }) => kind)).toEqual(Array.from({ length: 4 }, () => 'ownerless_object'));
  });

  it('finds sums and texts for search that differ, and mends them with `fix`', async () => {
    await library.db.$transaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
      await tx.clip.create({ data: clipRow({ clipId: 'past-the-triggers', processingStatus: 'failed' }) });
    });
    const wrong = await found();
    expect(wrong).toMatchObject([{ kind: 'sums_differ' }, { kind: 'texts_differ', count: 1 }]);
    expect(wrong[0]?.count).toBeGreaterThan(1);
    expect(await found({ fix: true })).toEqual(wrong.map((finding) => ({ ...finding, is_fixed: true })));
    expect(await found()).toEqual([]);
  });

  it('keeps counts of all findings and the first of them', async () => {
    const id = (await library.db.clip.findFirstOrThrow({ where: { clipId: 'one' } })).id;
    const gone = Array.from({ length: 2300 }, (_, at) => mediaRef('one', `part-${String(at).padStart(4, '0')}`));
    await library.db.clipAsset.createMany({
      data: gone.map((ref) => ({ clipId: id, assetType: 'hls_segment', gcsUri: uriOf(ref), generation: '1' })),
    });
    const { report, findings } = await library.audit();
    expect(report.findings).toEqual({ object_missing: { found: 2300, fixed: 0 } });
    expect([report.first.length, report.examined.assets]).toEqual([20, 2306]);
    expect(new Set(findings.map(({ where }) => where))).toEqual(new Set(gone.map(uriOf)));
  });

  it('has no result when it was stopped', async () => {
    const stopped = new Error('stopped');
    await expect(library.audit({ signal: AbortSignal.abort(stopped) })).rejects.toBe(stopped);
  });
});
