import { readEnv } from '#lib/config/env.ts';
import { AppError } from '#lib/errors.ts';
import { runCommand } from '#scripts/cli/run-command.ts';
import { isBuilt, STANDALONE } from '#scripts/portal/build-web.ts';
import { STOP_PATIENCE_MS, serveWeb } from '#scripts/portal/serve-web.ts';

await runCommand({
  usage: 'npm run start --',
  summary: 'Serves the built web on PORT.',
  patienceMs: STOP_PATIENCE_MS,
  define: () => undefined,
  parse: () => undefined,
  run: async (_input, io) => {
    // Before anything else is looked at: what is wrong with the environment is told whether there is a build or not.
    const env = readEnv();
    if (!(await isBuilt())) {
      const detail = 'There is no build of these sources; run npm run build first.';
      throw new AppError({ status: 500, code: 'not_built', detail });
    }
    await serveWeb(env, { dir: STANDALONE, isDevelopment: false }, io);
  },
});
