import path from 'node:path';
import { readEnv } from '#lib/config/env.ts';
import { AppError } from '#lib/errors.ts';
import { runCommand } from '#scripts/cli/run-command.ts';
import { isBuilt, WEB_SERVER } from '#scripts/portal/build-web.ts';
import { runNext } from '#scripts/portal/run-next.ts';

await runCommand({
  usage: 'npm run start --',
  summary: 'Serves the built web on PORT.',
  patienceMs: 20_000,
  define: () => undefined,
  parse: () => undefined,
  run: async (_input, io) => {
    // Before anything else is looked at: what is wrong with the environment is told whether there is a build or not.
    readEnv();
    if (!(await isBuilt())) {
      const detail = 'There is no build of these sources; run npm run build first.';
      throw new AppError({ status: 500, code: 'not_built', detail });
    }
    await runNext([WEB_SERVER], path.dirname(WEB_SERVER), io);
  },
});
