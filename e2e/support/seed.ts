import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { generateApiKey, hashApiKey, hintOf } from '#lib/auth/api-key.ts';
import { hashPassword } from '#lib/auth/password.ts';
import { openDatabase } from '#lib/db/prisma-client.ts';
import { insertApiKey, insertUser } from '#lib/users/user-repo.ts';
import { accountOf, PASSWORD, type TestAccount } from './accounts.ts';
import { apiOf, uploadMaster } from './api.ts';
import { until } from './conditions.ts';
import { unprepare } from './database.ts';
import { type LIBRARY_CLIPS, LIBRARY_MASTERS } from './library.ts';
import { makeNumberedMaster } from './numbered-master.ts';
import type { PortalState } from './portal-state.ts';

/** Puts accounts into the portal; one API key each, by e-mail. All have the password of `accounts.ts`. */
export async function seedAccounts(databaseUrl: string, accounts: TestAccount[]): Promise<Record<string, string>> {
  const db = openDatabase(databaseUrl);
  const keys: Record<string, string> = {};
  const passwordHash = await hashPassword(PASSWORD);
  for (const { email, name, role, teams, playerId } of accounts) {
    const id = randomUUID();
    const user = await insertUser(db, { id, email, name, role, teamAccess: teams, playerId, passwordHash });
    const key = generateApiKey();
    const hashed = { keyHash: hashApiKey(key), keyHint: hintOf(key), expiresAt: null };
    await insertApiKey(db, { id: randomUUID(), userId: user.id, name: 'test', ...hashed });
    keys[email] = key;
  }
  await db.$disconnect();
  return keys;
}

type MasterName = keyof typeof LIBRARY_MASTERS;

async function seedMaster(state: PortalState, name: MasterName): Promise<string> {
  const { rate, seconds, ...place } = LIBRARY_MASTERS[name];
  const file = state.masterFiles[name];
  await makeNumberedMaster(file, { rate, seconds });
  const admin = apiOf(accountOf('admin', place.team_code), state);
  const { id, completed } = await uploadMaster(admin, file, place);
  if (completed.status !== 200) throw new Error(`The master ${name} was refused: ${completed.text}`);
  await unprepare(id, state);
  return id;
}

async function seedClips(
  state: PortalState,
  wanted: typeof LIBRARY_CLIPS,
  masters: Record<MasterName, string>,
): Promise<void> {
  const root = apiOf(accountOf('admin'), state);
  const clips = wanted.map(({ master, ...facts }) => {
    const { team_code, season, game_id, period } = LIBRARY_MASTERS[master];
    const opponent_code = team_code === 'MTL' ? 'CHI' : 'MTL';
    return {
      ...facts,
      team_code,
      season,
      game_id,
      period,
      opponent_code,
      game_date: '2025-10-11',
      master_id: masters[master],
    };
  });
  const created = await root.post('/clips/batch', { clips });
  if (created.json.created !== clips.length) throw new Error(`The library's clips were refused: ${created.text}`);
  await until(async () => (await root.get('/clips?status=ready')).json.total === clips.length, {
    what: `the worker to cut the library; its log is ${path.join(state.dataDir, 'logs')}`,
    timeoutMs: 180_000,
  });
}

/** Uploads the library's masters and has clips of it cut, as if that was before masters were prepared. */
export async function seedLibrary(state: PortalState, clips: typeof LIBRARY_CLIPS): Promise<PortalState['masters']> {
  const masters = { mtl: await seedMaster(state, 'mtl'), chi: await seedMaster(state, 'chi') };
  await seedClips(state, clips, masters);
  return masters;
}
