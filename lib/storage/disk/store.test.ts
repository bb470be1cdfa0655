import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeObjectStore } from '#lib/storage/port/object-store.contract.ts';
import type { ObjectStore } from '#lib/storage/port/object-store.ts';
import { createDiskStore } from './store.ts';
import type { DiskFixture } from './store-fixture.ts';
import { diskFixture, LAKE, MEDIA } from './store-fixture.ts';

describeObjectStore('disk', async () => {
  const { store, close } = await diskFixture();
  return { store, bucket: LAKE, otherBucket: MEDIA, close };
});

const KEY = 'media/raw/MTL/2025-2026/20031/p1.mp4';
const REF = { bucket: LAKE, key: KEY };
const MP4 = { contentType: 'video/mp4' };

/** Every regular file below a folder, relative to it. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((e) => e.isFile()).map((e) => path.relative(folder, path.join(e.parentPath, e.name)));
}

const keysOf = async (store: ObjectStore) => {
  const keys: string[] = [];
  for await (const { key } of store.list(LAKE, '')) keys.push(key);
  return keys;
};

/** Runs a module text in another Node process that has `store` and `ref`; gives what it printed. */
async function inAnotherProcess(
  fixture: DiskFixture,
  body: string,
): Promise<{ output: string; signal: string | null }> {
  const storeUrl = pathToFileURL(path.join(import.meta.dirname, 'store.ts')).href;
  const script = `import { createDiskStore } from ${JSON.stringify(storeUrl)};
    const store = createDiskStore(${JSON.stringify(fixture.options)});
    const ref = ${JSON.stringify(REF)};
    ${body}`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [output, [, signal]] = await Promise.all([buffer(child.stdout), once(child, 'exit')]);
  return { output: output.toString(), signal };
}

