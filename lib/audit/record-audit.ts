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
  await insertAuditEntries(
    tx,
    entries.map(({ action, target, teams, before, after, once }) => ({
      actorUserId: actor?.userId ?? null,
      actorName: actor?.name ?? null,
      apiKeyId: actor?.apiKeyId ?? null,
      action,
      targetType: target.type,
      targetId: target.id.replaceAll('\0', '\ufffd').slice(0, MAX_TARGET),
      teamCodes: [...teams],
      ip: request?.ip ?? null,
      requestId: request?.requestId ?? null,
      before: before ? plainFacts(before) : null,
      after: after ? plainFacts(after) : null,
      onceKey: once ?? null,
    })),
  );
}
