import { z } from 'zod';
import { given, parseOptions, wholeNumberFlag } from '#scripts/cli/parse-options.ts';

const auditFlagsSchema = z.object({
  fix: z.boolean().default(false),
  read_bytes: z.boolean().default(false),
  json: z.boolean().default(false),
  grace_minutes: wholeNumberFlag.optional(),
  max_removed: wholeNumberFlag.optional(),
});

export interface AuditInput {
  fix: boolean;
  readBytes: boolean;
  json: boolean;
  graceMs?: number;
  maxRemoved?: number;
}

/** @throws UsageError */
export function parseAudit(options: Record<string, unknown>): AuditInput {
  const { fix, read_bytes, json, grace_minutes, max_removed } = parseOptions(
    auditFlagsSchema,
    {
      ...{ fix: options.fix, read_bytes: options.readBytes, json: options.json },
      ...{ grace_minutes: options.grace, max_removed: options.maxRemoved },
    },
    { grace_minutes: '--grace', max_removed: '--max-removed' },
  );
  return {
    ...{ fix, readBytes: read_bytes, json },
    ...given({
      graceMs: grace_minutes === undefined ? undefined : grace_minutes * 60_000,
      maxRemoved: max_removed,
    }),
  };
}
