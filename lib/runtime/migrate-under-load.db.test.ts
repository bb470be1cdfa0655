import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createEmptyDatabase, FILL, type TestConnection } from '#lib/db/migrate-fixture.ts';
import { sessionOptions } from '#lib/db/prisma-client.ts';
import { readMigrations, withSchemaEngine } from '#lib/db/schema-engine.ts';
import { migrateDatabase } from './migrate-database.ts';

/** What the portal of before asks all the time. Every one of them has to be answered, while the new one migrates. */
const STATEMENTS = [
  `SELECT c.clip_id, c.processing_status, a.gcs_uri FROM media.clips c
   LEFT JOIN media.clip_assets a ON a.clip_id = c.id ORDER BY c.created_at DESC, c.id DESC LIMIT 50`,
  `SELECT id, role, team_access, session_version FROM media.users LIMIT 1`,
  `SELECT k.id, k.scope FROM media.api_keys k WHERE k.key_hash = 'none'`,
  `SELECT id, lake_uri, status FROM media.masters LIMIT 10`,
  `INSERT INTO media.clips (clip_id, player_id, team_code, game_id, season, event_type, start_timecode_s,
     end_timecode_s, duration_s, source_gcs_uri)
   VALUES ('load-' || gen_random_uuid()::text, '1', 'MTL', '1', '2025-2026', 'shot', 1, 2, 1, 'gs://lake/x.mp4')`,
  `UPDATE media.clips SET outcome = 'goal' WHERE clip_id = 'hb-1'`,
];
/** A query of the web is broken off by then (`statement_timeout`), and told as 503. */
const BROKEN_OFF_MS = 3500;

let database: TestConnection;
let newest: string;
beforeAll(async () => {
  database = await createEmptyDatabase();
  const list = await readMigrations();
  const directories = list.migrationDirectories.slice(0, -1);
  newest = list.migrationDirectories.at(-1)?.path ?? '';
  await database.client.query('CREATE SCHEMA media');
  await withSchemaEngine(database.url, (engine) =>
    engine.applyMigrations({
      migrationsList: { ...list, migrationDirectories: directories },
      filters: { externalTables: [], externalEnums: [] },
    }),
  );
  await database.client.query(FILL('source_gcs_uri'));
});
afterAll(() => database.drop());

interface Load {
  worstMs: number;
  answered: number;
  stop(): Promise<void>;
}

/** Asks every statement over and over, each on a connection of its own. A fault of one ends the test. */
function load(): Load {
  const seen = { worstMs: 0, answered: 0 };
  let isOver = false;
  const askOn = async (statement: string) => {
    const client = new pg.Client({ connectionString: database.url, options: sessionOptions() });
    await client.connect();
    await client.query(`SET statement_timeout = ${BROKEN_OFF_MS}`);
    while (!isOver) {
      const startedMs = performance.now();
      await client.query(statement);
      seen.worstMs = Math.max(seen.worstMs, performance.now() - startedMs);
      seen.answered += 1;
      await sleep(5);
    }
    await client.end();
  };
  const asking = Promise.all(STATEMENTS.map(askOn));
  asking.catch(() => {});
  return Object.assign(seen, {
    stop: async () => {
      isOver = true;
      await asking;
    },
  });
}

it('the newest migration is applied beside a portal of before that works on, and behind a reader that takes its time', async () => {
  expect(newest).not.toBe('');
  const slow = new pg.Client({ connectionString: database.url });
  await slow.connect();
  // A report, or a backup: it holds every table for longer than anybody waits for an answer.
  await slow.query('BEGIN');
  for (const table of ['clips', 'clip_assets', 'clip_tags', 'masters', 'users', 'api_keys', 'events'])
    await slow.query(`SELECT 1 FROM media.${table} LIMIT 1`);
  const asked = load();
  const migrating = migrateDatabase(database.url);
  await sleep(7000);
  await slow.query('COMMIT');
  await slow.end();
  expect((await migrating).applied).toEqual([newest]);
  const answered = asked.answered;
  await sleep(500);
  await asked.stop();
  expect(asked.answered).toBeGreaterThan(answered);
  expect(asked.worstMs).toBeLessThan(BROKEN_OFF_MS);
});
