import type pg from 'pg';
import { PgBoss } from 'pg-boss';
import { WEB_ROLE } from '#lib/db/prisma-client.ts';
import { createQueues, QUEUE_SCHEMA } from './queues.ts';

/** The queue's own tables are pg-boss's business: it installs or upgrades them itself. */
async function installQueue(databaseUrl: string): Promise<void> {
  const boss = new PgBoss({ connectionString: databaseUrl, schema: QUEUE_SCHEMA, supervise: false, schedule: false });
  boss.on('error', () => undefined);
  await boss.start();
  try {
    await createQueues(boss);
  } finally {
    await boss.stop({ graceful: false });
  }
}

/** The web sends jobs. The tables are made by pg-boss, one a queue, so the grant follows it. */
async function grantQueue(client: pg.Client): Promise<void> {
  await client.query(`GRANT USAGE ON SCHEMA ${QUEUE_SCHEMA} TO ${WEB_ROLE};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${QUEUE_SCHEMA} TO ${WEB_ROLE};
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${QUEUE_SCHEMA} TO ${WEB_ROLE};`);
}

/**
 * Brings the queue's tables to what this version needs.
 * @param client of the database's owner.
 */
export async function migrateQueue(databaseUrl: string, client: pg.Client): Promise<void> {
  await installQueue(databaseUrl);
  await grantQueue(client);
}
