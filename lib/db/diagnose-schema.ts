import pg from 'pg';
import { selectStaleFunctions } from './function-files.ts';
import { readMigrations, withSchemaEngine } from './schema-engine.ts';

/** Which migrations a database lacks, or has and should not have. */
export interface SchemaDiagnosis {
  /** Not applied yet. */
  missing: string[];
  /** Applied, and unknown here: the database is newer than this program. */
  unknown: string[];
  /** Broken off half-way, or changed since they were applied. */
  broken: string[];
  /** Files of `prisma/functions` that are not applied as they are here; none while a migration is missing. */
  stale: string[];
}

async function staleFunctions(databaseUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  try {
    await client.connect();
    return (await selectStaleFunctions(client)).map(({ name }) => name);
  } finally {
    await client.end();
  }
}

/** Compares a database with `prisma/migrations`; changes nothing. */
export async function diagnoseSchema(databaseUrl: string): Promise<SchemaDiagnosis> {
  const migrationsList = await readMigrations();
  const { history, failedMigrationNames, editedMigrationNames } = await withSchemaEngine(databaseUrl, (engine) =>
    engine.diagnoseMigrationHistory({
      migrationsList,
      optInToShadowDatabase: false,
      filters: { externalTables: [], externalEnums: [] },
    }),
  );
  const missing = history && 'unappliedMigrationNames' in history ? history.unappliedMigrationNames : [];
  return {
    missing,
    unknown: history && 'unpersistedMigrationNames' in history ? history.unpersistedMigrationNames : [],
    broken: [...failedMigrationNames, ...editedMigrationNames],
    stale: missing.length > 0 ? [] : await staleFunctions(databaseUrl),
  };
}
