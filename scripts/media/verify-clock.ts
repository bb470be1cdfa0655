import pg from 'pg';
import type { Env } from '#lib/config/env.ts';
import type { GcsInspector } from '#lib/storage/google/bucket-settings.ts';
import { type ClockReading, isFarOff, readClock } from '#lib/storage/port/clock-reading.ts';
import { CommandFailed } from '#scripts/cli/one-line.ts';

async function readDatabaseClock(databaseUrl: string): Promise<ClockReading> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    return await readClock(async () => {
      const { rows } = await client.query<{ now: Date }>('SELECT clock_timestamp() AS now');
      return rows[0]?.now.getTime() ?? Number.NaN;
    });
  } finally {
    await client.end();
  }
}

function inWords(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1000);
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

/** What a reading says, or throws when the clocks are further apart than it can be mistaken by. */
export function judgeClock(whose: string, reading: ClockReading): string {
  const { aheadMs, uncertaintyMs } = reading;
  if (isFarOff(reading)) {
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
