import { createPublicKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort, removeLocalPostgres } from '#lib/db/local-postgres.ts';
import { LAKE, MEDIA, PORTAL_CORS } from '#lib/storage/google/fake/harness.ts';
import { type FakeGcs, startFakeGcs } from '#lib/storage/google/fake/server.ts';
import type { ManagedProcess } from '#scripts/portal/child-process.ts';
import { startPortal } from '#scripts/portal/start-portal.ts';
import { ACCOUNTS, accountOf } from './accounts.ts';
import { apiOf, untilReady, uploadMaster } from './api.ts';
import { type CdnStandIn, startCdnStandIn } from './cdn-stand-in.ts';
import { unprepare } from './database.ts';
import { makeNumberedMaster } from './numbered-master.ts';
import type { RunningPortal } from './portal-state.ts';
import { startSecondWeb } from './processes.ts';
import { seedAccounts } from './seed.ts';

const ACCOUNT = 'portal@project.iam.gserviceaccount.com';
export const GOOGLE_PLACE = { team_code: 'MTL', season: '2025-2026', game_id: '20031', period: 1 };

/** Long enough that a slow line has not brought all of it after half a minute. */
export const LONG_CLIP = { id: 'google-long', seconds: 96 };
export const SHORT_CLIPS = ['google-1', 'google-2', 'google-3'];

/** How long a URL of `brief` lives: 20 s, in the minutes of the environment. */
const BRIEF_TTL_MINUTES = '0.3334';

/** A portal whose objects lie on the fake of Google: another origin than its own, with the buckets' CORS between. */
export interface GooglePortal {
  state: RunningPortal;
  fake: FakeGcs;
  cdn: CdnStandIn;
  masterFile: string;
  /** Other webs of the same portal: one whose URLs live 20 s, and one behind the CDN. */
  urls: { brief: string; cdn: string };
  close(): Promise<void>;
}

/** A service account's key file, as Google hands it out, and the public half for the fake. */
async function makeServiceAccount(file: string) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const secret = {
    type: 'service_account',
    project_id: 'project',
    private_key_id: '1',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    client_email: ACCOUNT,
  };
  await writeFile(file, JSON.stringify(secret), { mode: 0o600 });
  return createPublicKey(publicKey.export({ type: 'spki', format: 'pem' }));
}

/** One long master and its clips, by the API and the real worker; as from before masters were prepared. */
async function seedClips(state: RunningPortal, masterFile: string): Promise<void> {
  const admin = apiOf(accountOf('admin', 'MTL'), state);
  await makeNumberedMaster(masterFile, { rate: '30', seconds: LONG_CLIP.seconds + 2 });
  const { id, completed } = await uploadMaster(admin, masterFile, GOOGLE_PLACE);
  if (completed.status !== 200) throw new Error(`The master was refused: ${completed.text}`);
  await unprepare(id, state);
  const facts = { ...GOOGLE_PLACE, master_id: id, player_id: '9000001', event_type: 'shift' };
  const clips = [
    { ...facts, clip_id: LONG_CLIP.id, start_timecode_s: 0, end_timecode_s: LONG_CLIP.seconds },
    ...SHORT_CLIPS.map((clip_id, at) => ({ ...facts, clip_id, start_timecode_s: at, end_timecode_s: at + 2 })),
  ];
  const created = await admin.post('/clips/batch', { clips });
  if (created.json.failed !== 0) throw new Error(`The clips were refused: ${created.text}`);
  for (const { clip_id } of clips) await untilReady(admin, clip_id);
}

export async function openGooglePortal(): Promise<GooglePortal> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'heartbeat-google-'));
  const undo: (() => Promise<unknown>)[] = [() => rm(dataDir, { recursive: true, force: true })];
  const close = async () => {
    for (const step of undo.toReversed()) await step();
  };
  try {
    const keyFile = path.join(dataDir, 'key.json');
    const publicKey = await makeServiceAccount(keyFile);
    const ports = [await freePort(), await freePort(), await freePort()];
    const [main = '', brief = '', behindCdn = ''] = ports.map((port) => `http://localhost:${port}`);
    const cors = [{ ...PORTAL_CORS, origin: [main, brief, behindCdn] }];
    const fake = await startFakeGcs({
      buckets: { [LAKE]: cors, [MEDIA]: cors },
      keys: { accounts: { [ACCOUNT]: publicKey }, hmacSecrets: {} },
    });
    undo.push(fake.close);
    const cdn = await startCdnStandIn(fake, MEDIA);
    undo.push(cdn.close);
    const portal = await startPortal({
      ...{ dataDir, port: ports[0] ?? 0, secret: randomUUID() + randomUUID(), workers: 1, durable: false },
      env: {
        API_RATE_LIMIT_PER_MINUTE: '10000000',
        MEDIA_STORE: 'gcs',
        MEDIA_LAKE_BUCKET: LAKE,
        MEDIA_GCS_BUCKET: MEDIA,
        STORAGE_EMULATOR_HOST: fake.origin,
        GOOGLE_APPLICATION_CREDENTIALS: keyFile,
      },
    });
    undo.push(async () => {
      await portal.stop();
      await removeLocalPostgres(path.join(dataDir, 'postgres'));
    });
    const state: RunningPortal = {
      ...{ url: portal.url, dataDir, databaseUrl: portal.postgres.url, env: portal.env },
      ...{ webPid: portal.web.pid, workerPid: portal.workers[0]?.pid ?? 0 },
      apiKeys: await seedAccounts(portal.postgres.url, ACCOUNTS),
    };
    const startWeb = async (url: string, env: Record<string, string>): Promise<ManagedProcess> => {
      const web = await startSecondWeb({ ...env, PORT: new URL(url).port, NEXTAUTH_URL: url }, state);
      undo.push(web.process.stop);
      return web.process;
    };
    const masterFile = path.join(dataDir, 'p1-20251011-NHL-MTLvsCHI-20252026-20031.mp4');
    await Promise.all([
      startWeb(brief, { SIGNED_URL_TTL_MINUTES: BRIEF_TTL_MINUTES }),
      startWeb(behindCdn, cdn.env),
      seedClips(state, masterFile),
    ]);
    return { state, fake, cdn, masterFile, urls: { brief, cdn: behindCdn }, close };
  } catch (error) {
    await close();
    throw error;
  }
}
