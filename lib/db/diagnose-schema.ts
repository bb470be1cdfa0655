import { readMigrations, withSchemaEngine } from './schema-engine.ts';

/** Which migrations a database lacks, or has and should not have. */
export interface SchemaDiagnosis {
  /** Not applied yet. */
  missing: string[];
  /** Applied, and unknown here: the database is newer than this program. */
  unknown: string[];
  /** Broken off half-way, or changed since they were applied. */
  broken: string[];
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
  return {
    missing: history && 'unappliedMigrationNames' in history ? history.unappliedMigrationNames : [],
    unknown: history && 'unpersistedMigrationNames' in history ? history.unpersistedMigrationNames : [],
    broken: [...failedMigrationNames, ...editedMigrationNames],
  };
}
