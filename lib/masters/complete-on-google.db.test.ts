import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { UserContext } from '#lib/auth/user-context.ts';
import { createClipWork } from '#lib/clips/processing-repo.ts';
import { createDelivery } from '#lib/delivery/delivery.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { publishClip } from '#lib/media/publish/publish-clip.ts';
import { quickCut } from '#lib/media/publish/quick-cut-fixture.ts';
import {
  BASE_URL,
  BUCKETS,
  caller,
  clipRow,
  enlist,
  faultOf,
  type PortalFixture,
  portalFixture,
} from '#lib/runtime/portal-fixture.ts';
import { type GcsHarness, LAKE, startGcsHarness } from '#lib/storage/google/fake/harness.ts';
import { completeUpload } from './complete-upload.ts';
import { deleteMaster } from './delete-master.ts';
import { createMasterSchema } from './master-schemas.ts';
import { startUpload } from './start-upload.ts';
import { makeVideo, toBeSent } from './uploads-fixture.ts';

const REF = { bucket: LAKE, key: 'media/raw/MTL/2025-2026/20031/p1.mp4' };
const URI = `gs://${LAKE}/${REF.key}`;

let portal: PortalFixture;
let google: GcsHarness;
let deps: PortalDeps;
let admin: UserContext = caller('admin');
let video: Awaited<ReturnType<typeof makeVideo>>;

