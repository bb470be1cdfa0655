import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { accountOf } from './support/accounts.ts';
import { type Api, announce, apiOf } from './support/api.ts';
import { diskFile, sha256, sql } from './support/database.ts';
import { readPortalState } from './support/portal-state.ts';
import { expect, test } from './support/portal-test.ts';

const PLACE = { team_code: 'MTL', season: '2014-2015', game_id: 'upload' };
const CHUNK = 262_144;
const admin = (): Api => apiOf(accountOf('admin', 'MTL'));

const libraryBytes = async (): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await readFile(readPortalState().masterFiles.mtl));

async function start(size: number) {
  const { status, json } = await admin().post('/masters', announce(PLACE, `${randomUUID()}.mp4`, size));
  expect(status).toBe(201);
  return { master: json.master, upload: json.upload };
}

interface PutOptions {
  body?: Uint8Array<ArrayBuffer>;
}

async function put(url: string, range: string, { body }: PutOptions = {}) {
  const headers = { 'Content-Range': range, ...(body ? {} : { 'Content-Length': '0' }) };
  const response = await fetch(url, { method: 'PUT', headers, ...(body ? { body } : {}) });
  return { status: response.status, range: response.headers.get('range'), text: await response.text() };
}

test.afterAll(async () => {
  for (const { id } of await sql('SELECT id FROM media.masters WHERE season = $1', [PLACE.season])) {
    expect((await admin().delete(`/masters/${id}?permanent=true`)).status).toBe(204);
  }
});

test('the session says what it is', async ({ portal }) => {
  const { master, upload } = await start(1000);
  expect(upload.protocol).toBe('gcs-resumable');
  expect(upload.chunk_multiple).toBe(CHUNK);
  expect(new URL(upload.url).origin).toBe(portal.url);
  expect(Date.parse(upload.expires_at)).toBeGreaterThan(Date.now() + 3_600_000);
  expect(master.lake_uri).toBe(`gs://heartbeat-474020-lake/media/raw/MTL/2014-2015/upload/${master.filename}`);
  expect([master.status, master.size_bytes, master.clip_count]).toEqual(['uploading', 1000, 0]);
});

test('chunks, 308, Range, and the last one: the object is the file, byte for byte', async () => {
  const bytes = await libraryBytes();
  const total = bytes.length;
  expect(total).toBeGreaterThan(2 * CHUNK);
  const { master, upload } = await start(total);
  const chunk = (first: number, end: number) =>
    put(upload.url, `bytes ${first}-${end - 1}/${total}`, { body: bytes.slice(first, end) });

  // Nothing is stored yet: 308 without a Range header, and nothing lies in the lake.
  expect(await put(upload.url, `bytes */${total}`)).toMatchObject({ status: 308, range: null });
  await expect(readFile(diskFile(master.lake_uri))).rejects.toThrow('ENOENT');

  expect(await chunk(0, CHUNK)).toMatchObject({ status: 308, range: `bytes=0-${CHUNK - 1}` });
  expect(await put(upload.url, `bytes */${total}`)).toMatchObject({ status: 308, range: `bytes=0-${CHUNK - 1}` });
  expect(await put(upload.url, 'bytes */*')).toMatchObject({ status: 308, range: `bytes=0-${CHUNK - 1}` });

  // A gap, or a chunk of the wrong size, stores nothing.
  const gap = await chunk(2 * CHUNK, total);
  expect([308, 400, 416, 503]).toContain(gap.status);
  expect(await chunk(CHUNK, CHUNK + 1000)).toMatchObject({ status: 400 });
  expect(
    await put(upload.url, `bytes ${CHUNK}-${2 * CHUNK - 1}/${total + 1}`, { body: bytes.slice(CHUNK, 2 * CHUNK) }),
  ).toMatchObject({ status: 400 });
  expect(await put(upload.url, `bytes ${total}-${total + CHUNK - 1}/*`, { body: new Uint8Array(CHUNK) })).toMatchObject(
    { status: 400 },
  );
  for (const range of ['bytes 5-1/9', 'bytes a-b/c', 'items 0-1/2', 'bytes 0-9', 'bytes */']) {
    expect(await put(upload.url, range, { body: new Uint8Array(2) }), range).toMatchObject({ status: 400 });
  }
  expect(await put(upload.url, `bytes */${total}`)).toMatchObject({ status: 308, range: `bytes=0-${CHUNK - 1}` });
  expect((await admin().post(`/masters/${master.id}/complete`)).json.code).toBe('upload_unfinished');

  // What is stored already may be sent again; only the rest is taken.
  expect(await chunk(0, 2 * CHUNK)).toMatchObject({ status: 308, range: `bytes=0-${2 * CHUNK - 1}` });
  const last = await chunk(2 * CHUNK, total);
  expect(last.status, last.text).toBe(200);
  expect(JSON.parse(last.text)).toMatchObject({ size: String(total) });
  expect(await put(upload.url, `bytes */${total}`)).toMatchObject({ status: 200 });

  expect(sha256(await readFile(diskFile(master.lake_uri)))).toBe(sha256(bytes));
  const { status, json } = await admin().post(`/masters/${master.id}/complete`);
  expect(status).toBe(200);
  expect(json).toMatchObject({
    status: 'ready',
    width: 640,
    height: 360,
    frame_rate: 30,
    video_codec: 'h264',
    audio_codec: 'aac',
    audio_note: null,
    gaps: [],
    damage: [],
  });
  expect(json.duration_s).toBeCloseTo(8, 1);
});

