import type { PortalDeps } from '#lib/deps.ts';
import { type ClockReading, isFarOff, readClock } from '#lib/storage/port/clock-reading.ts';
import packageJson from '#package' with { type: 'json' };
import type { HealthJson } from './health-schemas.ts';

/** A part that has not answered by then counts as failed: a load balancer does not wait. */
const PATIENCE_MS = 3000;

type Deps = Pick<PortalDeps, 'db' | 'store' | 'queue' | 'logger' | 'now' | 'isDraining'>;

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The database's clock is asked for in place of a mere `SELECT 1`. */
const readDatabaseClock = ({ db, now }: Deps): Promise<ClockReading> =>
  readClock(
    async () => {
      const [row] = await db.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
      return row?.now.getTime() ?? Number.NaN;
    },
    0,
    () => now().getTime(),
  );

/**
 * Whether the database, both buckets and the queue answer, the buckets can be written, and this machine's clock is that
 * of the others; and whether this process goes on. Says nothing about what they hold.
 */
export async function checkHealth(deps: Deps): Promise<HealthJson> {
  const tell = (part: string) => (err: unknown) => deps.logger.error({ err, part }, 'health check failed');
  const probe = async (part: string, check: Promise<unknown>): Promise<'ok' | 'failed'> =>
    inTime(check).then(
      () => 'ok',
      (err: unknown) => {
        tell(part)(err);
        return 'failed';
      },
    );
  const clocks = { database: readDatabaseClock(deps), store: deps.store.readClock() };
  const [database, storage, queue, ...read] = await Promise.all([
    probe('database', clocks.database),
    probe('storage', deps.store.check()),
    probe('queue', deps.queue.check()),
    // One that cannot be read is its part's fault, and told there.
    ...Object.entries(clocks).map(async ([whose, reading]) => {
      const clock = await inTime(reading).catch(() => null);
      if (!clock || !isFarOff(clock)) return 'ok' as const;
      tell('clock')(new Error(`this machine is ${Math.round(clock.aheadMs / 1000)} s ahead of the ${whose}`));
      return 'failed' as const;
    }),
  ]);
  const clock = read.includes('failed') ? 'failed' : 'ok';
  const sound = deps.isDraining() ? 'draining' : 'healthy';
  const status = [database, storage, queue, clock].every((part) => part === 'ok') ? sound : 'unhealthy';
  return { status, database, storage, queue, clock, version: packageJson.version };
}
