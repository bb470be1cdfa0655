import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UserContext } from '#lib/auth/user-context.ts';
import { createClipSchema } from '#lib/clips/clip-schemas.ts';
import { parseEnv } from '#lib/config/env.ts';
import { createTestDatabase, type TestDatabase } from '#lib/db/test-database.ts';
import { createLogger } from '#lib/logger.ts';
import { openPortal, type Portal } from '#lib/runtime/portal.ts';
import { createUser } from '#lib/users/create-user.ts';
import { findActingUser } from '#lib/users/find-acting-user.ts';
import { makeSampleMaster } from '#scripts/demo/make-sample-master.ts';
import { ensureClip } from './ensure-clip.ts';
import { type IngestProgress, ingestMaster } from './ingest-master.ts';
import { openLocalMaster } from './local-master.ts';
import { refuseTakenName } from './refuse-taken-name.ts';

const place = { team_code: 'MTL', season: '2025-2026', game_id: '20031', period: 1 };
const signal = new AbortController().signal;

let database: TestDatabase;
let portal: Portal;
let folder: string;
let admin: UserContext;
let file: string;
let other: string;

beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'ingest-'));
  const env = parseEnv({
    DATABASE_URL: database.url,
    NEXTAUTH_SECRET: 'a secret of the tests',
    MEDIA_DISK_ROOT: path.join(folder, 'objects'),
  });
  portal = await openPortal(env, { logger: createLogger('silent', 'test'), name: 'test' });
  const account = { email: 'a@example.org', name: 'A', role: 'admin' as const, team_access: ['ALL'] };
  await createUser(portal.deps, { ...account, password: 'a long password' });
  admin = await findActingUser(portal.deps);
  file = path.join(folder, 'p1.mp4');
  other = path.join(folder, 'other.mp4');
  await makeSampleMaster(file, { period: 1, caption: 'P1', seconds: 4, height: 180 }, { signal });
});
afterAll(async () => {
  await portal.close();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const ingest = (
  name: string,
  onProgress: (progress: IngestProgress) => void = () => undefined,
  abort = signal,
  source = file,
) =>
  openLocalMaster(source, name).then((local) =>
    ingestMaster(portal, admin, local, place, { signal: abort, onProgress }),
  );

describe('an ingest', () => {
  it('goes on after an interruption, and ends as a ready master with every phase told', async () => {
    const abort = new AbortController();
    const stop = ({ phase }: IngestProgress) => {
      if (phase === 'sending') abort.abort(new Error('Stopped.'));
    };
    await expect(ingest('p1.mp4', stop, abort.signal)).rejects.toThrow('Stopped.');
    expect(await database.db.master.findMany()).toMatchObject([{ status: 'uploading' }]);
    const phases = new Set<string>();
    const master = await ingest('p1.mp4', ({ phase }) => phases.add(phase));
    expect([...phases]).toEqual(['reading', 'sending', 'checking']);
    expect(master).toMatchObject({ status: 'ready', period: 1, height: 180, filename: 'p1.mp4' });
    expect(await database.db.master.count()).toBe(1);
  });

  it('says that a name is taken before it reads the file', async () => {
    const { deps } = portal;
    const taken = { ...place, filename: 'p1.mp4' };
    await expect(refuseTakenName(deps, admin, taken, 1)).rejects.toMatchObject({ status: 409, code: 'master_exists' });
    await expect(refuseTakenName(deps, admin, { ...taken, filename: 'p2.mp4' }, 1)).resolves.toBeUndefined();
    await writeFile(other, Buffer.alloc(1000));
    await expect(ingest('p1.mp4', undefined, signal, other)).rejects.toMatchObject({
      status: 409,
      code: 'master_exists',
    });
  });

  it('of what is ready sends nothing, and says what is there', async () => {
    const before = await database.db.master.findFirstOrThrow({ where: { filename: 'p1.mp4' } });
    await refuseTakenName(portal.deps, admin, { ...place, filename: 'p1.mp4' }, Number(before.sizeBytes));
    const phases = new Set<string>();
    const again = await ingest('p1.mp4', ({ phase }) => phases.add(phase));
    expect([again.id, again.status, [...phases]]).toEqual([before.id, 'ready', ['reading']]);
  });

  it('begins anew when the store has forgotten the session', async () => {
    const abort = new AbortController();
    const stop = ({ phase }: IngestProgress) => {
      if (phase === 'sending') abort.abort(new Error('Stopped.'));
    };
    await expect(ingest('p3.mp4', stop, abort.signal)).rejects.toThrow('Stopped.');
    const { uploadUrl } = await database.db.master.findFirstOrThrow({ where: { filename: 'p3.mp4' } });
    await portal.deps.store.cancelUpload(uploadUrl ?? '');
    expect(await ingest('p3.mp4')).toMatchObject({ status: 'ready' });
  });

  it('names what is wrong with a file', async () => {
    await expect(openLocalMaster(path.join(folder, 'none.mp4'))).rejects.toThrow(/none\.mp4 is not there/);
    await expect(openLocalMaster(folder)).rejects.toThrow(/is a folder/);
    await appendFile(path.join(folder, 'empty.mp4'), '');
    await expect(openLocalMaster(path.join(folder, 'empty.mp4'))).rejects.toThrow(/empty\.mp4 is empty/);
  });
});

describe('a clip from the shell', () => {
  const asked = async (endS: number) => {
    const { lakeUri } = await database.db.master.findFirstOrThrow({ where: { filename: 'p1.mp4' } });
    const request = createClipSchema.parse({
      ...place,
      clip_id: 'one',
      source_gcs_uri: lakeUri,
      start_timecode_s: 1,
      end_timecode_s: endS,
      event_type: 'shot',
      player_id: '9000001',
    });
    return { ...request, clip_id: 'one', source_gcs_uri: lakeUri };
  };

  it('is made once; the same again finds it, another cut under its name is refused, a failed one is tried again', async () => {
    const { deps } = portal;
    expect(await ensureClip(deps, admin, await asked(3))).toMatchObject({ how: 'created' });
    expect(await ensureClip(deps, admin, await asked(3))).toMatchObject({ how: 'there' });
    await expect(ensureClip(deps, admin, await asked(2))).rejects.toMatchObject({ code: 'clip_exists' });
    await database.db.clip.update({
      where: { clipId: 'one' },
      data: { processingStatus: 'failed', errorMessage: 'x' },
    });
    expect(await ensureClip(deps, admin, await asked(3))).toMatchObject({
      how: 'retried',
      clip: { processing_status: 'pending' },
    });
  });
});
