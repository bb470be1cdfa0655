import type { PortalDeps } from '#lib/deps.ts';
import packageJson from '#package' with { type: 'json' };
import type { HealthJson } from './health-schemas.ts';

/** A part that has not answered by then counts as failed: a load balancer does not wait. */
const PATIENCE_MS = 3000;

type Deps = Pick<PortalDeps, 'db' | 'store' | 'queue' | 'logger'>;

/** Whether the database, both buckets and the queue answer. Says nothing about what they hold. */
export async function checkHealth(deps: Deps): Promise<HealthJson> {
  const probe = async (part: string, check: () => Promise<unknown>): Promise<'ok' | 'failed'> => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS);
    });
    try {
      await Promise.race([check(), late]);
      return 'ok';
    } catch (err) {
      deps.logger.error({ err, part }, 'health check failed');
      return 'failed';
    } finally {
      clearTimeout(timer);
    }
  };
  const [database, storage, queue] = await Promise.all([
    probe('database', () => deps.db.$queryRaw`SELECT 1`),
    probe('storage', () => deps.store.check()),
    probe('queue', () => deps.queue.check()),
  ]);
  const healthy = [database, storage, queue].every((part) => part === 'ok');
  return { status: healthy ? 'healthy' : 'unhealthy', database, storage, queue, version: packageJson.version };
}
