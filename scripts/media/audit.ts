import { readEnv } from '#lib/config/env.ts';
import { openDatabase } from '#lib/db/prisma-client.ts';
import { createJobQueue, startBoss } from '#lib/jobs/job-queue.ts';
import type { AuditOptions } from '#lib/library-audit/audit-run.ts';
import { type AuditReport, hasExamined, openFindings } from '#lib/library-audit/library-audit-schemas.ts';
import { runLibraryAudit } from '#lib/library-audit/run-library-audit.ts';
import { auditDepsOf, bucketsOf, openStore } from '#lib/runtime/portal.ts';
import { CommandFailed } from '#scripts/cli/one-line.ts';
import { cliLogger } from '#scripts/cli/open-portal.ts';
import { runCommand } from '#scripts/cli/run-command.ts';
import { parseAudit } from './audit-options.ts';
import { examinedWords, lineOf, openWords, uncomparedWords } from './audit-words.ts';

/** As the owner of the tables, whom no reach limits: the audit sees everybody's rows. */
async function audit(options: AuditOptions): Promise<AuditReport> {
  const env = readEnv();
  const db = openDatabase(env.DATABASE_URL, { name: 'heartbeat-command', maxConnections: 4 });
  const { store, diskStore } = openStore(env);
  const boss = await startBoss({ databaseUrl: env.DATABASE_URL, logger: cliLogger(env.LOG_LEVEL), supervise: false });
  try {
    const deps = auditDepsOf(
      { db, store, buckets: bucketsOf(env), queue: createJobQueue(async () => boss) },
      diskStore,
    );
    return await runLibraryAudit(deps, { ...options, origin: 'command' });
  } finally {
    await boss.stop({ graceful: false });
    await db.$disconnect();
  }
}

await runCommand({
  usage: 'npm run media:audit --',
  summary:
    'Compares the database with both buckets, both ways, and with the queue: a line on standard output for each finding. Exit code 1 if anything is found and not mended, and if there was nothing to look at. Changes nothing without --fix but what the masters’ page shows as the last result.',
  define: (command) =>
    command
      .option('--fix', 'mend what is safe: clips without a job, ownerless objects of the media bucket, sums, leftovers')
      .option('--read-bytes', 'read every object and compare its checksum; slow')
      .option('--json', 'a JSON object a line: the findings, then the report')
      .option('--grace <minutes>', 'how old an object must be to be ownerless; 60 unless told')
      .option('--max-removed <n>', 'remove at most so many ownerless objects; without it, as few as leftovers are'),
  parse: parseAudit,
  run: async ({ json, ...options }, { reporter, signal, print }) => {
    reporter.start('Auditing the library');
    const report = await audit({
      ...options,
      signal,
      onFinding: (finding) => print(json ? JSON.stringify(finding) : lineOf(finding)),
      onProgress: (known) => reporter.update(`Auditing the library: ${examinedWords(known)}`),
    });
    if (json) print(JSON.stringify({ report }));
    for (const line of uncomparedWords(report)) reporter.note(line);
    if (!hasExamined(report)) {
      throw new CommandFailed('There was nothing to look at: are DATABASE_URL, MEDIA_DISK_ROOT and the buckets right?');
    }
    reporter.note(`looked at ${examinedWords(report)}`);
    if (openFindings(report) > 0) throw new CommandFailed(openWords(report));
    reporter.succeed('the library is whole');
  },
});
