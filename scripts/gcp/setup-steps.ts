import { z } from 'zod';
import { accountSteps } from './account-steps.ts';
import { bucketSteps } from './bucket-steps.ts';
import { cdnSteps } from './cdn-steps.ts';
import type { Step } from './gcloud-step.ts';
import type { GcpConfig } from './gcp-config.ts';

const servicesSchema = z.array(z.object({ config: z.object({ name: z.string() }) }));

/** The services that the rest is made of; `iamcredentials` signs without a key file. */
function serviceStep({ project, cdn }: GcpConfig): Step {
  const names = ['storage', 'iam', 'iamcredentials', ...(cdn ? ['compute'] : [])].map(
    (name) => `${name}.googleapis.com`,
  );
  return {
    title: 'services',
    check: ['services', 'list', '--enabled', `--project=${project}`, '--format=json'],
    isDone: (found) => {
      const enabled = servicesSchema.parse(found ?? []).map(({ config }) => config.name);
      return names.every((name) => enabled.includes(name));
    },
    change: ['services', 'enable', ...names, `--project=${project}`],
  };
}

/** Everything of `gcp:setup`, in an order in which each step finds what it needs. */
export const setupSteps = (config: GcpConfig, cdnKey: string | undefined): Step[] => [
  serviceStep(config),
  ...bucketSteps(config),
  ...accountSteps(config),
  ...(config.cdn && cdnKey ? cdnSteps(config, config.cdn, cdnKey) : []),
];