describe('disk store: what lies on the disk', () => {
  let fixture: DiskFixture;
  beforeEach(async () => {
    fixture = await diskFixture();
  });
  afterEach(() => fixture.close());

  it('opens an object’s file for a tool: these bytes, whatever becomes of the object, and no other generation', async () => {
    const { openFile } = fixture.store;
    if (!openFile) throw new Error('A disk has files.');
    const { generation } = await fixture.store.write(REF, Buffer.from('one'), MP4);
    const file = await openFile(REF, { generation });
    await fixture.store.write(REF, Buffer.from('another'), MP4);
    await expect(openFile(REF, { generation })).rejects.toMatchObject({ code: 'not_found' });
    await fixture.store.delete(REF);
    expect((await buffer(file)).toString()).toBe('one');
    await expect(openFile(REF, { generation })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('shares objects between processes, and generations only grow', async () => {
    const { generation } = await fixture.store.write(REF, Buffer.from('one'), MP4);
    const script = `console.log((await store.write(ref, Buffer.from('two'), { contentType: 'video/mp4' })).generation)`;
    const { output } = await inAnotherProcess(fixture, script);
    expect(Number(output)).toBeGreaterThan(Number(generation));
    expect((await fixture.store.stat(REF))?.generation).toBe(output.trim());
  });

  it('lets one of several processes win a compare-and-swap', async () => {
    const { generation } = await fixture.store.write(REF, Buffer.from('start'), MP4);
    const script = `for (let i = 0; i < 5; i++) {
      try {
        const options = { contentType: 'video/mp4', ifGenerationMatch: '${generation}' };
        await store.write(ref, Buffer.from(String(process.pid)), options);
        console.log('won');
      } catch (error) { if (error.code !== 'precondition_failed') throw error; }
    }`;
    const results = await Promise.all([1, 2, 3].map(() => inAnotherProcess(fixture, script)));
    expect(results.map(({ output }) => output).join('')).toBe('won\n');
  });

  it('counts every increment of several processes', async () => {
    await fixture.store.write(REF, Buffer.from('0'), MP4);
    const script = `import { text } from 'node:stream/consumers';
      for (let done = 0; done < 10; ) {
        const { generation } = await store.stat(ref);
        try {
          const value = Number(await text(await store.read(ref, { generation }))) + 1;
          await store.write(ref, Buffer.from(String(value)), { contentType: 'video/mp4', ifGenerationMatch: generation });
          done++;
        } catch (error) { if (!['precondition_failed', 'not_found'].includes(error.code)) throw error; }
      }`;
    await Promise.all([inAnotherProcess(fixture, script), inAnotherProcess(fixture, script)]);
    expect((await buffer(await fixture.store.read(REF))).toString()).toBe('20');
  });

  it('is not blocked for good by a process that died with the lock', async () => {
    await fixture.store.write(REF, Buffer.from('old'), MP4);
    const script = `
      import fs from 'node:fs';
      import { syncBuiltinESMExports } from 'node:module';
      // The first rename after the lock is taken is the sidecar's.
      fs.promises.rename = () => process.kill(process.pid, 'SIGKILL');
      syncBuiltinESMExports();
      await store.write(ref, Buffer.from('new'), { contentType: 'video/mp4' });`;
    const { signal } = await inAnotherProcess(fixture, script);
    expect(signal).toBe('SIGKILL');
    expect((await buffer(await fixture.store.read(REF))).toString()).toBe('old');
    expect(await filesBelow(path.join(fixture.root, '.tmp'))).not.toEqual([]);
    expect(await keysOf(fixture.store)).toEqual([KEY]);
    await fixture.store.write(REF, Buffer.from('later'), MP4);
    expect((await buffer(await fixture.store.read(REF))).toString()).toBe('later');
  }, 30_000);

  it('sweeps what crashes left, and nothing that is in use', async () => {
    await fixture.store.write(REF, Buffer.from('kept'), MP4);
    const stale = path.join(fixture.root, '.tmp', 'left-by-a-crash');
    const fresh = path.join(fixture.root, '.tmp', 'being-written');
    await writeFile(stale, 'x');
    await writeFile(fresh, 'x');
    await utimes(stale, new Date(0), new Date(0));
    expect(await fixture.store.sweep()).toBe(1);
    expect(await readdir(path.join(fixture.root, '.tmp'))).toEqual(['being-written']);
    expect(await fixture.store.stat(REF)).not.toBeNull();
  });

  it('leaves no temporary file, lock or sidecar of a deleted object behind', async () => {
    await fixture.store.write(REF, Buffer.from('x'), MP4);
    await fixture.store.write(REF, Buffer.from('y'), MP4);
    expect(await filesBelow(path.join(fixture.root, '.meta'))).toHaveLength(1);
    await fixture.store.delete(REF);
    expect(await filesBelow(fixture.root)).toEqual([]);
    expect(await readdir(path.join(fixture.root, LAKE))).toEqual([]);
    expect(await readdir(path.join(fixture.root, '.locks'))).toEqual([]);
  });

  it.each(['missing', 'of another generation', 'broken'])(
    'computes checksum and type anew when the sidecar is %s',
    async (how) => {
      const written = await fixture.store.write(REF, Buffer.from('123456789'), MP4);
      const [name = ''] = await filesBelow(path.join(fixture.root, '.meta'));
      const sidecar = path.join(fixture.root, '.meta', name);
      const file = path.join(fixture.root, LAKE, KEY);
      if (how === 'missing') await rm(sidecar);
      if (how === 'broken') await writeFile(sidecar, '{"key":');
      if (how === 'of another generation') await writeFile(file, 'changed by hand');
      const found = await fixture.store.stat(REF);
      if (how === 'of another generation') {
        expect(found?.crc32c).not.toBe(written.crc32c);
        expect(found?.generation).not.toBe(written.generation);
        expect(found?.sizeBytes).toBe(15);
      } else {
        expect(found).toEqual(written);
      }
      expect(found?.contentType).toBe('video/mp4');
      expect(await fixture.store.stat(REF)).toEqual(found);
    },
  );

  it('follows no symbolic link, neither of a file nor of a folder', async () => {
    const outside = path.join(fixture.root, 'outside');
    await mkdir(outside);
    await writeFile(path.join(outside, 'secret.mp4'), 'secret');
    await mkdir(path.join(fixture.root, LAKE), { recursive: true });
    await symlink(outside, path.join(fixture.root, LAKE, 'dir'));
    await symlink(path.join(outside, 'secret.mp4'), path.join(fixture.root, LAKE, 'link.mp4'));
    const { store } = fixture;
    expect(await store.stat({ bucket: LAKE, key: 'link.mp4' })).toBeNull();
    const inside = { bucket: LAKE, key: 'dir/secret.mp4' };
    await expect(store.stat(inside)).rejects.toMatchObject({ code: 'bad_key' });
    await expect(store.read(inside)).rejects.toMatchObject({ code: 'bad_key' });
    await expect(store.delete(inside)).rejects.toMatchObject({ code: 'bad_key' });
    await expect(store.write({ bucket: LAKE, key: 'dir/new.mp4' }, Buffer.from('x'), MP4)).rejects.toMatchObject({
      code: 'bad_key',
    });
    await expect(store.write({ bucket: LAKE, key: 'link.mp4' }, Buffer.from('x'), MP4)).rejects.toMatchObject({
      code: 'bad_key',
    });
    expect(await keysOf(store)).toEqual([]);
    expect(await readdir(outside)).toEqual(['secret.mp4']);
    expect(await readFile(path.join(outside, 'secret.mp4'), 'utf8')).toBe('secret');
  });

  it('says so when a key clashes with a folder of other keys', async () => {
    await fixture.store.write({ bucket: LAKE, key: 'a/b' }, Buffer.from('x'), MP4);
    const clash = { code: 'bad_key' };
    await expect(fixture.store.write({ bucket: LAKE, key: 'a' }, Buffer.from('x'), MP4)).rejects.toMatchObject(clash);
    await expect(fixture.store.write({ bucket: LAKE, key: 'a/b/c' }, Buffer.from('x'), MP4)).rejects.toMatchObject(
      clash,
    );
    await expect(
      fixture.store.write({ bucket: LAKE, key: 'x'.repeat(300) }, Buffer.from('x'), MP4),
    ).rejects.toMatchObject(clash);
    expect(await keysOf(fixture.store)).toEqual(['a/b']);
  });

  it('fails its check when its disk cannot be written', async () => {
    const file = path.join(fixture.root, 'a-file');
    await writeFile(file, 'x');
    const store = createDiskStore({ ...fixture.options, root: path.join(file, 'below') });
    await expect(store.check()).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('keeps reading the generation that was opened while another is written', async () => {
    await fixture.store.write(REF, Buffer.alloc(3_000_000, 'a'), MP4);
    const stream = await fixture.store.read(REF);
    await fixture.store.write(REF, Buffer.from('b'), MP4);
    expect((await buffer(stream)).every((byte) => byte === 97)).toBe(true);
  });

  it('keeps upload ids out of the names on the disk', async () => {
    const { url } = await fixture.store.startUpload(REF, { ...MP4, sizeBytes: 10 });
    const id = new URL(url).searchParams.get('upload_id') ?? '';
    const names = await filesBelow(fixture.root);
    expect(names.length).toBeGreaterThan(0);
    expect(names.join()).not.toContain(id);
    expect((await stat(path.join(fixture.root, '.uploads'))).isDirectory()).toBe(true);
  });

  it('refuses a short secret and a bucket name that is a path', () => {
    expect(() => createDiskStore({ ...fixture.options, secret: 'short' })).toThrow(RangeError);
    expect(() => createDiskStore({ ...fixture.options, buckets: ['../etc'] })).toThrow(TypeError);
  });
});
