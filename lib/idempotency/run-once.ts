import type { z } from 'zod';
import type { UserContext } from '#lib/auth/user-context.ts';
import { withinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps, Transaction } from '#lib/deps.ts';
import { AppError, unprocessable } from '#lib/errors.ts';
import type { IdempotentRequest } from '#lib/http/idempotency-key.ts';
import { insertKey, lockKey, selectKey } from './idempotency-repo.ts';

export interface OnceOptions<S extends z.ZodType> {
  /** The caller's key; `null` runs the work and remembers nothing. */
  request: IdempotentRequest | null;
  /** What is remembered of the work: names of what was made, from which an answer can be rendered at any time. */
  outcome: S;
  /** How long the work may take, in ms. */
  timeout?: number;
}

export interface Once<T> {
  outcome: T;
  /** True when an earlier request did the work. */
  isReplay: boolean;
}

/**
 * What the caller's key did before: `null` when nothing, and then the key is the transaction's own until it ends.
 * @throws AppError 409 `request_in_progress`, 422 `idempotency_key_reused`
 */
export async function recall<S extends z.ZodType>(
  tx: Transaction,
  user: UserContext,
  { request, outcome }: Pick<OnceOptions<S>, 'request' | 'outcome'>,
): Promise<z.output<S> | null> {
  if (!request) return null;
  if (!(await lockKey(tx, user.userId, request.key))) {
    throw new AppError({
      status: 409,
      code: 'request_in_progress',
      detail: 'The first request with this Idempotency-Key runs still; ask again shortly.',
      headers: { 'Retry-After': '1' },
    });
  }
  const earlier = await selectKey(tx, user.userId, request.key);
  if (!earlier) return null;
  if (earlier.request_hash !== request.hash) {
    throw unprocessable(
      'idempotency_key_reused',
      'This Idempotency-Key was used for another request within the last 24 hours; take a new key.',
    );
  }
  return outcome.parse(earlier.outcome);
}

/** Remembers what the caller's request did, in the transaction that did it. */
export async function remember(
  tx: Transaction,
  user: UserContext,
  request: IdempotentRequest | null,
  outcome: unknown,
): Promise<void> {
  if (request) await insertKey(tx, user.userId, request, outcome);
}

/**
 * Does work within the caller's reach at most once for a key. Work and memory are one transaction: a crash leaves both
 * or none, and a request that failed may be sent again (draft-ietf-httpapi-idempotency-key-header-07).
 *
 * @throws AppError 409 `request_in_progress` while the first one runs, 422 `idempotency_key_reused` for another body.
 */
export function runOnce<S extends z.ZodType>(
  deps: Pick<PortalDeps, 'db'>,
  user: UserContext,
  { request, outcome, timeout }: OnceOptions<S>,
  work: (tx: Transaction) => Promise<z.output<S>>,
): Promise<Once<z.output<S>>> {
  const once = async (tx: Transaction) => {
    const earlier = await recall(tx, user, { request, outcome });
    if (earlier !== null) return { outcome: earlier, isReplay: true };
    const done = await work(tx);
    await remember(tx, user, request, done);
    return { outcome: done, isReplay: false };
  };
  return withinReach(deps.db, user, once, timeout === undefined ? {} : { timeout });
}
