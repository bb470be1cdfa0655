import { randomUUID } from 'node:crypto';
import { recordAudit } from '#lib/audit/record-audit.ts';
import { generateApiKey, hashApiKey, hintOf } from '#lib/auth/api-key.ts';
import { authorize, mayDo } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import type { PortalDeps, Transaction } from '#lib/deps.ts';
import { conflict, forbidden, notFound } from '#lib/errors.ts';
import { holdManaged } from './change-user.ts';
import { keyEntry, keyFacts } from './key-entry.ts';
import { managesKey, requireManaged, seesAccount, teamsOf } from './people-reach.ts';
import {
  countHoldingKeys,
  findKey,
  type KeyWithOwner,
  lockUser,
  revokeKey as markRevoked,
  selectKeys,
} from './people-repo.ts';
import type { CreatedKeyJson, KeyJson, KeyListJson, ListKeysQuery, NewKey } from './people-schemas.ts';
import { insertApiKey, type User } from './user-repo.ts';

type Deps = Pick<PortalDeps, 'db' | 'now'>;

const DAY_MS = 24 * 3_600_000;
/** Of one account, at a time. */
const MAX_KEYS = 100;

const toKeyJson = (caller: UserContext, key: KeyWithOwner): KeyJson => ({
  id: key.id,
  name: key.name,
  hint: key.keyHint,
  scope: key.scope === 'write' ? 'write' : 'read',
  user: { id: key.user.id, name: key.user.name, email: key.user.email },
  created_at: key.createdAt.toISOString(),
  expires_at: key.expiresAt?.toISOString() ?? null,
  last_used_at: key.lastUsedAt?.toISOString() ?? null,
  revoked_at: key.revokedAt?.toISOString() ?? null,
  can_revoke: !key.revokedAt && managesKey(caller, key),
});

/** One's own keys; for an admin, those of everybody in sight. Another's are not there for others. */
export async function listKeys(deps: Deps, caller: UserContext, query: ListKeysQuery): Promise<KeyListJson> {
  authorize(caller, 'account.read');
  const isAdmin = mayDo(caller, 'people.read');
  const foreign = query.user_id !== undefined && query.user_id !== caller.userId;
  if (foreign && !isAdmin) throw forbidden();
  const owners = {
    self: caller.userId,
    teams: isAdmin ? teamsOf(caller) : [],
    only: query.user_id ?? (isAdmin ? undefined : caller.userId),
  };
  const { keys, total } = await selectKeys(deps.db, owners, query, deps.now());
  return { keys: keys.map((key) => toKeyJson(caller, key)), total, limit: query.limit, offset: query.offset };
}

/** A key that the caller manages, whether or not it still holds. @throws AppError 404. */
export async function getManagedKey(deps: Deps, caller: UserContext, id: string): Promise<KeyJson> {
  const key = await findKey(deps.db, id);
  if (!key || !managesKey(caller, key)) throw notFound('Key');
  return toKeyJson(caller, key);
}

/** Whose key it becomes: one's own, or that of an account which the caller manages. @throws AppError 403, 404. */
async function holdOwner(tx: Transaction, caller: UserContext, userId: string): Promise<User> {
  if (userId !== caller.userId) {
    authorize(caller, 'people.manage');
    return holdManaged(tx, caller, userId);
  }
  const owner = await lockUser(tx, userId);
  if (!owner) throw notFound('User');
  return owner;
}

/** A key makes no key that outlives it. @throws AppError 403 `outlives_key`. */
async function requireShorterLife(tx: Transaction, caller: UserContext, expiresAt: Date | null): Promise<void> {
  const own = caller.apiKeyId ? await findKey(tx, caller.apiKeyId) : null;
  if (!own?.expiresAt || (expiresAt && expiresAt <= own.expiresAt)) return;
  throw forbidden('A key cannot make a key that works longer than itself.', 'outlives_key');
}

/**
 * Makes a key; what it may do ends at its scope and at what its person may do. It is told this once.
 * @throws AppError 403, 404, 409 `user_disabled`, `too_many_keys`.
 */
export async function addKey(deps: Deps, caller: UserContext, input: NewKey): Promise<CreatedKeyJson> {
  authorize(caller, 'account.write');
  const now = deps.now();
  const key = generateApiKey();
  const expiresAt = input.expires_in_days ? new Date(now.getTime() + input.expires_in_days * DAY_MS) : null;
  return deps.db.$transaction(async (tx) => {
    const owner = await holdOwner(tx, caller, input.user_id ?? caller.userId);
    if (owner.disabledAt) throw conflict('user_disabled', 'This account is disabled; its keys open nothing.');
    await requireShorterLife(tx, caller, expiresAt);
    if ((await countHoldingKeys(tx, owner.id, now)) >= MAX_KEYS) {
      throw conflict('too_many_keys', `This account has ${MAX_KEYS} keys; revoke some first.`);
    }
    const made = await insertApiKey(tx, {
      id: randomUUID(),
      userId: owner.id,
      name: input.name,
      keyHash: hashApiKey(key),
      keyHint: hintOf(key),
      scope: input.scope,
      expiresAt,
    });
    await recordAudit(tx, caller, keyEntry('key.create', made, owner, { after: keyFacts(made) }));
    return { ...toKeyJson(caller, { ...made, user: owner }), key };
  });
}

/** Ends a key at once; ending it twice is the same as once. @throws AppError 403, 404. */
export async function revokeKey(deps: Deps, caller: UserContext, id: string): Promise<void> {
  authorize(caller, 'account.write');
  await deps.db.$transaction(async (tx) => {
    const key = await findKey(tx, id);
    const isOwn = key?.userId === caller.userId;
    if (!key || !(isOwn || (mayDo(caller, 'people.manage') && seesAccount(caller, key.user)))) throw notFound('Key');
    if (!isOwn) requireManaged(caller, key.user);
    if (await markRevoked(tx, id, deps.now())) {
      await recordAudit(tx, caller, keyEntry('key.revoke', key, key.user, { before: keyFacts(key) }));
    }
  });
}
