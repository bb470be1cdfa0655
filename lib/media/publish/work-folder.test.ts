import { access, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createWorkFolderSweep, openWorkFolder } from './work-folder.ts';

const isThere = (folder: string) =>
  access(folder).then(
    () => true,
    () => false,
  );
/** A folder whose owner was killed: it looks like any other, and nobody renews it. */
async function orphan(folder: string): Promise<string> {
  const left = await mkdtemp(folder.slice(0, -6));
  await writeFile(path.join(left, '360.m4s'), 'half a rendition');
  return left;
}

it('is gone after its use, whatever lies in it', async () => {
  let used = '';
  {
    await using folder = await openWorkFolder();
    used = folder.path;
    await writeFile(path.join(used, 'clip.mp4'), 'x');
    expect(await readdir(used)).toEqual(['clip.mp4']);
  }
  expect(await isThere(used)).toBe(false);
});

it('is removed when nobody renews its lease, and only then', async () => {
  await using folder = await openWorkFolder();
  const left = await orphan(folder.path);
  // Two renewals long; no other worker of this machine runs with so little patience.
  const sweep = createWorkFolderSweep({ abandonedAfterMs: 5000 });
  expect(await sweep()).toBe(0);
  await expect.poll(async () => [await sweep(), await isThere(left)][1], { interval: 500 }).toBe(false);
  expect(await isThere(folder.path)).toBe(true);
});

it('is not taken for abandoned because a clock was put right', async () => {
  await using folder = await openWorkFolder();
  const left = await orphan(folder.path);
  const longAgo = new Date(Date.now() - 3_600_000);
  await utimes(left, longAgo, longAgo);
  const sweep = createWorkFolderSweep({ abandonedAfterMs: 60_000 });
  await sweep();
  await sleep(50);
  expect(await sweep()).toBe(0);
  expect(await isThere(left)).toBe(true);
  await rm(left, { recursive: true });
});

it('lies where temporary files lie', async () => {
  await using folder = await openWorkFolder();
  expect(path.dirname(folder.path)).toBe(tmpdir());
});
