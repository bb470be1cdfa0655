import { randomUUID } from 'node:crypto';
import { recordAudit } from '#lib/audit/record-audit.ts';
import { hashPassword } from '#lib/auth/password.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { conflict } from '#lib/errors.ts';
import { userEntry, userFacts } from './user-entry.ts';
import { insertUserUnlessTaken, type User } from './user-repo.ts';
import type { CreateUser } from './user-schemas.ts';

/**
 * Makes an account, for commands of the shell. It asks nobody's leave: whoever holds `DATABASE_URL` owns the accounts
 * anyway. No route may call it.
 *
 * @throws AppError 409 `user_exists`; 400 for a password that is too short or too long.
 */
export async function createUser(deps: Pick<PortalDeps, 'db'>, input: CreateUser): Promise<User> {
  const passwordHash = await hashPassword(input.password);
  const account = {
    id: randomUUID(),
    email: input.email,
    name: input.name,
    passwordHash,
    role: input.role,
    teamAccess: input.team_access,
    playerId: input.player_id ?? null,
  };
  const user = await deps.db.$transaction(async (tx) => {
    const made = await insertUserUnlessTaken(tx, account);
    if (made) await recordAudit(tx, null, userEntry('user.create', made, { after: userFacts(made) }));
    return made;
  });
  if (user) return user;
  throw conflict('user_exists', `There is an account of ${input.email} already.`);
}
