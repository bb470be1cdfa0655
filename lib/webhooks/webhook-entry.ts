import { type AuditEntry, type AuditFacts, changesOf } from '#lib/audit/audit-entry.ts';
import type { OwnedWebhook, WebhookRow } from './webhook-repo.ts';

/** What of a webhook is written down: not its secret. */
const facts = (webhook: WebhookRow): AuditFacts => ({
  api_key_id: webhook.apiKeyId,
  url: webhook.url,
  event_types: webhook.eventTypes,
  enabled: webhook.enabled,
});

/** What follows the `?` of an address may be a token of the receiver's. */
const shown = (some: AuditFacts): AuditFacts =>
  typeof some.url === 'string' ? { ...some, url: some.url.replace(/\?.*$/s, '?…') } : some;

export const webhookFacts = (webhook: WebhookRow): AuditFacts => shown(facts(webhook));

/** What an edit changed; `null` when it changed nothing. */
export function webhookChanges(before: WebhookRow, after: WebhookRow): Pick<AuditEntry, 'before' | 'after'> | null {
  const changes = changesOf(facts(before), facts(after));
  return changes && { before: shown(changes.before), after: shown(changes.after) };
}

/** The entry of what was done to a webhook: the admins of its person's teams may read it. */
export const webhookEntry = (
  action: AuditEntry['action'],
  { id, apiKey }: Pick<OwnedWebhook, 'id'> & { apiKey: { user: Pick<OwnedWebhook['apiKey']['user'], 'teamAccess'> } },
  told: Pick<AuditEntry, 'before' | 'after'>,
): AuditEntry => ({ action, target: { type: 'webhook', id }, teams: apiKey.user.teamAccess, ...told });