const folder = mkdtemp(path.join(tmpdir(), 'complete-test-'));
beforeAll(async () => {
  [portal, google, video] = await Promise.all([portalFixture(), startGcsHarness(), folder.then(makeVideo)]);
  const { store } = google;
  const period = { ttlMs: 3_600_000, windowMs: 900_000, now: () => new Date() };
  const delivery = createDelivery({ store, buckets: BUCKETS, baseUrl: BASE_URL, secret: 'tokens of tests', ...period });
  deps = { ...portal.deps, store, delivery };
  admin = await enlist(deps, 'admin');
});
afterAll(async () => {
  await portal.close();
  await google.close();
  await rm(await folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await portal.db.master.deleteMany();
  google.fake.state.buckets.get(LAKE)?.objects.clear();
});

const start = async () => {
  const announced = createMasterSchema.parse({
    ...{ team_code: 'MTL', season: '2025-2026', game_id: '20031', filename: 'p1.mp4' },
    ...{ size_bytes: video.bytes.length, crc32c: video.crc32c, content_type: 'video/mp4' },
  });
  return toBeSent(await startUpload(deps, admin, announced));
};
const send = async (url: string, bytes: Buffer<ArrayBuffer>) => {
  const headers = { 'Content-Range': `bytes 0-${bytes.length - 1}/${bytes.length}` };
  return (await fetch(url, { method: 'PUT', headers, body: bytes })).status;
};
const copyOf = (bytes: Uint8Array): Buffer<ArrayBuffer> => Buffer.from(Uint8Array.from(bytes).buffer);
async function completed() {
  const { master, upload } = await start();
  expect(await send(upload.url, copyOf(video.bytes))).toBe(200);
  return (await completeUpload(deps, admin, master.id)).master;
}
const rowOf = () => portal.db.master.findFirstOrThrow({ where: { lakeUri: URI } });
const overwrite = (bytes: string) => google.store.write(REF, Buffer.from(bytes), { contentType: 'video/mp4' });

describe('completing an upload to Google', () => {
  it('records the generation that was checked, and reads and signs no other', async () => {
    const from = google.fake.requestLines.length;
    const master = await completed();
    const object = await google.store.stat(REF);
    expect(await rowOf()).toMatchObject({ generation: object?.generation, crc32c: video.crc32c, status: 'ready' });
    const reads = google.fake.requestLines.slice(from).filter((line) => line.includes('alt=media'));
    expect(reads.length).toBeGreaterThan(0);
    for (const line of reads) expect(line).toContain(`generation=${object?.generation}`);
    const url = master.signed_url ?? '';
    expect(new URL(url).searchParams.get('generation')).toBe(object?.generation);
    expect((await fetch(url)).status).toBe(200);
    // Whoever may overwrite the object does not get other bytes under the old URL.
    await overwrite('something else');
    expect((await fetch(url)).status).toBe(404);
  });

  it('refuses bytes that were changed on their way, by their checksum', async () => {
    const { master, upload } = await start();
    const changed = copyOf(video.bytes);
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    expect(await send(upload.url, changed)).toBe(200);
    const fault = await faultOf(completeUpload(deps, admin, master.id));
    expect(fault).toMatchObject({ status: 422, code: 'upload_mismatch', message: expect.stringMatching(/CRC-32C/) });
    expect(await rowOf()).toMatchObject({ status: 'failed', generation: null });
  });

  it('refuses an object of another size, and waits for one that is not there', async () => {
    const { master } = await start();
    const waiting = await faultOf(completeUpload(deps, admin, master.id));
    expect(waiting).toMatchObject({ status: 409, code: 'upload_unfinished' });
    await overwrite('short');
    const fault = await faultOf(completeUpload(deps, admin, master.id));
    const message = expect.stringMatching(/has 5 bytes/);
    expect(fault).toMatchObject({ status: 422, code: 'upload_mismatch', message });
  });
});

describe('an upload to Google whose session is gone', () => {
  it.each([404, 410] as const)('(%d) gets a new one when it is announced again', async (status) => {
    const first = await start();
    expect(await start()).toEqual({ ...first, created: false });
    for (const session of google.fake.state.sessions.values()) session.endedAs = status;
    const again = await start();
    expect(again.master.id).toBe(first.master.id);
    expect(again.upload.url).not.toBe(first.upload.url);
    expect(await send(again.upload.url, copyOf(video.bytes))).toBe(200);
    expect((await completeUpload(deps, admin, again.master.id)).master.status).toBe('ready');
  });

  it('is left as it is while Google does not say so', async () => {
    const first = await start();
    google.fake.faults.add({ on: /^PUT/, times: 100, fault: { kind: 'status', status: 503 } });
    await expect(start()).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    google.fake.faults.clear();
    expect(await start()).toEqual({ ...first, created: false });
  });
});

describe('deleting a master on Google', () => {
  it('says so when the lake does not let the portal delete, and keeps everything', async () => {
    const { id } = await completed();
    google.fake.faults.add({ on: /^DELETE /, fault: { kind: 'status', status: 403 }, times: 1 });
    expect(await faultOf(deleteMaster(deps, admin, id, { permanent: true }))).toMatchObject({
      status: 409,
      code: 'lake_protected',
    });
    expect(await rowOf()).toMatchObject({ id, status: 'ready' });
    expect(await google.store.stat(REF)).not.toBeNull();
    await deleteMaster(deps, admin, id, { permanent: true });
    expect(await google.store.stat(REF)).toBeNull();
  });
});

describe('cutting from a master on Google', () => {
  const cut = async (clipId: string, read: string[]) => {
    await portal.db.clip.create({ data: clipRow({ clipId, sourceGcsUri: URI, processingStatus: 'pending' }) });
    const cutClip = quickCut(
      'A',
      async ({ source }) => void read.push(await text(await source.read({ first: 4, last: 7 }))),
    );
    const attempt = { clipId, signal: new AbortController().signal, isLastAttempt: true };
    await publishClip({ ...deps, clips: createClipWork(portal.db), cutClip }, attempt);
    return portal.db.clip.findUniqueOrThrow({ where: { clipId } });
  };

  it('reads the generation that was checked, and nothing that was put in its place', async () => {
    await completed();
    const read: string[] = [];
    const from = google.fake.requestLines.length;
    expect(await cut('before', read)).toMatchObject({ processingStatus: 'ready' });
    expect(read).toEqual(['ftyp']);
    const { generation } = await rowOf();
    const reads = google.fake.requestLines.slice(from).filter((line) => line.includes('alt=media'));
    for (const line of reads) expect(line).toContain(`generation=${generation}`);
    await overwrite('something else');
    const after = await cut('after', read);
    expect(after).toMatchObject({
      processingStatus: 'failed',
      errorMessage: expect.stringMatching(/not the one that was uploaded/),
    });
    expect(read).toEqual(['ftyp']);
  });
});
