import { type DbOrTx, Prisma } from '#lib/db/prisma-client.ts';
import type { IdempotentRequest } from '#lib/http/idempotency-key.ts';

/** How long a key is remembered. */
const KEPT = Prisma.sql`interval '24 hours'`;

/** Takes the key until the transaction ends. False while another request with it runs. */
export async function lockKey(tx: DbOrTx, userId: string, key: string): Promise<boolean> {
  const rows = await tx.$queryRaw<{ free: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended(${`idempotency ${userId} ${key}`}, 0)) AS free`;
  return rows[0]?.free ?? false;
}

/** What the key was used for within the last 24 hours. */
export async function selectKey(
  tx: DbOrTx,
  userId: string,
  key: string,
): Promise<{ request_hash: string; outcome: unknown } | null> {
  const rows = await tx.$queryRaw<{ request_hash: string; outcome: unknown }[]>`
    SELECT k.request_hash, k.outcome FROM media.idempotency_keys k
    WHERE k.user_id = ${userId}::uuid AND k.idempotency_key = ${key} AND k.created_at > now() - ${KEPT}`;
  return rows[0] ?? null;
}

/** Remembers a request, in the place of one that is past its day. */
export async function insertKey(
  tx: DbOrTx,
  userId: string,
  request: IdempotentRequest,
  outcome: unknown,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO media.idempotency_keys (user_id, idempotency_key, method, path, request_hash, outcome)
    VALUES (${userId}::uuid, ${request.key}, ${request.method}, ${request.path}, ${request.hash},
      ${JSON.stringify(outcome)}::jsonb)
    ON CONFLICT (user_id, idempotency_key) DO UPDATE SET method = EXCLUDED.method, path = EXCLUDED.path,
      request_hash = EXCLUDED.request_hash, outcome = EXCLUDED.outcome, created_at = EXCLUDED.created_at`;
}

/** Forgets keys that are past their day; how many. For the worker, who sees everybody's. */
export const deleteExpiredKeys = (db: DbOrTx): Promise<number> =>
  db.$executeRaw`DELETE FROM media.idempotency_keys k WHERE k.created_at <= now() - ${KEPT}`;
