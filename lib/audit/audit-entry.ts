import type { UserContext } from '#lib/auth/user-context.ts';
import { redactJson } from '#lib/redact.ts';
import type { AuditAction, AuditTarget } from './audit-schemas.ts';

/** Values of named fields; for an edit, of those that changed. */
export type AuditFacts = Readonly<Record<string, unknown>>;

export interface AuditEntry {
  action: AuditAction;
  target: { type: AuditTarget; id: string };
  /** The teams whose admins may read it. */
  teams: readonly string[];
  before?: AuditFacts | null;
  after?: AuditFacts | null;
  /** An entry of this key is written once, however often it is recorded. */
  once?: string;
}

/** Who did it; nobody for commands of the shell and for whoever could not sign in. */
export type AuditActor = Pick<UserContext, 'userId' | 'name' | 'apiKeyId' | 'linkId'>;

const SECRET_FIELD = /password|secret|token|signature|hash$|_url$/i;

/** Facts fit to be kept: no secrets, by name and wherever a text quotes one, and nothing that JSONB refuses. */
export function plainFacts(facts: AuditFacts): Record<string, unknown> {
  const text = JSON.stringify(facts, (name, value) => (SECRET_FIELD.test(name) ? undefined : value));
  return JSON.parse(redactJson(text.replaceAll('\\u0000', '\\ufffd')));
}

/** What an edit changed, before and after; `null` when it changed nothing. */
export function changesOf(
  before: AuditFacts,
  after: AuditFacts,
): { before: Record<string, unknown>; after: Record<string, unknown> } | null {
  const changed = Object.keys({ ...before, ...after }).filter(
    (name) => JSON.stringify(before[name] ?? null) !== JSON.stringify(after[name] ?? null),
  );
  if (changed.length === 0) return null;
  const pick = (facts: AuditFacts) => Object.fromEntries(changed.map((name) => [name, facts[name] ?? null]));
  return { before: pick(before), after: pick(after) };
}
