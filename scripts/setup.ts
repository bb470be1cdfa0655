import { execa } from 'execa';
import { runCommand } from './cli/run-command.ts';
import { ROOT } from './portal/build-web.ts';
import { ensureTools, wishForHeadlessShell } from './portal/ensure-tools.ts';

await runCommand({
  usage: 'npm run setup --',
  summary: 'Makes a fresh clone ready to work in: packages, the tools that tests need, hooks for commits.',
  define: () => undefined,
  parse: () => undefined,
  run: async (_input, { reporter }) => {
    const say = (line: string) => reporter.start(line);
    await ensureTools(['ffmpeg', 'chromium', 'caddy', 'psql'], say);
    await wishForHeadlessShell(say);
    await execa('lefthook', ['install'], { cwd: ROOT, preferLocal: true });
    reporter.succeed('Ready: npm run demo, npm run dev, npm test.');
  },
});
