import { randomUUID } from 'node:crypto';
import { recordAudit } from '#lib/audit/record-audit.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { withinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { conflict, notFound } from '#lib/errors.ts';
import { messageIdOf } from './deliver-webhook.ts';
import { webhookEntry } from './webhook-entry.ts';
import { findManaged } from './webhook-reach.ts';
import { type DeliveryRow, hasDelivery, insertTest, resetDelivery, selectDeliveries } from './webhook-repo.ts';
import type { DeliveryJson } from './webhook-schemas.ts';

type Deps = Pick<PortalDeps, 'db' | 'queue' | 'now'>;

const DELIVERIES_SHOWN = 50;

const deliveryJson = (row: DeliveryRow): DeliveryJson => ({
  id: row.id,
  message_id: messageIdOf(row),
  type: row.type as DeliveryJson['type'],
  data: row.data as DeliveryJson['data'],
  state: row.state as DeliveryJson['state'],
  attempts: row.attempts,
  next_attempt_at: row.nextAttemptAt?.toISOString() ?? null,
  response_status: row.responseStatus,
  error: row.error,
  created_at: row.createdAt.toISOString(),
  ended_at: row.endedAt?.toISOString() ?? null,
});

/** The newest messages, of what the caller reaches. @throws AppError 404. */
export async function listDeliveries(
  deps: Deps,
  user: UserContext,
  id: string,
  limit = DELIVERIES_SHOWN,
): Promise<DeliveryJson[]> {
  await findManaged(deps.db, user, id);
  return (await selectDeliveries(deps.db, user, id, limit)).map(deliveryJson);
}

/** Sends a message that tells nothing, to try the receiver, also of a disabled webhook. @throws AppError 404. */
export async function testWebhook(deps: Deps, user: UserContext, id: string): Promise<DeliveryJson> {
  const row = await deps.db.$transaction(async (tx) => {
    const webhook = await findManaged(tx, user, id);
    const delivery = await insertTest(tx, randomUUID(), id, deps.now());
    await deps.queue.enqueueDeliverWebhook(tx, { deliveryId: delivery.id, attempt: 0 });
    await recordAudit(tx, user, webhookEntry('webhook.test', webhook, { after: { delivery_id: delivery.id } }));
    return delivery;
  });
  return deliveryJson(row);
}

/**
 * Sends an ended message again, under its old id, with all its attempts.
 *
 * @throws AppError 404; 409 `still_pending`.
 */
export async function replayDelivery(
  deps: Deps,
  user: UserContext,
  id: string,
  deliveryId: string,
): Promise<DeliveryJson> {
  return withinReach(deps.db, user, async (tx) => {
    const webhook = await findManaged(tx, user, id);
    const row = await resetDelivery(tx, id, deliveryId, deps.now());
    if (row) {
      await deps.queue.enqueueDeliverWebhook(tx, { deliveryId, attempt: 0 });
      const after = { delivery_id: deliveryId, type: row.type };
      await recordAudit(tx, user, webhookEntry('webhook.replay', webhook, { after }));
      return deliveryJson(row);
    }
    if (!(await hasDelivery(tx, id, deliveryId))) throw notFound('Delivery');
    throw conflict('still_pending', 'This message has not ended yet.');
  });
}
