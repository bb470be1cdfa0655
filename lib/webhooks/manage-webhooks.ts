import { randomBytes, randomUUID } from 'node:crypto';
import { recordAudit } from '#lib/audit/record-audit.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import type { PortalDeps, Transaction } from '#lib/deps.ts';
import { badRequest, conflict, forbidden, notFound } from '#lib/errors.ts';
import { lockUser } from '#lib/users/people-repo.ts';
import { callerOfKey } from '#lib/users/resolve-caller.ts';
import { findApiKeyById } from '#lib/users/user-repo.ts';
import { managedKeysSql } from './managed-keys-sql.ts';
import { webhookChanges, webhookEntry, webhookFacts } from './webhook-entry.ts';
import { findManaged, holdManagedWebhook, isProgram, managesWebhooksOf } from './webhook-reach.ts';
import {
  countWebhooks,
  deleteWebhookRow,
  insertWebhook,
  selectWebhooks,
  updateWebhook,
  type WebhookRow,
} from './webhook-repo.ts';
import type { CreateWebhook, ListWebhooksQuery, PatchWebhook, WebhookJson } from './webhook-schemas.ts';
import { refuseBadUrl } from './webhook-url.ts';

type Deps = Pick<PortalDeps, 'db' | 'webhookSeal' | 'webhookHosts' | 'now'>;

const MAX_WEBHOOKS_PER_KEY = 10;
/** Standard Webhooks asks for 24 to 64 bytes. */
const SECRET_BYTES = 32;

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

/** The webhooks that the caller manages, oldest first. */
export const listWebhooks = async (
  deps: Pick<Deps, 'db'>,
  user: UserContext,
  { api_key_id }: ListWebhooksQuery = {},
): Promise<WebhookJson[]> => (await selectWebhooks(deps.db, managedKeysSql(user), api_key_id)).map(webhookJson);

/** @throws AppError 404. */
export const getWebhook = async (deps: Deps, user: UserContext, id: string): Promise<WebhookJson> =>
  webhookJson(await findManaged(deps.db, user, id));

/** The key whose webhook is made; its person is held, so that two at once are counted. @throws AppError 400, 403, 404. */
async function holdKey(deps: Deps, tx: Transaction, user: UserContext, named: string | undefined) {
  const id = named ?? user.apiKeyId;
  if (!id) throw badRequest([{ path: 'api_key_id', message: 'Name the key whose webhook this is.' }]);
  const key = await findApiKeyById(tx, id);
  if (!key || !managesWebhooksOf(user, key)) {
    if (isProgram(user)) throw forbidden('A key makes webhooks of its own only.', 'foreign_key');
    throw notFound('API key');
  }
  if (!callerOfKey(key, deps.now())) throw notFound('API key');
  await lockUser(tx, key.userId);
  return key;
}

/**
 * Makes a webhook of a key; its secret is told this once.
 *
 * @throws AppError 400 for a private address; 403 `foreign_key`; 404 for a key that does not hold; 409
 *   `too_many_webhooks`.
 */
export async function createWebhook(
  deps: Deps,
  user: UserContext,
  input: CreateWebhook,
): Promise<WebhookJson & { secret: string }> {
  refuseBadUrl(input.url, deps.webhookHosts);
  return deps.db.$transaction(async (tx) => {
    const key = await holdKey(deps, tx, user, input.api_key_id);
    if ((await countWebhooks(tx, key.id)) >= MAX_WEBHOOKS_PER_KEY) {
      throw conflict('too_many_webhooks', `A key has ${MAX_WEBHOOKS_PER_KEY} webhooks at most; delete one.`);
    }
    const secret = `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
    const row = await insertWebhook(tx, {
      id: randomUUID(),
      apiKeyId: key.id,
      url: input.url,
      secret: deps.webhookSeal.close(Buffer.from(secret)),
      eventTypes: input.event_types,
    });
    await recordAudit(tx, user, webhookEntry('webhook.create', { ...row, apiKey: key }, { after: webhookFacts(row) }));
    return { ...webhookJson(row), secret };
  });
}

/** Changes a webhook; enabling it forgets why it was disabled. @throws AppError 400, 404. */
export async function patchWebhook(
  deps: Deps,
  user: UserContext,
  id: string,
  { url, event_types, enabled }: PatchWebhook,
): Promise<WebhookJson> {
  return deps.db.$transaction(async (tx) => {
    const before = await holdManagedWebhook(tx, user, id);
    if (url !== undefined) refuseBadUrl(url, deps.webhookHosts);
    const row = await updateWebhook(tx, id, {
      ...(url === undefined ? {} : { url }),
      ...(event_types === undefined ? {} : { eventTypes: event_types }),
      ...(enabled === undefined ? {} : { enabled, failingSince: null, disabledReason: null }),
    });
    const changes = webhookChanges(before, row);
    if (changes) await recordAudit(tx, user, webhookEntry('webhook.update', before, changes));
    return webhookJson(row);
  });
}

/** @throws AppError 404. */
export async function deleteWebhook(deps: Deps, user: UserContext, id: string): Promise<void> {
  await deps.db.$transaction(async (tx) => {
    const webhook = await holdManagedWebhook(tx, user, id);
    await deleteWebhookRow(tx, id);
    await recordAudit(tx, user, webhookEntry('webhook.delete', webhook, { before: webhookFacts(webhook) }));
  });
}
