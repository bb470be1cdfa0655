import { runCommand } from '#scripts/cli/run-command.ts';
import { buildWeb } from '#scripts/portal/build-web.ts';

await runCommand({
  usage: 'npm run build --',
  summary: 'Builds the web in standalone form, below .next/standalone.',
  define: () => undefined,
  parse: () => undefined,
  run: async (_input, { reporter, signal }) => {
    reporter.start('Building the web …');
    await buildWeb({ signal });
    reporter.succeed('Built: npm run start serves it.');
  },
});
