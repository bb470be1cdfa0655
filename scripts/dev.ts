import { readEnv } from '#lib/config/env.ts';
import { runCommand } from '#scripts/cli/run-command.ts';
import { ROOT } from '#scripts/portal/build-web.ts';
import { STOP_PATIENCE_MS, serveWeb } from '#scripts/portal/serve-web.ts';

await runCommand({
  usage: 'npm run dev --',
  summary: "Next's development server on the environment's database and store. The worker runs beside it.",
  patienceMs: STOP_PATIENCE_MS,
  define: () => undefined,
  parse: () => undefined,
  run: (_input, io) => serveWeb(readEnv(), { dir: ROOT, isDevelopment: true }, io),
});
