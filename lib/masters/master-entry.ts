import type { AuditEntry, AuditFacts } from '#lib/audit/audit-entry.ts';

interface DescribedMaster {
  id: string;
  team_code: string;
  lake_uri: string;
  size_bytes: bigint;
}

/** The entry of what was done to a master. */
export const masterEntry = (
  action: AuditEntry['action'],
  { id, team_code, lake_uri, size_bytes }: DescribedMaster,
  after: AuditFacts = {},
): AuditEntry => {
  const facts = { lake_uri, size_bytes: Number(size_bytes) };
  return {
    action,
    target: { type: 'master', id },
    teams: [team_code],
    ...(action === 'master.delete' || action === 'master.purge'
      ? { before: facts }
      : { after: { ...facts, ...after } }),
  };
};
