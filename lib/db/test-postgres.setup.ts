import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { migrateDatabase } from '#lib/runtime/migrate-database.ts';
import { removeLocalPostgres, startLocalPostgres } from './local-postgres.ts';

/** Vitest's global set-up: one embedded PostgreSQL for the run, with the migrated template that tests copy. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'heartbeat-test-'));
  const dataDir = path.join(folder, 'postgres');
  const postgres = await startLocalPostgres({ dataDir, durable: false });
  await migrateDatabase(postgres.url);
  project.provide('postgresUrl', postgres.url.replace(/heartbeat$/, 'postgres'));
  return async () => {
    await removeLocalPostgres(dataDir);
    await rm(folder, { recursive: true, force: true });
  };
}
