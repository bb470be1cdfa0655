import path from 'node:path';
import { readEnv } from '#lib/config/env.ts';
import { runCommand } from '#scripts/cli/run-command.ts';
import { ROOT } from '#scripts/portal/build-web.ts';
import { runNext } from '#scripts/portal/run-next.ts';

await runCommand({
  usage: 'npm run dev --',
  summary: "Next's development server on the environment's database and store. The worker runs beside it.",
  define: () => undefined,
  parse: () => undefined,
  run: (_input, io) => {
    const next = path.join(ROOT, 'node_modules', 'next', 'dist', 'bin', 'next');
    return runNext([next, 'dev', '--port', String(readEnv().PORT)], ROOT, io);
  },
});
