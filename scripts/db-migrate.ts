import { readEnv } from '#lib/config/env.ts';
import { migrateDatabase } from '#lib/runtime/migrate-database.ts';
import { runCommand } from './cli/run-command.ts';

await runCommand({
  usage: 'npm run db:migrate --',
  summary:
    'Brings the database of DATABASE_URL to the newest schema: an empty one, HeartBeat’s own, or any earlier version. Safe to run twice and from two machines at once.',
  define: () => undefined,
  parse: () => undefined,
  run: async (_, { reporter }) => {
    reporter.start('Migrating the database');
    const { applied, functions, adopted } = await migrateDatabase(readEnv().DATABASE_URL);
    if (adopted) reporter.note("HeartBeat's tables were there and were adopted; no row was copied or changed.");
    for (const name of applied) reporter.note(`Applied ${name}`);
    if (functions.length > 0) reporter.note(`Applied functions: ${functions.join(', ')}`);
    reporter.succeed(
      applied.length + functions.length === 0
        ? 'The database is up to date.'
        : 'The database has the newest schema now.',
    );
  },
});
