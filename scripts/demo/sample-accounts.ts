import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { hashApiKey } from '#lib/auth/api-key.ts';
import { hashPassword, verifyPassword } from '#lib/auth/password.ts';
import { ROLES } from '#lib/auth/user-context.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { createApiKey } from '#lib/users/create-api-key.ts';
import { createUser } from '#lib/users/create-user.ts';
import { findApiKey, findUserByEmail, replacePassword, revokeApiKeysNamed } from '#lib/users/user-repo.ts';
import { type CreateUser, createUserSchema } from '#lib/users/user-schemas.ts';
import { SAMPLE_PLAYERS } from './sample-clips.ts';

/** `demo.json` (contract §1). */
export const demoSchema = z.object({
  url: z.string(),
  users: z.array(
    z.object({
      email: z.string(),
      password: z.string(),
      role: z.enum(ROLES),
      team_access: z.array(z.string()),
      player_id: z.string().nullable(),
    }),
  ),
  api_keys: z.object({ admin: z.string(), coach: z.string(), player: z.string(), scout: z.string() }),
});
export type Demo = z.output<typeof demoSchema>;

type Deps = Pick<PortalDeps, 'db' | 'now'>;
type Account = Omit<CreateUser, 'password'>;

const player = SAMPLE_PLAYERS.lavallee;

/** One account a role. The player is one of the sample's. */
export const SAMPLE_ACCOUNTS: readonly Account[] = [
  { email: 'admin@heartbeat.local', name: 'Alex Admin', role: 'admin', team_access: ['ALL'] },
  { email: 'staff@heartbeat.local', name: 'Sam Staff', role: 'staff', team_access: ['MTL'] },
  { email: 'coach@heartbeat.local', name: 'Camille Coach', role: 'coach', team_access: ['MTL'] },
  { email: 'analyst@heartbeat.local', name: 'Ana Analyst', role: 'analyst', team_access: ['MTL'] },
  { email: 'scout@heartbeat.local', name: 'Scott Scout', role: 'scout', team_access: ['CHI', 'MTL'] },
  {
    email: 'player@heartbeat.local',
    name: player.name,
    role: 'player',
    team_access: [player.team],
    player_id: player.playerId,
  },
];

const KEY_NAME = 'demo';

/** The account with a password that is known: the one that it has, or a new one where nobody knows it any more. */
async function ensureAccount(deps: Deps, account: Account, known: string | undefined): Promise<string> {
  const user = await findUserByEmail(deps.db, account.email);
  if (user && known !== undefined && (await verifyPassword(user.passwordHash, known))) return known;
  const password = randomBytes(12).toString('base64url');
  if (user) await replacePassword(deps.db, user.id, await hashPassword(password));
  else await createUser(deps, createUserSchema.parse({ ...account, password }));
  return password;
}

/**
 * A key that works: the one that is known, or a new one in place of those that nobody knows any more. Of an account that
 * somebody has disabled there is none.
 */
async function ensureKey(deps: Deps, role: keyof Demo['api_keys'], known: string | undefined): Promise<string> {
  const email = `${role}@heartbeat.local`;
  const user = await findUserByEmail(deps.db, email);
  if (user?.disabledAt) return known ?? '';
  const found = known === undefined ? null : await findApiKey(deps.db, hashApiKey(known));
  if (known !== undefined && user && found && found.userId === user.id && !found.revokedAt) return known;
  if (user) await revokeApiKeysNamed(deps.db, user.id, KEY_NAME, deps.now());
  return (await createApiKey(deps, { email, name: KEY_NAME })).key;
}

/**
 * Accounts of all six roles with passwords, and API keys of four. What the last run wrote down stays as it is; what is
 * missing, or known to nobody since a run was cut off, is made anew.
 *
 * @param known what `demo.json` says, if there is one.
 * @returns what `demo.json` is to say.
 */
export async function ensureSampleAccounts(deps: Deps, url: string, known: Demo | null): Promise<Demo> {
  const users = await Promise.all(
    SAMPLE_ACCOUNTS.map(async (account) => ({
      email: account.email,
      password: await ensureAccount(deps, account, known?.users.find(({ email }) => email === account.email)?.password),
      role: account.role,
      team_access: account.team_access,
      player_id: account.player_id ?? null,
    })),
  );
  const keyOf = (role: keyof Demo['api_keys']) => ensureKey(deps, role, known?.api_keys[role]);
  const [admin, coach, playerKey, scout] = [
    await keyOf('admin'),
    await keyOf('coach'),
    await keyOf('player'),
    await keyOf('scout'),
  ];
  return { url, users, api_keys: { admin, coach, player: playerKey, scout } };
}
