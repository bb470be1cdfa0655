import { readEnv } from '#lib/config/env.ts';
import { type Database, openDatabase } from '#lib/db/prisma-client.ts';
import { createLogger, type Logger } from '#lib/logger.ts';
import { openPortal, type Portal } from '#lib/runtime/portal.ts';

/** Commands speak to people; the log is for whoever asks for it with LOG_LEVEL=debug. */
export const cliLogger = (level: string): Logger =>
  createLogger(/^(debug|trace)$/.test(level) ? level : 'silent', 'command');

/** Runs `use` on the whole portal, as the web process has it, and closes it whatever happens. */
export async function withPortal<T>(use: (portal: Portal) => Promise<T>): Promise<T> {
  const env = readEnv();
  const portal = await openPortal(env, { logger: cliLogger(env.LOG_LEVEL), name: 'heartbeat-command' });
  try {
    return await use(portal);
  } finally {
    await portal.close();
  }
}

/** Runs `use` on the database alone. */
export async function withDatabase<T>(use: (deps: { db: Database; now(): Date }) => Promise<T>): Promise<T> {
  const db = openDatabase(readEnv().DATABASE_URL, { name: 'heartbeat-command', maxConnections: 2 });
  try {
    return await use({ db, now: () => new Date() });
  } finally {
    await db.$disconnect();
  }
}
