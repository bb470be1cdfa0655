import { type MigrationReport, migrateSchema, withMigrationLock } from '#lib/db/migrate-schema.ts';
import { migrateQueue } from '#lib/jobs/migrate-queue.ts';

/**
 * Brings a database to the newest schema: empty, HeartBeat's own, or any earlier version of this project's.
 * Safe to run twice and from two machines at once: an advisory lock lets one run at a time.
 *
 * @throws AppError `migration_failed` with the engine's words; each migration is applied whole or not at all.
 */
export const migrateDatabase = (databaseUrl: string): Promise<MigrationReport> =>
  withMigrationLock(databaseUrl, async (client) => {
    const report = await migrateSchema(databaseUrl, client);
    await migrateQueue(databaseUrl, client);
    return report;
  });
