import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#lib/errors.ts';
import { runCommand } from './cli/run-command.ts';
import { ROOT } from './portal/build-web.ts';
import { refusedLicences, renderLicences } from './supply/licence-list.ts';

await runCommand({
  usage: 'npm run licences --',
  summary: 'Writes docs/licences.md from the lock file; fails on a licence that nobody has allowed.',
  define: () => undefined,
  parse: () => undefined,
  run: async (_input, { reporter }) => {
    const lock = JSON.parse(await readFile(path.join(ROOT, 'package-lock.json'), 'utf8'));
    await writeFile(path.join(ROOT, 'docs/licences.md'), renderLicences(lock));
    const refused = refusedLicences(lock).map(({ name, licence }) => `${name} (${licence})`);
    if (refused.length > 0)
      throw new AppError({
        status: 500,
        code: 'licence_refused',
        detail: `Not allowed: ${refused.join(', ')}. Take another package, or write down why in scripts/supply/licence-list.ts.`,
      });
    reporter.succeed('docs/licences.md is written.');
  },
});
