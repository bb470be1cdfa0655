import { z } from 'zod';
import { UsageError } from '#scripts/cli/one-line.ts';
import { parseOptions } from '#scripts/cli/parse-options.ts';

const prepareFlagsSchema = z.object({
  master: z.string().startsWith('gs://', 'A master is named by its URI: gs://…').optional(),
  all: z.boolean().default(false),
  dry_run: z.boolean().default(false),
});

export interface PrepareInput {
  /** Of one master; `null`: all of them. */
  lakeUri: string | null;
  isDryRun: boolean;
}

/** @throws UsageError */
export function parsePrepare(options: Record<string, unknown>): PrepareInput {
  const { master, all, dry_run } = parseOptions(
    prepareFlagsSchema,
    { master: options.master, all: options.all, dry_run: options.dryRun },
    { master: '--master', dry_run: '--dry-run' },
  );
  if ((master === undefined) !== all) throw new UsageError('Name one master with --master URI, or take --all.');
  return { lakeUri: master ?? null, isDryRun: dry_run };
}
