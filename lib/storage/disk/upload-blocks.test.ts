import { randomBytes, randomInt } from 'node:crypto';
import { type FileHandle, mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { updateCrc32c } from '#lib/storage/port/crc32c.ts';
import { toStoreError } from './errors.ts';
import { COMMIT_BYTES, UploadBlocks } from './upload-blocks.ts';

vi.mock('#lib/storage/port/crc32c.ts', { spy: true });

let folder: string;
let handle: FileHandle;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'upload-blocks-'));
  handle = await open(path.join(folder, 'data'), 'w+');
});
afterEach(async () => {
  await handle.close();
  await rm(folder, { recursive: true });
});

const begin = () => new UploadBlocks(handle, { endBytes: 0, crc32c: 0 });
const fileBytes = () => readFile(path.join(folder, 'data'));

const CUTS: [string, () => number][] = [
  ['one byte and a lot', () => [1, 900_000][randomInt(2)] ?? 1],
  ['pieces of the network', () => 65_536],
  ['pieces that never meet a boundary', () => 65_537],
  ['whole blocks', () => COMMIT_BYTES],
  ['one piece for all', () => Number.MAX_SAFE_INTEGER],
];

it.each(CUTS)('stores the same bytes and checksum, cut as %s', async (_name, size) => {
  const bytes = randomBytes(5 * COMMIT_BYTES + 12_345);
  const blocks = begin();
  for (let at = 0; at < bytes.length; ) {
    const piece = Buffer.from(bytes.subarray(at, at + size()));
    await blocks.put(piece);
    at += piece.length;
    // The sender uses its buffer again.
    piece.fill(0);
  }
  const full = 5 * COMMIT_BYTES;
  expect(blocks.position).toBe(bytes.length);
  expect(blocks.stored).toEqual({ endBytes: full, crc32c: updateCrc32c(0, bytes.subarray(0, full)) });
  await blocks.flush();
  await blocks.sync();
  expect(blocks.stored).toEqual({ endBytes: bytes.length, crc32c: updateCrc32c(0, bytes) });
  expect(bytes.equals(await fileBytes())).toBe(true);
});

it('goes on where another one stopped, within a block or at its end', async () => {
  const bytes = randomBytes(3 * COMMIT_BYTES);
  for (const stop of [COMMIT_BYTES, COMMIT_BYTES + 7]) {
    const first = begin();
    await first.put(bytes.subarray(0, stop));
    await first.flush();
    const second = new UploadBlocks(handle, first.stored);
    await second.put(bytes.subarray(stop));
    await second.flush();
    expect(second.stored).toEqual({ endBytes: bytes.length, crc32c: updateCrc32c(0, bytes) });
    expect(bytes.equals(await fileBytes())).toBe(true);
  }
});

it('stores nothing of no bytes', async () => {
  const blocks = begin();
  await blocks.put(new Uint8Array());
  await blocks.flush();
  expect(blocks.stored).toEqual({ endBytes: 0, crc32c: 0 });
});

it('stores many uploads at once, each with its own bytes', async () => {
  const handles = await Promise.all(Array.from({ length: 12 }, (_, n) => open(path.join(folder, `${n}`), 'w+')));
  const sums = await Promise.all(
    handles.map(async (file, n) => {
      const bytes = Buffer.alloc(3 * COMMIT_BYTES + n, n);
      const blocks = new UploadBlocks(file, { endBytes: 0, crc32c: 0 });
      for (let at = 0; at < bytes.length; at += 100_000) await blocks.put(bytes.subarray(at, at + 100_000));
      await blocks.flush();
      await file.close();
      const isSame = bytes.equals(await readFile(path.join(folder, `${n}`)));
      return isSame && blocks.stored.crc32c === updateCrc32c(0, bytes);
    }),
  );
  expect(sums).toEqual(sums.map(() => true));
});

it.runIf(process.platform === 'linux')('tells of a full disk as the disk does, and counts nothing of it', async () => {
  await using full = await open('/dev/full', 'w');
  const blocks = new UploadBlocks(full, { endBytes: 0, crc32c: 0 });
  const fault: unknown = await blocks.put(Buffer.alloc(COMMIT_BYTES)).catch((error: unknown) => error);
  expect(fault).toMatchObject({ code: 'ENOSPC' });
  expect(toStoreError(fault)).toMatchObject({ code: 'out_of_space' });
  expect(blocks.stored).toEqual({ endBytes: 0, crc32c: 0 });
});

it('computes no checksum in the thread that answers requests', async () => {
  const bytes = randomBytes(2 * COMMIT_BYTES + 1);
  const sum = updateCrc32c(0, bytes);
  vi.mocked(updateCrc32c).mockClear();
  const blocks = begin();
  await blocks.put(bytes);
  await blocks.flush();
  expect(blocks.stored.crc32c).toBe(sum);
  expect(updateCrc32c).not.toHaveBeenCalled();
});
