import { readEnv } from '#lib/config/env.ts';
import { createLogger } from '#lib/logger.ts';
import { startWorker } from '#lib/runtime/worker.ts';

const env = readEnv();
const logger = createLogger(env.LOG_LEVEL, 'worker');
const worker = await startWorker(env, logger);
let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, async () => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'worker stopping');
    await worker.stop();
    process.exit(0);
  });
}
