import { z } from 'zod';
import { BUCKET_ROLES, MASTER_DELETION, SELF_SIGNING } from '#lib/storage/google/wanted-permissions.ts';
import type { BucketUse } from '#lib/storage/google/wanted-settings.ts';
import { MASTERS_PREFIX } from '#lib/storage/port/object-keys.ts';
import { CommandFailed } from '#scripts/cli/one-line.ts';
import { creation, type Step } from './gcloud-step.ts';
import { accountEmail, type GcpConfig } from './gcp-config.ts';
import { type Grant, grantFlags, holdsGrant } from './iam-bindings.ts';

const roleSchema = z.object({
  includedPermissions: z.array(z.string()).default([]),
  deleted: z.boolean().default(false),
});

interface Role {
  id: string;
  title: string;
  permissions: readonly string[];
}

const serviceAccount = (config: GcpConfig, account: string) => `serviceAccount:${accountEmail(config, account)}`;
const roleName = ({ project }: GcpConfig, { id }: Pick<Role, 'id'>) => `projects/${project}/roles/${id}`;

function accountStep(config: GcpConfig, account: string, displayName: string): Step {
  const inProject = `--project=${config.project}`;
  return creation(
    `account ${account}`,
    ['iam', 'service-accounts', 'describe', accountEmail(config, account), inProject, '--format=json'],
    ['iam', 'service-accounts', 'create', `heartbeat-${account}`, inProject, `--display-name=${displayName}`],
  );
}

/** A custom role: made, and from then on kept at exactly its permissions. */
function roleSteps({ project }: GcpConfig, { id, title, permissions }: Role): Step[] {
  const check = ['iam', 'roles', 'describe', id, `--project=${project}`, '--format=json'];
  const flags = [`--project=${project}`, `--permissions=${permissions.join(',')}`];
  const isWanted = (found: unknown) => {
    const { includedPermissions, deleted } = roleSchema.parse(found);
    if (deleted) {
      const undelete = `gcloud iam roles undelete ${id} --project=${project}`;
      throw new CommandFailed(`The role ${id} was deleted, and its name is kept for it: ${undelete}`);
    }
    return includedPermissions.toSorted().join() === permissions.toSorted().join();
  };
  return [
    creation(`role ${id}`, check, ['iam', 'roles', 'create', id, ...flags, `--title=${title}`, '--stage=GA']),
    {
      title: `role ${id}: permissions`,
      check,
      isDone: (found) => found !== null && isWanted(found),
      change: ['iam', 'roles', 'update', id, ...flags],
    },
  ];
}

const bucketGrant = (bucket: string, title: string, grant: Grant): Step => ({
  title: `grant ${title}`,
  check: ['storage', 'buckets', 'get-iam-policy', `gs://${bucket}`, '--format=json'],
  isDone: (policy) => holdsGrant(policy, grant),
  change: ['storage', 'buckets', 'add-iam-policy-binding', `gs://${bucket}`, ...grantFlags(grant)],
});

const accountGrant = (config: GcpConfig, account: string, title: string, grant: Grant): Step => ({
  title: `grant ${title}`,
  check: [
    ...['iam', 'service-accounts', 'get-iam-policy', accountEmail(config, account)],
    ...[`--project=${config.project}`, '--format=json'],
  ],
  isDone: (policy) => holdsGrant(policy, grant),
  change: [
    ...['iam', 'service-accounts', 'add-iam-policy-binding', accountEmail(config, account)],
    ...[`--project=${config.project}`, ...grantFlags(grant)],
  ],
});

/**
 * In the lake only masters are the portal's. What asks about the bucket itself (its settings, a listing, a test of
 * permissions) has no object's name.
 */
const conditionIn = (config: GcpConfig, bucket: BucketUse): Pick<Grant, 'condition'> =>
  bucket === 'media'
    ? {}
    : {
        condition: {
          title: 'heartbeat-masters-only',
          expression: `resource.type != "storage.googleapis.com/Object" || resource.name.startsWith("projects/_/buckets/${config.buckets.lake}/objects/${MASTERS_PREFIX}")`,
        },
      };

function bucketGrants(config: GcpConfig): Step[] {
  const grants = BUCKET_ROLES.flatMap((role) =>
    [role.account, 'operator'].map((account) =>
      bucketGrant(config.buckets[role.bucket], `${role.id} to ${account}`, {
        member: serviceAccount(config, account),
        role: roleName(config, role),
        ...conditionIn(config, role.bucket),
      }),
    ),
  );
  if (!config.allowMasterDeletion) return grants;
  const deletion = bucketGrant(config.buckets.lake, `${MASTER_DELETION.id} to web`, {
    member: serviceAccount(config, 'web'),
    role: roleName(config, MASTER_DELETION),
    ...conditionIn(config, 'lake'),
  });
  return [...grants, deletion];
}

/** Signing without a key file, and people who may act as the operator. */
function accountGrants(config: GcpConfig): Step[] {
  const signing = ['web', 'operator'].map((account) =>
    accountGrant(config, account, `${SELF_SIGNING.id} to ${account}, on itself`, {
      member: serviceAccount(config, account),
      role: roleName(config, SELF_SIGNING),
    }),
  );
  const people = config.operators.map((member) =>
    accountGrant(config, 'operator', `the operator’s account to ${member}`, {
      member,
      role: 'roles/iam.serviceAccountTokenCreator',
    }),
  );
  return [...signing, ...people];
}

/** Service accounts of web, worker and operator, with no more than what each calls. The buckets must be there. */
export function accountSteps(config: GcpConfig): Step[] {
  const roles: Role[] = [...BUCKET_ROLES, SELF_SIGNING, ...(config.allowMasterDeletion ? [MASTER_DELETION] : [])];
  return [
    accountStep(config, 'web', 'HeartBeat portal: web'),
    accountStep(config, 'worker', 'HeartBeat portal: worker'),
    accountStep(config, 'operator', 'HeartBeat portal: commands'),
    ...roles.flatMap((role) => roleSteps(config, role)),
    ...bucketGrants(config),
    ...accountGrants(config),
  ];
}
