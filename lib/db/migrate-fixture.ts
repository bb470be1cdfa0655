import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';

/** Migration 1, as it stands: what a HeartBeat database in use has. */
export const HEARTBEAT_SQL = readFileSync(
  path.resolve(import.meta.dirname, '../../prisma/migrations/20260901000000_heartbeat/migration.sql'),
  'utf8',
);

export interface TestConnection {
  url: string;
  client: pg.Client;
  drop(): Promise<void>;
}

async function onServer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/** A database with nothing in it, and one open connection to it. */
export async function createEmptyDatabase(): Promise<TestConnection> {
  const name = `empty_${randomBytes(6).toString('hex')}`;
  await onServer(`CREATE DATABASE ${name}`);
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${name}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  return {
    url: url.href,
    client,
    drop: async () => {
      await client.end();
      await onServer(`DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}
