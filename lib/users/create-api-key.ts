import { randomUUID } from 'node:crypto';
import { recordAudit } from '#lib/audit/record-audit.ts';
import { generateApiKey, hashApiKey, hintOf } from '#lib/auth/api-key.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { AppError, conflict } from '#lib/errors.ts';
import { keyEntry, keyFacts } from './key-entry.ts';
import { findUserByEmail, insertApiKey } from './user-repo.ts';
import type { CreateApiKey } from './user-schemas.ts';

const DAY_MS = 24 * 3_600_000;

export interface CreatedApiKey {
  id: string;
  /** The key itself. Only its hash is kept: this is the one time that it can be read. */
  key: string;
  expiresAt: Date | null;
}

/**
 * Makes an API key of an account, for commands of the shell. It asks nobody's leave: whoever holds `DATABASE_URL` owns
 * the accounts anyway. No route may call it.
 *
 * @throws AppError 404 `not_found` for an unknown e-mail address, 409 `user_disabled`.
 */
export async function createApiKey(deps: Pick<PortalDeps, 'db' | 'now'>, input: CreateApiKey): Promise<CreatedApiKey> {
  const user = await findUserByEmail(deps.db, input.email);
  if (!user) {
    throw new AppError({
      status: 404,
      code: 'not_found',
      detail: `There is no account of ${input.email}; npm run users:create makes one.`,
    });
  }
  if (user.disabledAt)
    throw conflict('user_disabled', `The account of ${input.email} is disabled; its keys open nothing.`);
  const key = generateApiKey();
  const expiresAt =
    input.expires_in_days === undefined ? null : new Date(deps.now().getTime() + input.expires_in_days * DAY_MS);
  const data = {
    id: randomUUID(),
    userId: user.id,
    name: input.name,
    keyHash: hashApiKey(key),
    keyHint: hintOf(key),
    scope: input.scope ?? 'write',
    expiresAt,
  };
  await deps.db.$transaction(async (tx) => {
    const made = await insertApiKey(tx, data);
    await recordAudit(tx, null, keyEntry('key.create', made, user, { after: keyFacts(made) }));
  });
  return { id: data.id, key, expiresAt };
}
