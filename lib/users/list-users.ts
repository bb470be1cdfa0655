import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { notFound } from '#lib/errors.ts';
import { managesAccount, seesAccount, teamsOf } from './people-reach.ts';
import { selectUsers } from './people-repo.ts';
import type { ListUsersQuery, UserJson, UserListJson } from './people-schemas.ts';
import { findUserById, type User } from './user-repo.ts';

type Deps = Pick<PortalDeps, 'db'>;

/** What an admin is shown of an account: an allow-list, without hashes. */
export const toUserJson = (admin: UserContext, user: User): UserJson => ({
  id: user.id,
  email: user.email,
  name: user.name,
  role: user.role,
  team_access: user.teamAccess,
  player_id: user.playerId,
  has_password: user.passwordHash !== null,
  disabled_at: user.disabledAt?.toISOString() ?? null,
  created_at: user.createdAt.toISOString(),
  updated_at: user.updatedAt.toISOString(),
  can_manage: managesAccount(admin, user),
});

/** The accounts that see something of the admin's teams, by name. @throws AppError 403. */
export async function listUsers(deps: Deps, admin: UserContext, query: ListUsersQuery): Promise<UserListJson> {
  authorize(admin, 'people.read');
  const { users, total } = await selectUsers(deps.db, teamsOf(admin), query);
  return { users: users.map((user) => toUserJson(admin, user)), total, limit: query.limit, offset: query.offset };
}

/** One account. @throws AppError 403, and 404 for one that the admin's teams have nothing to do with. */
export async function getUser(deps: Deps, admin: UserContext, id: string): Promise<UserJson> {
  authorize(admin, 'people.read');
  const user = await findUserById(deps.db, id);
  if (!user || !seesAccount(admin, user)) throw notFound('User');
  return toUserJson(admin, user);
}
