import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';

import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UserContext } from '#lib/auth/user-context.ts';
import { makeReel } from '#lib/reels/reels-fixture.ts';
import { BUCKETS, clipRow, enlist, faultOf, type PortalFixture, portalFixture } from '#lib/runtime/portal-fixture.ts';
import type { ObjectStore } from '#lib/storage/port/object-store.ts';
import { downloadReel } from './download-reel.ts';

const run = promisify(execFile);
const SIZE = 3 * 1024 * 1024;

let portal: PortalFixture;
let coach: UserContext;
let folder: string;
beforeAll(async () => {
  portal = await portalFixture();
  coach = await enlist(portal.deps, 'coach', { teamAccess: ['MTL'] });
  folder = await mkdtemp(path.join(tmpdir(), 'reel-zip-'));
  for (const clipId of ['one', 'two', 'three']) await addClip(clipId);
  await portal.db.clip.create({ data: clipRow({ clipId: 'failed', processingStatus: 'failed' }) });
  await portal.db.clip.create({ data: clipRow({ clipId: 'waiting', processingStatus: 'pending' }) });
});
afterAll(async () => {
  await portal.close();
  await rm(folder, { recursive: true, force: true });
});

const bytesOf = (clipId: string): Buffer => Buffer.alloc(SIZE, clipId);

async function addFile(id: number, clipId: string): Promise<void> {
  const ref = { bucket: BUCKETS.media, key: `MTL/2025-2026/20031/${clipId}/clip.mp4` };
  const { generation } = await portal.store.write(ref, bytesOf(clipId), { contentType: 'video/mp4' });
  const gcsUri = `gs://${ref.bucket}/${ref.key}`;
  await portal.db.clipAsset.create({ data: { clipId: id, assetType: 'mp4', gcsUri, generation } });
}

async function addClip(clipId: string): Promise<void> {
  const facts = { clipId, opponentCode: 'CHI', playerName: 'A Player', playerId: '7', period: 2 };
  const { id } = await portal.db.clip.create({ data: clipRow(facts) });
  await addFile(id, clipId);
}

/** The archive's files, by a program that knows nothing of how it was made. */
async function unzip(stream: ReadableStream<Uint8Array>): Promise<Map<string, Buffer>> {
  const out = await mkdtemp(path.join(folder, 'out-'));
  const zip = path.join(out, 'reel.zip');
  await pipeline(Readable.fromWeb(stream as Parameters<typeof Readable.fromWeb>[0]), createWriteStream(zip));
  await run('unzip', ['-t', zip]);
  await run('unzip', ['-d', path.join(out, 'files'), zip], { env: { ...process.env, LC_ALL: 'C.UTF-8' } });
  const names = await readdir(path.join(out, 'files'));
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(path.join(out, 'files', name))] as const)),
  );
}

describe('the clips of a reel as a ZIP', () => {
  it('has each in its order, one that is cut meanwhile too, and says what it lacks', async () => {
    const { deps, db } = portal;
    const items = ['one', 'waiting', 'two', 'failed', 'one', 'three'];
    const { id } = await makeReel(deps, coach, 'staff', items);
    await db.clip.update({ where: { clipId: 'three' }, data: { deletedAt: new Date() } });
    await deps.queue.enqueueCuts(db, 'later', ['waiting']);
    const { disposition, stream } = await downloadReel(deps, coach, id);
    expect(disposition).toBe('attachment; filename="A reel.zip"');
    expect((await portal.jobs('encode'))[0]?.priority).toBe(10);
    // What waits is cut while the others are read.
    const waiting = await db.clip.findUniqueOrThrow({ where: { clipId: 'waiting' } });
    await addFile(waiting.id, 'waiting');
    await db.clip.update({ where: { clipId: 'waiting' }, data: { processingStatus: 'ready' } });
    const files = await unzip(stream);
    expect([...files.keys()].sort()).toEqual([
      '01 Shot – A Player – CHI Game 20031 P2 00m01s.mp4',
      '02 Shot – Player 8480018 – Game 20031 00m01s.mp4',
      '03 Shot – A Player – CHI Game 20031 P2 00m01s.mp4',
      '05 Shot – A Player – CHI Game 20031 P2 00m01s.mp4',
      'README.txt',
    ]);
    const [one, second, third] = [...files.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, bytes]) => bytes);
    expect([one?.equals(bytesOf('one')), second?.equals(bytesOf('waiting')), third?.equals(bytesOf('two'))]).toEqual([
      ...[true, true, true],
    ]);
    const readme = files.get('README.txt')?.toString() ?? '';
    expect(readme).toContain('4. it could not be cut');
    expect(readme).toContain('6. the reel does not show it any more');
    await db.clip.update({ where: { clipId: 'three' }, data: { deletedAt: null } });
    expect(await db.auditEntry.count({ where: { action: 'reel.download', targetId: id } })).toBe(1);
  });

  it('grants nobody a file that they could not download alone', async () => {
    const { deps } = portal;
    const { id } = await makeReel(deps, coach, 'team', ['one', 'failed']);
    const other = await enlist(deps, 'player', { teamAccess: ['MTL'], playerId: '9' });
    const own = await enlist(deps, 'player', { teamAccess: ['MTL'], playerId: '7' });
    const scout = await enlist(deps, 'scout', { teamAccess: ['MTL'] });
    const foreign = await enlist(deps, 'coach', { teamAccess: ['CHI'] });
    const namesFor = async (user: UserContext) =>
      [...(await unzip((await downloadReel(deps, user, id)).stream)).keys()].sort();
    const first = '01 Shot – A Player – CHI Game 20031 P2 00m01s.mp4';
    expect(await namesFor(other)).toEqual(['README.txt']);
    expect(await namesFor(own)).toEqual([first, 'README.txt']);
    expect(await namesFor(scout)).toEqual([first, 'README.txt']);
    expect(await faultOf(downloadReel(deps, foreign, id))).toMatchObject({ status: 404 });
  });

  it('reads no further than its reader, and ends with them', async () => {
    const { deps } = portal;
    const { id } = await makeReel(deps, coach, 'staff', ['one', 'two', 'three']);
    const opened: Readable[] = [];
    let bytes = 0;
    const store: ObjectStore = {
      ...portal.store,
      read: async (...args) => {
        const stream = await portal.store.read(...args);
        opened.push(stream);
        stream.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
        });
        stream.pause();
        return stream;
      },
    };
    const { stream } = await downloadReel({ ...deps, store }, coach, id);
    const reader = stream.getReader();
    for (let i = 0; i < 4; i++) await reader.read();
    expect(opened.length).toBe(1);
    expect(bytes).toBeLessThan(SIZE);
    await reader.cancel();
    await expect.poll(() => opened.map(({ destroyed }) => destroyed)).toEqual([true]);
  });
});
