import { existsSync } from 'node:fs';
import path from 'node:path';
import { readEnv } from '#lib/config/env.ts';
import { AppError } from '#lib/errors.ts';
import { runCommand } from '#scripts/cli/run-command.ts';
import { ROOT, STANDALONE } from '#scripts/portal/build-web.ts';
import { STOP_PATIENCE_MS, serveWeb } from '#scripts/portal/serve-web.ts';

/** The container image has the standalone build in its root. */
const builtFolder = (): string => {
  const dir = [STANDALONE, ROOT].find((folder) => existsSync(path.join(folder, 'server.js')));
  if (dir) return dir;
  throw new AppError({ status: 500, code: 'not_built', detail: 'There is no build; run npm run build first.' });
};

await runCommand({
  usage: 'node scripts/web.ts',
  summary: 'Serves the built web on PORT, whatever it was built from.',
  patienceMs: STOP_PATIENCE_MS,
  define: () => undefined,
  parse: () => undefined,
  run: (_input, io) => serveWeb(readEnv(), { dir: builtFolder(), isDevelopment: false }, io),
});
