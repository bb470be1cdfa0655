import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { AppError } from '#lib/errors.ts';
import { runCommand } from './cli/run-command.ts';
import { ROOT } from './portal/build-web.ts';
import { type AuditReport, auditFindings } from './supply/audit-report.ts';

const fault = (code: string, detail: string) => new AppError({ status: 500, code, detail });

/** npm's report, whatever its exit code: it fails by what it found, too. */
async function readReport(signal: AbortSignal): Promise<AuditReport> {
  const args = ['audit', '--json', '--omit=dev', '--package-lock-only'];
  const { stdout } = await execa('npm', args, { cwd: ROOT, reject: false, cancelSignal: signal });
  try {
    return JSON.parse(stdout);
  } catch {
    return {};
  }
}

await runCommand({
  usage: 'npm run audit --',
  summary:
    'Asks the npm registry for known weaknesses of what is delivered; scripts/supply/audit-exceptions.json explains.',
  define: () => undefined,
  parse: () => undefined,
  run: async (_input, { reporter, signal, print }) => {
    reporter.start('Asking for known weaknesses …');
    const exceptions = JSON.parse(await readFile(path.join(ROOT, 'scripts/supply/audit-exceptions.json'), 'utf8'));
    const report = await readReport(signal);
    signal.throwIfAborted();
    if (report.auditReportVersion !== 2)
      throw fault(
        'audit_unanswered',
        'The npm registry gave no audit; ask one that does, with npm config set registry.',
      );
    const findings = auditFindings(report, exceptions, new Date().toISOString().slice(0, 10));
    for (const finding of findings) print(finding);
    if (findings.length > 0) throw fault('audit_findings', `${findings.length} to mend or to explain, see above.`);
    reporter.succeed('No known weakness, or explained.');
  },
});
