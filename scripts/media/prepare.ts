import { readEnv } from '#lib/config/env.ts';
import { openDatabase } from '#lib/db/prisma-client.ts';
import { createJobQueue, startBoss } from '#lib/jobs/job-queue.ts';
import { prepareUnprepared } from '#lib/masters/prepare-unprepared.ts';
import { bucketsOf } from '#lib/runtime/portal.ts';
import { cliLogger } from '#scripts/cli/open-portal.ts';
import { runCommand } from '#scripts/cli/run-command.ts';
import { type PrepareInput, parsePrepare } from './prepare-options.ts';

/** As the owner of the tables, whom no reach limits. @returns how many masters were put in line. */
async function prepare(input: PrepareInput, onMaster: (uri: string) => void): Promise<number> {
  const env = readEnv();
  const db = openDatabase(env.DATABASE_URL, { name: 'heartbeat-command', maxConnections: 2 });
  const boss = await startBoss({ databaseUrl: env.DATABASE_URL, logger: cliLogger(env.LOG_LEVEL), supervise: false });
  try {
    const deps = { db, buckets: bucketsOf(env), queue: createJobQueue(async () => boss) };
    return (await prepareUnprepared(deps, { ...input, onMaster })).length;
  } finally {
    await boss.stop({ graceful: false });
    await db.$disconnect();
  }
}

const mastersInWords = (count: number): string => (count === 1 ? '1 master' : `${count} masters`);

await runCommand({
  usage: 'npm run media:prepare --',
  summary:
    'Puts masters in line to be cut into segments that clips play from at once: those that never were, and those whose preparation failed; the newest game first. Workers do it. A line on standard output for each.',
  define: (command) =>
    command
      .option('--master <uri>', 'one master, by its place in the lake: gs://…')
      .option('--all', 'all of them')
      .option('--dry-run', 'tell which, and do nothing'),
  parse: parsePrepare,
  run: async (input, { reporter, print }) => {
    reporter.start('Looking for masters to prepare');
    const count = await prepare(input, print);
    if (count === 0) reporter.succeed('There is nothing to prepare.');
    else reporter.succeed(`${mastersInWords(count)} ${input.isDryRun ? 'would be' : 'put'} in line.`);
  },
});
