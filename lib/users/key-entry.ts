import type { AuditEntry, AuditFacts } from '#lib/audit/audit-entry.ts';
import type { ApiKey, User } from './user-repo.ts';

/** What of a key is written down: nothing that opens anything. */
export const keyFacts = (key: ApiKey): AuditFacts => ({
  name: key.name,
  hint: key.keyHint,
  scope: key.scope,
  expires_at: key.expiresAt,
  user_id: key.userId,
});

/** The entry of what was done to a key of somebody's. */
export const keyEntry = (
  action: AuditEntry['action'],
  key: Pick<ApiKey, 'id'>,
  owner: Pick<User, 'teamAccess'>,
  facts: Pick<AuditEntry, 'before' | 'after'>,
): AuditEntry => ({ action, target: { type: 'key', id: key.id }, teams: owner.teamAccess, ...facts });
