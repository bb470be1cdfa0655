import { randomUUID } from 'node:crypto';
import { changesOf } from '#lib/audit/audit-entry.ts';
import { recordAudit } from '#lib/audit/record-audit.ts';
import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import type { PortalDeps, Transaction } from '#lib/deps.ts';
import { badRequest, conflict, notFound } from '#lib/errors.ts';
import { toUserJson } from './list-users.ts';
import { requireGrantable, requireManaged, seesAccount } from './people-reach.ts';
import { countOtherAdmins, lockAdmins, lockUser, revokeKeysOf, updateUser } from './people-repo.ts';
import type { NewUser, PatchUser, UserJson } from './people-schemas.ts';
import { userEntry, userFacts } from './user-entry.ts';
import { insertUserUnlessTaken, type User } from './user-repo.ts';
import { ALL_TEAMS } from './user-schemas.ts';

type Deps = Pick<PortalDeps, 'db' | 'now'>;

/**
 * Makes an account without a password: its person sets one by an invitation, or signs in by a provider.
 * @throws AppError 403 (role, `foreign_team`), 409 `user_exists`.
 */
export async function addUser(deps: Deps, admin: UserContext, input: NewUser): Promise<UserJson> {
  authorize(admin, 'people.manage');
  requireGrantable(admin, input.team_access);
  const account = {
    id: randomUUID(),
    email: input.email,
    name: input.name,
    passwordHash: null,
    role: input.role,
    teamAccess: input.team_access,
    playerId: input.player_id ?? null,
  };
  return deps.db.$transaction(async (tx) => {
    const user = await insertUserUnlessTaken(tx, account);
    if (!user) throw conflict('user_exists', 'There is an account of this address already.');
    await recordAudit(tx, admin, userEntry('user.create', user, { after: userFacts(user) }));
    return toUserJson(admin, user);
  });
}

/** The account under change, held until the transaction ends. @throws AppError 404, 403. */
export async function holdManaged(tx: Transaction, admin: UserContext, id: string): Promise<User> {
  const user = await lockUser(tx, id);
  if (!user || !seesAccount(admin, user)) throw notFound('User');
  requireManaged(admin, user);
  return user;
}

const isAdmin = (user: Pick<User, 'role' | 'disabledAt'>) => user.role === 'admin' && !user.disabledAt;
const hasAll = (user: Pick<User, 'teamAccess'>) => user.teamAccess.includes(ALL_TEAMS);

/** @throws AppError 409 `last_admin` when nobody would be left who manages people, or who has all teams. */
async function requireAnotherAdmin(tx: Transaction, before: User, after: User): Promise<void> {
  if (!isAdmin(before)) return;
  const losesAll = hasAll(before) && !(isAdmin(after) && hasAll(after));
  if (isAdmin(after) && !losesAll) return;
  if ((await countOtherAdmins(tx, before.id, losesAll)) > 0) return;
  throw conflict('last_admin', 'This is the last admin that can do this work; make another one first.');
}

/** The account as the patch leaves it. @throws AppError 400 for a player without a player id, and the reverse. */
function patched(user: User, patch: PatchUser, now: Date) {
  const role = patch.role ?? user.role;
  const playerId = patch.player_id === undefined ? (role === 'player' ? user.playerId : null) : patch.player_id;
  if ((role === 'player') !== (playerId !== null)) {
    const message =
      role === 'player'
        ? 'A player needs a player id: it decides whose clips they see.'
        : 'Only the role player has a player id.';
    throw badRequest([{ path: 'player_id', message }]);
  }
  const disabledAt = patch.disabled === undefined ? user.disabledAt : patch.disabled ? (user.disabledAt ?? now) : null;
  return {
    name: patch.name ?? user.name,
    role,
    teamAccess: patch.team_access ?? user.teamAccess,
    playerId,
    disabledAt,
  };
}

async function applyPatch(deps: Deps, tx: Transaction, admin: UserContext, before: User, patch: PatchUser) {
  const data = patched(before, patch, deps.now());
  await requireAnotherAdmin(tx, before, { ...before, ...data });
  const isEnding = !before.disabledAt && data.disabledAt !== null;
  const user = await updateUser(tx, before.id, {
    ...data,
    ...(isEnding ? { sessionVersion: { increment: 1 } } : {}),
  });
  const keys = isEnding ? await revokeKeysOf(tx, user.id, deps.now()) : 0;
  const changes = changesOf(userFacts(before), userFacts(user));
  const teams = before.teamAccess;
  const entries = changes ? [userEntry('user.update', user, { ...changes, teams })] : [];
  if (isEnding) entries.push(userEntry('user.disable', user, { after: { revoked_keys: keys }, teams }));
  if (before.disabledAt && !data.disabledAt) entries.push(userEntry('user.enable', user));
  await recordAudit(tx, admin, ...entries);
  return user;
}

/**
 * Changes an account. Disabling it ends its sessions and its keys at once; enabling it again brings neither back.
 * @throws AppError 400; 403 `own_account`, `foreign_account`, `foreign_team`; 404; 409 `last_admin`.
 */
export async function changeUser(deps: Deps, admin: UserContext, id: string, patch: PatchUser): Promise<UserJson> {
  authorize(admin, 'people.manage');
  return deps.db.$transaction(async (tx) => {
    await lockAdmins(tx);
    const before = await holdManaged(tx, admin, id);
    if (patch.team_access) requireGrantable(admin, patch.team_access);
    return toUserJson(admin, await applyPatch(deps, tx, admin, before, patch));
  });
}
