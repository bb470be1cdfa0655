import type { Transaction } from '#lib/deps.ts';
import { requestFacts } from '#lib/request-facts.ts';
import { type AuditActor, type AuditEntry, plainFacts } from './audit-entry.ts';
import { insertAuditEntries } from './audit-repo.ts';

const MAX_TARGET = 254;

/**
 * Writes down what is done, in the transaction that does it: both happen, or none. Address and request id are those of
 * the request at hand.
 */
export async function recordAudit(
  tx: Transaction,
  actor: AuditActor | null,
  ...entries: readonly AuditEntry[]
): Promise<void> {
  if (entries.length === 0) return;
  const request = requestFacts();
  // Whoever looks through a link looks as its maker would, and is not them.
  const { linkId } = actor ?? {};
  const person = linkId ? null : actor;
  await insertAuditEntries(
    tx,
    entries.map(({ action, target, teams, before, after, once }) => ({
      actorUserId: person?.userId ?? null,
      actorName: person?.name ?? null,
      apiKeyId: person?.apiKeyId ?? null,
      action,
      targetType: target.type,
      targetId: target.id.replaceAll('\0', '\ufffd').slice(0, MAX_TARGET),
      teamCodes: [...teams],
      ip: request?.ip ?? null,
      requestId: request?.requestId ?? null,
      before: before ? plainFacts(before) : null,
      after: after || linkId ? plainFacts({ ...after, ...(linkId ? { link_id: linkId } : {}) }) : null,
      onceKey: once ?? null,
    })),
  );
}
