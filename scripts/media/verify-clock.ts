import pg from 'pg';
import type { Env } from '#lib/config/env.ts';
import type { ClockReading, GcsInspector } from '#lib/storage/gcs-bucket-settings.ts';
import { CommandFailed } from '#scripts/cli/one-line.ts';

/**
 * Beyond this a clock is wrong rather than late: machines that keep time by NTP are within a second. A URL that is
 * signed ahead of Google's clock is not valid yet, one that is signed behind it loses as much of its lifetime, and
 * playback tokens and queue heartbeats are judged by other machines' clocks.
 */
const MAX_OFF_MS = 60_000;

async function readDatabaseClock(databaseUrl: string): Promise<ClockReading> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    const askedAt = Date.now();
    const started = performance.now();
    const { rows } = await client.query<{ now: Date }>('SELECT clock_timestamp() AS now');
    const halfMs = (performance.now() - started) / 2;
    const theirs = rows[0]?.now.getTime() ?? Number.NaN;
    return { aheadMs: askedAt + halfMs - theirs, uncertaintyMs: halfMs };
  } finally {
    await client.end();
  }
}

function inWords(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1000);
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

/** What a reading says, or throws when the clocks are further apart than it can be mistaken by. */
export function judgeClock(whose: string, { aheadMs, uncertaintyMs }: ClockReading): string {
  if (Math.abs(aheadMs) - uncertaintyMs > MAX_OFF_MS) {
    const direction = aheadMs > 0 ? 'ahead of' : 'behind';
    throw new CommandFailed(
      `this machine is ${inWords(aheadMs)} ${direction} ${whose}; set both by NTP, or signed URLs fail or die early`,
    );
  }
  return Math.abs(aheadMs) <= Math.max(1000, uncertaintyMs) ? `as ${whose}` : `${inWords(aheadMs)} off ${whose}`;
}

/** This machine's clock beside the database's, and Google's where its store is configured. */
export async function checkClock(env: Env, google: GcsInspector | null): Promise<string> {
  const database = judgeClock('the database', await readDatabaseClock(env.DATABASE_URL));
  return google ? `${database}, ${judgeClock('Google', await google.readClock())}` : database;
}
