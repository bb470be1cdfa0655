import type { AuditEntry, AuditFacts } from '#lib/audit/audit-entry.ts';
import type { User } from './user-repo.ts';

/** What of an account is written down. */
export const userFacts = (user: User): AuditFacts => ({
  email: user.email,
  name: user.name,
  role: user.role,
  team_access: user.teamAccess,
  player_id: user.playerId,
});

/** The entry of what was done to an account: the admins of its teams may read it. */
export const userEntry = (
  action: AuditEntry['action'],
  user: Pick<User, 'id' | 'teamAccess'>,
  { before, after, teams = [] }: { before?: AuditFacts; after?: AuditFacts; teams?: readonly string[] } = {},
): AuditEntry => ({
  action,
  target: { type: 'user', id: user.id },
  teams: [...new Set([...user.teamAccess, ...teams])],
  ...(before ? { before } : {}),
  ...(after ? { after } : {}),
});
