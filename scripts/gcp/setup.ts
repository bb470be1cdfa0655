import { readMediaEnv } from '#lib/config/env.ts';
import { CommandFailed } from '#scripts/cli/one-line.ts';
import { collect, parseOptions } from '#scripts/cli/parse-options.ts';
import { runCommand } from '#scripts/cli/run-command.ts';
import { scriptOf } from './gcloud-step.ts';
import { BALANCER, type GcpConfig, gcpConfigOf } from './gcp-config.ts';
import { setupFlags } from './gcp-options.ts';
import { runSteps } from './run-steps.ts';
import { setupSteps } from './setup-steps.ts';

const FLAGS = {
  project: '--project',
  location: '--location',
  operators: '--operator',
  lakeRetentionDays: '--lake-retention-days',
};

function nextSteps({ project, cdn }: GcpConfig): string[] {
  const address = `gcloud compute addresses describe ${BALANCER} --global --project=${project} '--format=value(address)'`;
  return [
    ...(cdn ? [`Point ${cdn.domain} at the address that this prints, and the certificate follows: ${address}`] : []),
    'Then check it as the portal sees it, with the operator’s account: npm run media:verify',
  ];
}

await runCommand({
  usage: 'npm run gcp:setup --',
  summary:
    'Brings a Google Cloud project to what the portal needs: both buckets, accounts and roles, and with MEDIA_CDN_DOMAIN the CDN. Buckets, origin and CDN come from the portal’s own variables. Changes only what is not as wanted; scripts/gcp/README.md explains each part.',
  define: (command) =>
    void command
      .option('--project <id>', 'the Google Cloud project')
      .option('--location <place>', 'where new buckets lie', 'northamerica-northeast1')
      .option('--operator <member>', 'who may run the commands: user:… or group:…; may be repeated', collect, [])
      .option(
        '--allow-master-deletion',
        'let the web delete masters (DELETE /masters); it could then overwrite them too',
      )
      .option('--lake-retention-days <days>', 'no master can be deleted by anyone before; 0 for none', '0')
      .option('--dry-run', 'print every command as a script, and run nothing')
      .option('--check', 'look only; exit code 1 if anything is not as wanted'),
  parse: (options) => ({
    flags: parseOptions(
      setupFlags,
      { ...options, operators: options.operator, allowMasterDeletion: options.allowMasterDeletion === true },
      FLAGS,
    ),
    dryRun: options.dryRun === true,
    checkOnly: options.check === true,
  }),
  run: async ({ flags, dryRun, checkOnly }, io) => {
    const env = readMediaEnv();
    const config = gcpConfigOf(flags, env);
    const steps = setupSteps(config, env.MEDIA_CDN_KEY);
    const { project } = config;
    if (dryRun) {
      for (const line of scriptOf(project, steps)) io.print(line);
      return;
    }
    const changed = await runSteps({ project, steps, checkOnly }, io);
    if (checkOnly && changed.length > 0) {
      throw new CommandFailed(
        `${changed.length} of ${steps.length} are not as wanted; without --check they are mended.`,
      );
    }
    io.print(
      changed.length === 0
        ? 'Nothing had to be changed.'
        : `${changed.length} of ${steps.length} steps changed something.`,
    );
    for (const line of nextSteps(config)) io.print(line);
  },
});
