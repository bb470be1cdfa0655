import { mayDo, reachOf } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { AppError, forbidden } from '#lib/errors.ts';
import { ALL_TEAMS } from './user-schemas.ts';

/** The teams whose people an admin has to do with. */
export function teamsOf(admin: UserContext): 'ALL' | readonly string[] {
  const reach = reachOf(admin);
  return reach.kind === 'none' ? [] : reach.teams;
}

interface Account {
  id: string;
  teamAccess: readonly string[];
}

/** An admin sees everybody who sees something of the admin's teams. */
export function seesAccount(admin: UserContext, account: Account): boolean {
  const teams = teamsOf(admin);
  if (teams === ALL_TEAMS || account.id === admin.userId) return true;
  return teams.length > 0 && account.teamAccess.some((team) => team === ALL_TEAMS || teams.includes(team));
}

/** Whether all these teams are the admin's. */
export function hasTeams(admin: UserContext, wanted: readonly string[]): boolean {
  const teams = teamsOf(admin);
  return teams === ALL_TEAMS || (wanted.length > 0 && wanted.every((team) => teams.includes(team)));
}

/** An admin changes those who reach nothing that the admin does not reach; never themselves. */
export const managesAccount = (admin: UserContext, account: Account): boolean =>
  account.id !== admin.userId && hasTeams(admin, account.teamAccess);

/** Whether the caller may end a key, and change what hangs on it: their own, or that of an account which they manage. */
export const managesKey = (caller: UserContext, { user }: { user: Account }): boolean =>
  user.id === caller.userId
    ? mayDo(caller, 'account.write')
    : mayDo(caller, 'people.manage') && managesAccount(caller, user);

/** @throws AppError 403 `own_account`, `foreign_account` */
export function requireManaged(admin: UserContext, account: Account): void {
  if (account.id === admin.userId) {
    throw forbidden('Nobody changes the rights of their own account; another admin can.', 'own_account');
  }
  if (hasTeams(admin, account.teamAccess)) return;
  throw forbidden('This account has teams that are not yours; an admin of those changes it.', 'foreign_account');
}

/** @throws AppError 403 `foreign_team` when somebody would be given teams that the admin does not have. */
export function requireGrantable(admin: UserContext, wanted: readonly string[]): void {
  if (hasTeams(admin, wanted)) return;
  throw new AppError({
    status: 403,
    code: 'foreign_team',
    detail: 'You can give only teams that are yours.',
    errors: [{ path: 'team_access', message: 'Not all of these teams are yours.' }],
  });
}
