import { randomBytes, randomUUID } from 'node:crypto';
import { isIP } from 'node:net';
import { mayDo } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { withinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { badRequest, conflict, forbidden, notFound } from '#lib/errors.ts';
import { findApiKeyById } from '#lib/users/user-repo.ts';
import { messageIdOf } from './deliver-webhook.ts';
import { bareHost, hostAndPort, isPublicAddress } from './public-address.ts';
import {
  countWebhooks,
  type DeliveryRow,
  deleteWebhookRow,
  hasDelivery,
  insertTest,
  insertWebhook,
  resetDelivery,
  selectDeliveries,
  selectWebhook,
  selectWebhooks,
  updateWebhook,
  type WebhookRow,
} from './webhook-repo.ts';
import type { CreateWebhook, DeliveryJson, PatchWebhook, WebhookJson } from './webhook-schemas.ts';

type Deps = Pick<PortalDeps, 'db' | 'queue' | 'webhookSeal' | 'webhookHosts' | 'now'>;

const MAX_WEBHOOKS_PER_KEY = 10;
const DELIVERIES_SHOWN = 50;
/** Standard Webhooks asks for 24 to 64 bytes. */
const SECRET_BYTES = 32;

/** Whose webhooks the caller manages: an admin everybody's, a key its own. @throws AppError 403 for anyone else. */
function managedBy(user: UserContext): { apiKeyId: string | undefined } {
  if (mayDo(user, 'people.manage')) return { apiKeyId: undefined };
  if (user.apiKeyId) return { apiKeyId: user.apiKeyId };
  throw forbidden('A webhook belongs to an API key: call with the key, or ask an admin.', 'needs_api_key');
}

const webhookJson = (row: WebhookRow): WebhookJson => ({
  id: row.id,
  api_key_id: row.apiKeyId,
  url: row.url,
  event_types: row.eventTypes as WebhookJson['event_types'],
  enabled: row.enabled,
  disabled_reason: row.disabledReason as WebhookJson['disabled_reason'],
  failing_since: row.failingSince?.toISOString() ?? null,
  created_at: row.createdAt.toISOString(),
});

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

/** What can be told from the text alone; names are looked up when something is sent (`publicLookup`). */
function refuseBadUrl({ webhookHosts }: Deps, text: string): void {
  const url = new URL(text);
  const refuse = (message: string) => badRequest([{ path: 'url', message }]);
  if (url.username || url.password) throw refuse('Leave the credentials out: messages are signed.');
  if (webhookHosts.includes(hostAndPort(url))) return;
  if (url.protocol !== 'https:') throw refuse('This must be https.');
  const host = bareHost(url);
  if (isIP(host) ? !isPublicAddress(host) : /(^|\.)(localhost|local|internal)\.?$/i.test(host)) {
    throw refuse('This address is private, or reserved: webhooks go to the public internet only.');
  }
}

async function findManaged(deps: Deps, user: UserContext, id: string): Promise<WebhookRow> {
  const webhook = await selectWebhook(deps.db, id, managedBy(user).apiKeyId);
  if (!webhook) throw notFound('Webhook');
  return webhook;
}

/** The caller's webhooks; an admin's are everybody's. @throws AppError 403. */
export async function listWebhooks(deps: Deps, user: UserContext): Promise<WebhookJson[]> {
  return (await selectWebhooks(deps.db, managedBy(user).apiKeyId)).map(webhookJson);
}

/** @throws AppError 403, 404. */
export const getWebhook = async (deps: Deps, user: UserContext, id: string): Promise<WebhookJson> =>
  webhookJson(await findManaged(deps, user, id));

/**
 * Makes a webhook of a key; its secret is told this once.
 *
 * @throws AppError 400 for a private address; 403; 404 for a key that does not hold; 409 `too_many_webhooks`.
 */
export async function createWebhook(
  deps: Deps,
  user: UserContext,
  input: CreateWebhook,
): Promise<WebhookJson & { secret: string }> {
  const { apiKeyId: own } = managedBy(user);
  const apiKeyId = input.api_key_id ?? user.apiKeyId;
  if (!apiKeyId) throw badRequest([{ path: 'api_key_id', message: 'Name the key whose webhook this is.' }]);
  if (own && apiKeyId !== own) throw forbidden('A key makes webhooks of its own only.', 'foreign_key');
  refuseBadUrl(deps, input.url);
  const key = await findApiKeyById(deps.db, apiKeyId);
  if (!key || key.revokedAt) throw notFound('API key');
  if ((await countWebhooks(deps.db, apiKeyId)) >= MAX_WEBHOOKS_PER_KEY) {
    throw conflict('too_many_webhooks', `A key has ${MAX_WEBHOOKS_PER_KEY} webhooks at most; delete one.`);
  }
  const secret = `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
  const row = await insertWebhook(deps.db, {
    id: randomUUID(),
    apiKeyId,
    url: input.url,
    secret: deps.webhookSeal.close(Buffer.from(secret)),
    eventTypes: input.event_types,
  });
  return { ...webhookJson(row), secret };
}

/** Changes a webhook; enabling it forgets why it was disabled. @throws AppError 400, 403, 404. */
export async function patchWebhook(
  deps: Deps,
  user: UserContext,
  id: string,
  { url, event_types, enabled }: PatchWebhook,
): Promise<WebhookJson> {
  await findManaged(deps, user, id);
  if (url !== undefined) refuseBadUrl(deps, url);
  const row = await updateWebhook(deps.db, id, {
    ...(url === undefined ? {} : { url }),
    ...(event_types === undefined ? {} : { eventTypes: event_types }),
    ...(enabled === undefined ? {} : { enabled, failingSince: null, disabledReason: null }),
  });
  return webhookJson(row);
}

/** @throws AppError 403, 404. */
export async function deleteWebhook(deps: Deps, user: UserContext, id: string): Promise<void> {
  await findManaged(deps, user, id);
  await deleteWebhookRow(deps.db, id);
}

/** The newest messages, of what the caller reaches. @throws AppError 403, 404. */
export async function listDeliveries(
  deps: Deps,
  user: UserContext,
  id: string,
  limit = DELIVERIES_SHOWN,
): Promise<DeliveryJson[]> {
  await findManaged(deps, user, id);
  return (await selectDeliveries(deps.db, user, id, limit)).map(deliveryJson);
}

/** Sends a message that tells nothing, to try the receiver, also of a disabled webhook. @throws AppError 403, 404. */
export async function testWebhook(deps: Deps, user: UserContext, id: string): Promise<DeliveryJson> {
  await findManaged(deps, user, id);
  const row = await deps.db.$transaction(async (tx) => {
    const delivery = await insertTest(tx, randomUUID(), id, deps.now());
    await deps.queue.enqueueDeliverWebhook(tx, { deliveryId: delivery.id, attempt: 0 });
    return delivery;
  });
  return deliveryJson(row);
}

/**
 * Sends an ended message again, under its old id, with all its attempts.
 *
 * @throws AppError 403, 404; 409 `still_pending`.
 */
export async function replayDelivery(
  deps: Deps,
  user: UserContext,
  id: string,
  deliveryId: string,
): Promise<DeliveryJson> {
  await findManaged(deps, user, id);
  return withinReach(deps.db, user, async (tx) => {
    const row = await resetDelivery(tx, id, deliveryId, deps.now());
    if (row) {
      await deps.queue.enqueueDeliverWebhook(tx, { deliveryId, attempt: 0 });
      return deliveryJson(row);
    }
    if (!(await hasDelivery(tx, id, deliveryId))) throw notFound('Delivery');
    throw conflict('still_pending', 'This message has not ended yet.');
  });
}