test('the whole file at once, without a Content-Range', async () => {
  const bytes = await libraryBytes();
  const { master, upload } = await start(bytes.length);
  const sent = await fetch(upload.url, { method: 'PUT', body: bytes });
  expect(sent.status).toBe(200);
  expect(sha256(await readFile(diskFile(master.lake_uri)))).toBe(sha256(bytes));
});

test('a body that breaks off keeps its full chunks, and goes on from Range', async () => {
  const bytes = await libraryBytes();
  const total = bytes.length;
  const { master, upload } = await start(total);
  // The sender dies in the middle of a request that announced everything.
  const broken = new AbortController();
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(bytes.slice(0, CHUNK + 5000)),
    pull: () => {
      broken.abort();
    },
  });
  const headers = { 'Content-Range': `bytes 0-${total - 1}/${total}` };
  const init = { method: 'PUT', headers, body: stream, duplex: 'half', signal: broken.signal } as RequestInit;
  await expect(fetch(upload.url, init)).rejects.toThrow();
  const { range, status } = await put(upload.url, `bytes */${total}`);
  expect(status).toBe(308);
  const stored = range === null ? 0 : Number(range.split('-')[1]) + 1;
  expect(stored % CHUNK === 0 || stored <= CHUNK + 5000).toBe(true);
  const rest = await put(upload.url, `bytes ${stored}-${total - 1}/${total}`, { body: bytes.slice(stored) });
  expect(rest.status, rest.text).toBe(200);
  expect(sha256(await readFile(diskFile(master.lake_uri)))).toBe(sha256(bytes));
});

test('an object that lies there already is never overwritten', async () => {
  const bytes = await libraryBytes();
  const { master, upload } = await start(bytes.length);
  const other = { ...announce(PLACE, String(master.filename), bytes.length), season: '2014-2015' };
  expect((await fetch(upload.url, { method: 'PUT', body: bytes })).status).toBe(200);
  // Bytes for a stored object change nothing, whatever they are.
  const again = await fetch(upload.url, { method: 'PUT', body: bytes.slice().fill(0) });
  expect([200, 412]).toContain(again.status);
  expect(sha256(await readFile(diskFile(master.lake_uri)))).toBe(sha256(bytes));
  expect((await admin().post(`/masters/${master.id}/complete`)).status).toBe(200);
  for (const api of [admin(), apiOf(accountOf('admin'))]) {
    const taken = await api.post('/masters', other);
    expect([taken.status, taken.json.code]).toEqual([409, 'master_exists']);
  }
  // A file that someone put there by other means is kept, too.
  await sql('DELETE FROM media.masters WHERE id = $1', [master.id]);
  const refused = await admin().post('/masters', other);
  expect([refused.status, refused.json.code]).toEqual([409, 'object_exists']);
  expect(sha256(await readFile(diskFile(master.lake_uri)))).toBe(sha256(bytes));
});

test('a session cannot be guessed, moved to another key, or used when it is cancelled', async () => {
  const { master, upload } = await start(1000);
  const moved = upload.url.replace(String(master.filename), `${randomUUID()}.mp4`);
  const guessed = upload.url.replace(/upload_id=[^&]+/, `upload_id=${randomUUID()}`);
  const none = upload.url.replace(/\?.*/, '');
  for (const url of [moved, guessed, none]) {
    expect((await fetch(url, { method: 'PUT', body: new Uint8Array(1000) })).status, url).toBe(404);
  }
  expect((await fetch(upload.url)).status).toBeGreaterThanOrEqual(400);
  expect((await fetch(upload.url, { method: 'DELETE' })).status).toBe(499);
  expect([404, 410]).toContain((await fetch(upload.url, { method: 'PUT', body: new Uint8Array(1000) })).status);
});
