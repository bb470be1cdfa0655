import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { dumpSchema } from '#lib/db/dump-schema.ts';
import { removeLocalPostgres, startLocalPostgres } from '#lib/db/local-postgres.ts';
import { migrateDatabase } from '#lib/runtime/migrate-database.ts';
import { runCommand } from './cli/run-command.ts';

const FILE = path.resolve(import.meta.dirname, '../prisma/schema.sql');

await runCommand({
  usage: 'npm run db:dump --',
  summary:
    'Writes prisma/schema.sql: the schema that the migrations and the function files make of an empty database, for a review to see.',
  define: () => undefined,
  parse: () => undefined,
  run: async (_, { reporter }) => {
    reporter.start('Migrating an empty database');
    const folder = await mkdtemp(path.join(tmpdir(), 'heartbeat-dump-'));
    const dataDir = path.join(folder, 'postgres');
    try {
      const { url } = await startLocalPostgres({ dataDir, durable: false });
      await migrateDatabase(url);
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await writeFile(FILE, await dumpSchema(client).finally(() => client.end()));
    } finally {
      await removeLocalPostgres(dataDir);
      await rm(folder, { recursive: true, force: true });
    }
    reporter.succeed('prisma/schema.sql is written.');
  },
});
