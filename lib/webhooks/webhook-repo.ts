import type { UserContext } from '#lib/auth/user-context.ts';
import { withinReach } from '#lib/auth/within-reach.ts';
import { type Database, type DbOrTx, Prisma } from '#lib/db/prisma-client.ts';

export type WebhookRow = Prisma.WebhookGetPayload<object>;
export type OwnedWebhook = Prisma.WebhookGetPayload<{ include: { apiKey: { include: { user: true } } } }>;
export type DeliveryRow = Prisma.WebhookDeliveryGetPayload<object>;

/** How long a message can be looked at, and replayed. */
const KEEP_DELIVERIES_DAYS = 30;
const MAX_LISTED = 500;

/**
 * @param keys a condition over `api_keys k` and its `users u`.
 * @param apiKeyId narrows to one of these keys.
 */
export async function selectWebhooks(db: DbOrTx, keys: Prisma.Sql, apiKeyId?: string): Promise<WebhookRow[]> {
  const ofKey = apiKeyId === undefined ? Prisma.empty : Prisma.sql`AND k.id = ${apiKeyId}::uuid`;
  const found = await db.$queryRaw<{ id: string }[]>`
    SELECT w.id::text FROM media.webhooks w
    JOIN media.api_keys k ON k.id = w.api_key_id JOIN media.users u ON u.id = k.user_id
    WHERE ${keys} ${ofKey} ORDER BY w.created_at, w.id LIMIT ${MAX_LISTED}`;
  return db.webhook.findMany({
    where: { id: { in: found.map(({ id }) => id) } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
}

/** A webhook with its key and whose that is. */
export const selectWebhook = (db: DbOrTx, id: string): Promise<OwnedWebhook | null> =>
  db.webhook.findUnique({ where: { id }, include: { apiKey: { include: { user: true } } } });

/** The same, held until the transaction ends. */
export async function lockWebhook(tx: DbOrTx, id: string): Promise<OwnedWebhook | null> {
  await tx.$queryRaw`SELECT FROM media.webhooks WHERE id = ${id}::uuid FOR UPDATE`;
  return selectWebhook(tx, id);
}

export const insertWebhook = (
  db: DbOrTx,
  data: Pick<WebhookRow, 'id' | 'apiKeyId' | 'url' | 'secret' | 'eventTypes'>,
): Promise<WebhookRow> => db.webhook.create({ data });

export const updateWebhook = (db: DbOrTx, id: string, data: Partial<Omit<WebhookRow, 'id'>>): Promise<WebhookRow> =>
  db.webhook.update({ where: { id }, data });

export const deleteWebhookRow = (db: DbOrTx, id: string): Promise<WebhookRow> => db.webhook.delete({ where: { id } });

export const countWebhooks = (db: DbOrTx, apiKeyId: string): Promise<number> =>
  db.webhook.count({ where: { apiKeyId } });

/** A webhook's newest messages, of what the caller reaches now. */
export const selectDeliveries = (
  db: Database,
  user: UserContext,
  webhookId: string,
  limit: number,
): Promise<DeliveryRow[]> =>
  withinReach(db, user, (tx) =>
    tx.webhookDelivery.findMany({
      where: { webhookId },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: limit,
    }),
  );

export const insertTest = (tx: DbOrTx, id: string, webhookId: string, nextAttemptAt: Date): Promise<DeliveryRow> =>
  tx.webhookDelivery.create({ data: { id, webhookId, type: 'webhook.test', data: {}, nextAttemptAt } });

/** Puts a message back to its start; `null` when it is not there, or not ended. */
export async function resetDelivery(
  tx: DbOrTx,
  webhookId: string,
  id: string,
  nextAttemptAt: Date,
): Promise<DeliveryRow | null> {
  const [row] = await tx.webhookDelivery.updateManyAndReturn({
    where: { id, webhookId, state: { not: 'pending' } },
    data: { state: 'pending', attempts: 0, nextAttemptAt, responseStatus: null, error: null, endedAt: null },
  });
  return row ?? null;
}

export const hasDelivery = async (tx: DbOrTx, webhookId: string, id: string): Promise<boolean> =>
  (await tx.webhookDelivery.count({ where: { id, webhookId } })) > 0;

/** Takes messages that nobody has put in line yet; several workers take different ones. */
export const takeNewDeliveries = (tx: DbOrTx, limit: number): Promise<{ id: string }[]> =>
  tx.$queryRaw<{ id: string }[]>`
    UPDATE media.webhook_deliveries SET next_attempt_at = now() WHERE id IN (
      SELECT id FROM media.webhook_deliveries WHERE state = 'pending' AND next_attempt_at IS NULL
      ORDER BY created_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
    ) RETURNING id::text`;

/** A message with all that its sending depends on. */
export const findDelivery = (db: DbOrTx, id: string) =>
  db.webhookDelivery.findUnique({
    where: { id },
    include: { webhook: { include: { apiKey: { include: { user: true } } } } },
  });

/** Where the clip or master of a message is now: its team and player; `null` when it is gone. */
export async function findSubject(
  db: DbOrTx,
  { clipId, masterId }: Pick<DeliveryRow, 'clipId' | 'masterId'>,
): Promise<{ teamCode: string; playerId: string | null } | null> {
  if (masterId) {
    const master = await db.master.findUnique({ where: { id: masterId }, select: { teamCode: true } });
    return master && { ...master, playerId: null };
  }
  // A clip that waits to be removed is gone, too; the column is read as JSON because not every schema has it.
  const rows = await db.$queryRaw<{ teamCode: string; playerId: string }[]>(Prisma.sql`
    SELECT c.team_code AS "teamCode", c.player_id AS "playerId" FROM media.clips c
    WHERE c.clip_id = ${clipId} AND to_jsonb(c) ->> 'deleted_at' IS NULL`);
  return rows[0] ?? null;
}

export const updateDelivery = async (
  tx: DbOrTx,
  { id, attempts }: Pick<DeliveryRow, 'id' | 'attempts'>,
  data: Prisma.WebhookDeliveryUpdateManyMutationInput,
): Promise<boolean> =>
  (await tx.webhookDelivery.updateMany({ where: { id, attempts, state: 'pending' }, data })).count > 0;

/** Removes what ended, or was never sent, long ago; for the worker. */
export const sweepDeliveries = (db: Database): Promise<number> =>
  db.$executeRaw`DELETE FROM media.webhook_deliveries
    WHERE created_at < now() - make_interval(days => ${KEEP_DELIVERIES_DAYS})`;
