import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { inspect } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ObjectRef, ObjectStore } from '#lib/storage/port/object-store.ts';
import { StoreError } from '#lib/storage/port/object-store.ts';
import { crcOf, keysOf } from '#lib/storage/port/store-bench.ts';
import type { Fault } from './fake/faults.ts';
import { type GcsHarness, LAKE, MEDIA, serviceAccount, startGcsHarness } from './fake/harness.ts';

const TYPE = { contentType: 'video/mp4' };
const MIB = 1024 * 1024;

let harness: GcsHarness;
let store: ObjectStore;
let ref: ObjectRef;
let counter = 0;
beforeAll(async () => {
  harness = await startGcsHarness();
  store = harness.store;
});
afterAll(() => harness.close());
beforeEach(() => {
  harness.fake.faults.clear();
  harness.fake.requestLines.length = 0;
  ref = { bucket: MEDIA, key: `faults/${++counter}.mp4` };
});

const objectOf = ({ key }: ObjectRef) => harness.fake.state.buckets.get(MEDIA)?.objects.get(key);
const order = (on: RegExp, fault: Fault, times = 1) => harness.fake.faults.add({ on, fault, times });
const requests = (on: RegExp) => harness.fake.requestLines.filter((line) => on.test(line)).length;

const OPERATIONS: [string, RegExp, () => Promise<unknown>][] = [
  ['stat', /^GET .*\/o\//, () => store.stat(ref)],
  ['read', /^GET .*alt=media/, async () => buffer(await store.read(ref))],
  ['write', /^POST \/upload/, () => store.write(ref, Buffer.from('new'), TYPE)],
  ['list', /^GET .*\/o\?/, () => keysOf(store, MEDIA, 'faults/')],
  ['delete', /^DELETE /, () => store.delete(ref)],
  ['check', /testPermissions/, () => store.check()],
  [
    'startUpload',
    /^POST .*resumable/,
    () => store.startUpload({ ...ref, key: `${ref.key}.x` }, { ...TYPE, sizeBytes: 9 }),
  ],
];

describe.each(OPERATIONS)('%s', (name, on, run) => {
  beforeEach(() => store.write(ref, Buffer.from('here'), TYPE).then(() => harness.fake.requestLines.splice(0)));

  it.each([429, 500, 503])('goes on after status %i, three times', async (status) => {
    order(on, { kind: 'status', status }, 3);
    await run();
    expect(requests(on)).toBeGreaterThanOrEqual(4);
  });

  it('goes on after a reset connection', async () => {
    order(on, { kind: 'reset', afterBytes: 0 });
    await run();
    expect(requests(on)).toBeGreaterThanOrEqual(2);
  });

  it.each([400, 401, 403])('ends at once with status %i', async (status) => {
    order(on, { kind: 'status', status });
    // A check says whether the store can be worked with, whatever the reason.
    const code = status === 403 && name !== 'check' ? 'forbidden' : 'unavailable';
    await expect(run()).rejects.toMatchObject({ code, retryable: false, cause: expect.any(Error) });
    expect(requests(on)).toBe(1);
  });

  it('gives up after its attempts, and says that it may work later', async () => {
    order(on, { kind: 'status', status: 503 }, 100);
    await expect(run()).rejects.toMatchObject({ code: 'unavailable', retryable: true, cause: expect.any(Error) });
    expect(requests(on)).toBe(8);
  });
});

it.each(OPERATIONS)('%s ends when nobody answers', async (_name, on, run) => {
  await store.write(ref, Buffer.from('here'), TYPE);
  const patient = store;
  store = harness.storeWith({ timeoutMs: 300, retry: { attempts: 2, baseMs: 1, maxMs: 1 } });
  try {
    order(on, { kind: 'hang' }, 100);
    await expect(run()).rejects.toMatchObject({ code: 'unavailable', retryable: true, cause: { name: 'GcsTimeout' } });
  } finally {
    store = patient;
  }
});

describe('a call that is aborted while nobody answers', () => {
  const hanging = async (on: RegExp, run: (signal: AbortSignal) => Promise<unknown>) => {
    const abort = new AbortController();
    const test = (line: string) => {
      if (on.test(line)) setImmediate(() => abort.abort());
      return on.test(line);
    };
    harness.fake.faults.add({ on: { test }, fault: { kind: 'hang' } });
    await expect(run(abort.signal)).rejects.toMatchObject({ name: 'AbortError' });
    expect(requests(on)).toBe(1);
  };

  it('read', () => hanging(/alt=media/, (signal) => store.read(ref, { signal })));
  it('write', () => hanging(/^POST/, (signal) => store.write(ref, Buffer.from('x'), { ...TYPE, signal })));
  it('write of a long stream', () =>
    hanging(/^PUT/, (signal) => store.write(ref, Readable.from([randomBytes(9 * MIB)]), { ...TYPE, signal })));
});

describe('an answer that got lost', () => {
  it('of a conditional write counts as what it was', async () => {
    order(/^POST \/upload/, { kind: 'lose-answer' });
    const stat = await store.write(ref, Buffer.from('mine'), { ...TYPE, ifGenerationMatch: '0' });
    expect(stat.generation).toBe(objectOf(ref)?.generation);
    expect(requests(/^POST \/upload/)).toBe(2);
  });

  it('does not make another writer’s object ours', async () => {
    await store.write(ref, Buffer.from('theirs'), TYPE);
    order(/^POST \/upload/, { kind: 'status', status: 503 });
    const write = store.write(ref, Buffer.from('mine'), { ...TYPE, ifGenerationMatch: '0' });
    await expect(write).rejects.toMatchObject({ code: 'precondition_failed' });
    expect(objectOf(ref)?.bytes.toString()).toBe('theirs');
  });

  it('of a delete counts as a delete', async () => {
    await store.write(ref, Buffer.from('x'), TYPE);
    order(/^DELETE /, { kind: 'lose-answer' });
    expect(await store.delete(ref)).toBe(true);
    expect(await store.delete(ref)).toBe(false);
  });
});

describe('a download', () => {
  it('that breaks off goes on where it stopped', async () => {
    const bytes = randomBytes(2 * MIB);
    await store.write(ref, bytes, TYPE);
    order(/alt=media/, { kind: 'reset', afterBytes: MIB }, 1);
    order(/alt=media/, { kind: 'reset', afterBytes: 1000 }, 1);
    expect(await buffer(await store.read(ref))).toEqual(bytes);
    order(/alt=media/, { kind: 'reset', afterBytes: 1000 }, 1);
    expect(await buffer(await store.read(ref, { range: { first: 10, last: MIB } }))).toEqual(
      bytes.subarray(10, MIB + 1),
    );
  });

  it('never goes on in another generation', async () => {
    await store.write(ref, randomBytes(2 * MIB), TYPE);
    order(/alt=media/, { kind: 'reset', afterBytes: MIB }, 1);
    const stream = await store.read(ref);
    await store.write(ref, randomBytes(2 * MIB), TYPE);
    await expect(buffer(stream)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('of other bytes than Google’s checksum says is an error at its end', async () => {
    await store.write(ref, Buffer.from('what was written'), TYPE);
    objectOf(ref)?.bytes.write('X', 3);
    await expect(store.read(ref).then(buffer)).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('that is aborted ends with the reason', async () => {
    await store.write(ref, randomBytes(2 * MIB), TYPE);
    const abort = new AbortController();
    const stream = await store.read(ref, { signal: abort.signal });
    abort.abort();
    await expect(buffer(stream)).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('a write of more than eight MiB', () => {
  const bytes = randomBytes(20 * MIB + 1);
  const stream = () => Readable.from(Array.from({ length: 21 }, (_, i) => bytes.subarray(i * MIB, (i + 1) * MIB)));
  const CHUNK = /^PUT \/upload/;

  it('goes up in chunks, and the object is whole', async () => {
    const stat = await store.write(ref, stream(), TYPE);
    expect(stat).toMatchObject({ sizeBytes: bytes.length, crc32c: crcOf(bytes), contentType: 'video/mp4' });
    expect(await store.stat(ref)).toEqual(stat);
    expect(requests(CHUNK)).toBe(3);
  });

  it.each<[string, Fault]>([
    ['a chunk is answered with 503', { kind: 'status', status: 503 }],
    ['a connection is reset in a chunk', { kind: 'reset', afterBytes: 3 * MIB }],
    ['fewer bytes are stored than were sent', { kind: 'commit-at-most', bytes: 3 * MIB }],
  ])('goes on when %s', async (_what, fault) => {
    order(CHUNK, fault);
    expect((await store.write(ref, stream(), TYPE)).crc32c).toBe(crcOf(bytes));
    expect(objectOf(ref)?.bytes.equals(bytes)).toBe(true);
  });

  it('leaves no object and no session when it fails', async () => {
    order(CHUNK, { kind: 'status', status: 403 }, 100);
    await expect(store.write(ref, stream(), TYPE)).rejects.toBeInstanceOf(StoreError);
    expect(objectOf(ref)).toBeUndefined();
    expect(requests(/^DELETE \/upload/)).toBe(1);
  });

  it('leaves no object and no session when its source fails', async () => {
    const source = Readable.from(
      (async function* () {
        yield* stream();
        throw new Error('the source broke');
      })(),
    );
    await expect(store.write(ref, source, TYPE)).rejects.toThrow('the source broke');
    expect(objectOf(ref)).toBeUndefined();
    expect(requests(/^DELETE \/upload/)).toBe(1);
  });

  it('keeps to its precondition', async () => {
    const before = await store.write(ref, Buffer.from('here'), TYPE);
    const write = store.write(ref, stream(), { ...TYPE, ifGenerationMatch: '0' });
    await expect(write).rejects.toMatchObject({ code: 'precondition_failed' });
    expect(await store.stat(ref)).toEqual(before);
  });
});

describe('an answer that says too little', () => {
  const without = (name: string, amended: unknown = undefined): Fault => ({
    kind: 'amend',
    amend: (json) => ({ ...json, [name]: amended }),
  });
  const inList = (name: string, amended: unknown = undefined): Fault => ({
    kind: 'amend',
    amend: ({ items, ...page }) => ({
      ...page,
      items: (items as object[]).map((item) => ({ ...item, [name]: amended })),
    }),
  });
  const told = { code: 'unavailable', retryable: false, message: expect.stringMatching(/^Google Cloud Storage /) };
  const long = () => Readable.from([randomBytes(9 * MIB)]);

  it.each([
    ['size', undefined],
    ['size', 'many'],
    ['size', '-1'],
    ['crc32c', undefined],
    ['generation', undefined],
    ['generation', 'newest'],
    ['updated', 'lately'],
  ])('of an object, by %s %j, is a fault of the store, told once', async (name, amended) => {
    await store.write(ref, Buffer.from('here'), TYPE);
    harness.fake.requestLines.length = 0;
    order(/^GET .*\/o\//, without(name, amended), 100);
    await expect(store.stat(ref)).rejects.toMatchObject(told);
    expect(requests(/^GET .*\/o\//)).toBe(1);
    order(/^POST \/upload.*multipart/, without(name, amended), 100);
    await expect(store.write(ref, Buffer.from('new'), TYPE)).rejects.toMatchObject(told);
    expect(requests(/^POST \/upload/)).toBe(1);
    order(/^PUT \/upload/, without(name, amended), 100);
    await expect(store.write(ref, long(), TYPE)).rejects.toMatchObject(told);
  });

  it.each([
    ['size', undefined],
    ['size', 'many'],
    ['generation', null],
    ['crc32c', undefined],
    ['updated', 'lately'],
    ['name', null],
  ])('of a list, by %s %j, is one too', async (name, amended) => {
    await store.write(ref, Buffer.from('here'), TYPE);
    order(/^GET .*\/o\?/, inList(name, amended), 100);
    await expect(keysOf(store, MEDIA, 'faults/')).rejects.toMatchObject(told);
    expect(requests(/^GET .*\/o\?/)).toBe(1);
  });

  it.each([[null], [{ items: 'none' }], [{ nextPageToken: 7 }]])('of a list that is %j, too', async (page) => {
    order(/^GET .*\/o\?/, { kind: 'amend', amend: () => page }, 100);
    await expect(keysOf(store, MEDIA, 'faults/')).rejects.toMatchObject(told);
  });
});

it.each([
  ['a check', /testPermissions/, () => store.check()],
  ['an object', /^GET .*\/o\//, () => store.stat(ref)],
])('an answer without a body to %s is a fault of the store', async (_what, on, run) => {
  await store.write(ref, Buffer.from('here'), TYPE);
  order(on, { kind: 'amend', amend: () => null }, 100);
  await expect(run()).rejects.toMatchObject({ code: 'unavailable', retryable: false });
});

it('a long write that stalls ends in time, and cancels its session once', async () => {
  const hasty = harness.storeWith({ timeoutMs: 300, retry: { attempts: 2, baseMs: 1, maxMs: 1 } });
  const unheard: unknown[] = [];
  const hear = (error: unknown) => unheard.push(error);
  process.on('unhandledRejection', hear).on('uncaughtException', hear);
  order(/^PUT \/upload/, { kind: 'hang' }, 100);
  const write = hasty.write(ref, Readable.from([randomBytes(9 * MIB), randomBytes(9 * MIB)]), TYPE);
  await expect(write).rejects.toMatchObject({ code: 'unavailable', retryable: true });
  await new Promise((resolve) => setTimeout(resolve, 1500));
  process.off('unhandledRejection', hear).off('uncaughtException', hear);
  expect(unheard).toEqual([]);
  expect(requests(/^DELETE \/upload/)).toBe(1);
  expect(objectOf(ref)).toBeUndefined();
});

it('lists any number of objects, a thousand a page', async () => {
  const { state } = harness.fake;
  const bucket = state.buckets.get(MEDIA);
  const keys = Array.from({ length: 2500 }, (_, i) => `pages/${String(i).padStart(4, '0')}`);
  for (const key of [...keys].reverse()) if (bucket) state.put(bucket, key, Buffer.from('x'), TYPE);
  if (bucket) state.put(bucket, 'pages/folder of somebody else/', Buffer.alloc(0), TYPE);
  order(/pageToken/, { kind: 'status', status: 503 });
  expect(await keysOf(store, MEDIA, 'pages/')).toEqual(keys);
  expect(requests(/prefix=pages/)).toBe(4);
});

describe('check', () => {
  it('says which bucket is missing', async () => {
    const other = harness.storeWith({ buckets: [MEDIA, 'not-there'] });
    await expect(other.check()).rejects.toMatchObject({
      code: 'unavailable',
      message: 'Bucket not-there cannot be used: there is none of this name',
    });
  });

  it('says where a permission is missing', async () => {
    const bucket = harness.fake.state.buckets.get(MEDIA);
    bucket?.denied.push('storage.objects.get');
    await expect(store.check()).rejects.toMatchObject({
      message: `The credentials may not read objects of bucket ${MEDIA}.`,
    });
    bucket?.denied.pop();
  });
});

it('stores Cache-Control with the objects of the bucket that it is configured for', async () => {
  const cacheControl = { [MEDIA]: 'private, max-age=3600' };
  await harness.storeWith({ cacheControl }).write(ref, Buffer.from('x'), TYPE);
  expect(objectOf(ref)?.cacheControl).toBe('private, max-age=3600');
  await harness.storeWith({ cacheControl: { [LAKE]: 'no-store' } }).write(ref, Buffer.from('x'), TYPE);
  expect(objectOf(ref)?.cacheControl).toBeUndefined();
});

describe('signing by IAM', () => {
  const lifetime = { signedAt: new Date('2026-01-01T10:00:00Z'), expiresAt: new Date('2026-01-01T11:00:00Z') };
  const signing = () => {
    const authClient = serviceAccount('portal@project.iam.gserviceaccount.com', 'never used');
    return { authClient, sign: vi.spyOn(authClient, 'sign'), store: harness.storeWith({ authClient }) };
  };

  it('is asked again when it is busy', async () => {
    const { sign, store: signer } = signing();
    sign.mockRejectedValueOnce(Object.assign(new Error('busy'), { status: 503 }));
    sign.mockResolvedValue(Buffer.from([0xab, 0xcd]).toString('base64'));
    expect(await signer.signGetUrl(ref, lifetime)).toMatch(/&X-Goog-Signature=abcd$/);
    expect(sign).toHaveBeenCalledTimes(2);
  });

  it('says that it was refused', async () => {
    const { sign, store: signer } = signing();
    sign.mockRejectedValue(Object.assign(new Error('denied'), { status: 403 }));
    await expect(signer.signGetUrl(ref, lifetime)).rejects.toMatchObject({
      code: 'unavailable',
      retryable: false,
      message: expect.stringMatching(/^No URL could be signed: /),
    });
    expect(sign).toHaveBeenCalledTimes(1);
  });
});

it('tells nothing that is secret in its errors, however they are printed', async () => {
  const errors: unknown[] = [];
  const keep = (error: unknown) => errors.push(error);
  const { url } = await store.startUpload(ref, { ...TYPE, sizeBytes: 9 });
  const id = new URL(url).searchParams.get('upload_id') ?? '';
  order(/^(PUT|DELETE) \/upload/, { kind: 'status', status: 403 }, 100);
  await store.cancelUpload(url).catch(keep);
  await store.write(ref, Readable.from([randomBytes(9 * MIB)]), TYPE).catch(keep);
  harness.fake.faults.clear();
  order(/^(PUT|DELETE) \/upload/, { kind: 'reset', afterBytes: 0 }, 100);
  const hasty = harness.storeWith({ timeoutMs: 1000, retry: { attempts: 1, baseMs: 1, maxMs: 1 } });
  await hasty.cancelUpload(url).catch(keep);
  await hasty.write(ref, Readable.from([randomBytes(9 * MIB)]), TYPE).catch(keep);
  await store.cancelUpload(`https://elsewhere.example/?upload_id=${id}`).catch(keep);
  expect(errors).toHaveLength(5);
  const sessions = [...harness.fake.state.sessions.keys()];
  for (const error of errors) {
    expect(error).toBeInstanceOf(StoreError);
    const text = inspect(error, { depth: 10, showHidden: true });
    for (const secret of sessions) expect(text).not.toContain(secret);
  }
});
