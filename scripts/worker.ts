import { once } from 'node:events';
import { readEnv } from '#lib/config/env.ts';
import { createLogger } from '#lib/logger.ts';
import { startWorker } from '#lib/runtime/worker.ts';
import { runCommand } from '#scripts/cli/run-command.ts';

await runCommand({
  usage: 'npm run worker --',
  summary: 'Cuts clips from the queue until it is stopped; any number of workers share the work.',
  // A cut that is under way is broken off and goes back in line.
  patienceMs: 20_000,
  define: () => undefined,
  parse: () => undefined,
  run: async (_input, { signal }) => {
    const env = readEnv();
    const logger = createLogger(env.LOG_LEVEL, 'worker');
    const worker = await startWorker(env, logger, signal);
    if (!signal.aborted) await once(signal, 'abort');
    logger.info('worker stopping');
    await worker.stop();
  },
});
