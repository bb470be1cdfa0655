import { createHash } from 'node:crypto';
import { recordAudit } from '#lib/audit/record-audit.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { requestFacts } from '#lib/request-facts.ts';
import { findUserById, type User } from '#lib/users/user-repo.ts';

/** What is refused without a look at the password is told once in so long, however often it is tried. */
const THROTTLED_WINDOW_MS = 900_000;

/** Only what could be an address is kept: people type passwords into the wrong field. */
const plausible = (email: string): string => (/^[^\s@]{1,64}@[^\s@]{1,189}$/.test(email) ? email.toLowerCase() : '-');

/**
 * Writes down that somebody was not let in, as whom they tried, and from where.
 * @param attempt.user the account whose address it was, if there is one.
 */
export async function recordRefusedSignIn(
  deps: Pick<PortalDeps, 'db' | 'now'>,
  attempt: { email: string; reason: string; user: User | null },
): Promise<void> {
  const { reason, user } = attempt;
  const email = plausible(attempt.email);
  const window = Math.floor(deps.now().getTime() / THROTTLED_WINDOW_MS);
  await recordAudit(deps.db, null, {
    action: 'session.refuse',
    target: { type: 'user', id: user?.id ?? email },
    teams: user?.teamAccess ?? [],
    after: { email, reason },
    ...(reason === 'throttled' ? { once: onceKeyOf(email, window) } : {}),
  });
}

const onceKeyOf = (email: string, window: number): string =>
  createHash('sha256')
    .update(`${email}\0${requestFacts()?.ip ?? ''}\0${window}`)
    .digest('hex');

/** Writes down that a session began. */
export async function recordSessionStart(
  deps: Pick<PortalDeps, 'db'>,
  userId: string,
  provider?: string,
): Promise<void> {
  const user = await findUserById(deps.db, userId);
  if (!user) return;
  await recordAudit(
    deps.db,
    { userId, name: user.name },
    {
      action: 'session.start',
      target: { type: 'user', id: userId },
      teams: user.teamAccess,
      ...(provider ? { after: { provider } } : {}),
    },
  );
}
