import { mayDo } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import type { Transaction } from '#lib/deps.ts';
import { notFound } from '#lib/errors.ts';
import { managesKey } from '#lib/users/people-reach.ts';
import { lockWebhook, type OwnedWebhook, selectWebhook } from './webhook-repo.ts';

type Key = OwnedWebhook['apiKey'];

/** A key manages what is its own; only an admin's, if it may write, what is an admin's. */
export const isProgram = (user: UserContext): boolean => user.apiKeyId !== undefined && !mayDo(user, 'people.manage');

/**
 * Whether the caller has the webhooks of a key in hand: the key itself, its person, and an admin who manages that
 * person. Who sees only some of the person's teams does not: an address of theirs would hear of the others.
 */
export const managesWebhooksOf = (user: UserContext, key: Pick<Key, 'id' | 'user'>): boolean =>
  key.id === user.apiKeyId || (!isProgram(user) && managesKey(user, key));

/** @throws AppError 404. */
export async function findManaged(db: Transaction, user: UserContext, id: string): Promise<OwnedWebhook> {
  return requireManagedWebhook(user, await selectWebhook(db, id));
}

/** The same, held until the transaction ends. @throws AppError 404. */
export async function holdManagedWebhook(tx: Transaction, user: UserContext, id: string): Promise<OwnedWebhook> {
  return requireManagedWebhook(user, await lockWebhook(tx, id));
}

function requireManagedWebhook(user: UserContext, webhook: OwnedWebhook | null): OwnedWebhook {
  if (!webhook || !managesWebhooksOf(user, webhook.apiKey)) throw notFound('Webhook');
  return webhook;
}
