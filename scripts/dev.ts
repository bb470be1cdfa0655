import path from 'node:path';
import { execa } from 'execa';
import { readEnv } from '#lib/config/env.ts';
import { checkWebEnvironment } from '#lib/runtime/check-web-environment.ts';
import { ROOT } from './portal/build-web.ts';

/** `npm run dev`: Next's development server, on the environment's database and store. The worker runs beside it. */
checkWebEnvironment();
const next = path.join(ROOT, 'node_modules', 'next', 'dist', 'bin', 'next');
const { exitCode } = await execa(
  process.execPath,
  [next, 'dev', '--port', String(readEnv().PORT), ...process.argv.slice(2)],
  {
    cwd: ROOT,
    stdio: 'inherit',
    reject: false,
  },
);
process.exitCode = exitCode ?? 0;
