import type { CloudState, Resource } from './cloud-state.ts';
import { GcloudError } from './cloud-state.ts';
import type { Call, Command } from './command-line.ts';
import { bind } from './iam-commands.ts';

const bucketOf = (state: CloudState, url: string): Resource => {
  const found = state.buckets[url.slice('gs://'.length)];
  if (!found) throw new GcloudError(`(gcloud.storage) ${url} not found: 404.`);
  return found;
};

/** `90d` → seconds, as text like all numbers of 64 bits. */
function seconds(duration: string): string {
  const days = /^(\d+)d$/.exec(duration)?.[1];
  if (days === undefined) throw new GcloudError(`Failed to parse duration: ${duration}`, 2);
  return String(Number(days) * 86_400);
}

function applyFlags(bucket: Resource, { flags, textOf }: Call): void {
  const iam = { ...(bucket.iamConfiguration as Resource | undefined) };
  if (flags.has('--uniform-bucket-level-access')) iam.uniformBucketLevelAccess = { enabled: true };
  if (flags.has('--public-access-prevention')) iam.publicAccessPrevention = 'enforced';
  bucket.iamConfiguration = iam;
  const cors = textOf('--cors-file');
  if (cors) bucket.cors = JSON.parse(cors);
  const lifecycle = textOf('--lifecycle-file');
  if (lifecycle) bucket.lifecycle = JSON.parse(lifecycle);
  const softDelete = flags.get('--soft-delete-duration');
  if (softDelete) bucket.softDeletePolicy = { retentionDurationSeconds: seconds(softDelete) };
  const retention = flags.get('--retention-period');
  if (retention) bucket.retentionPolicy = { retentionPeriod: seconds(retention) };
  if (flags.has('--clear-retention-period')) delete bucket.retentionPolicy;
  if (flags.has('--no-versioning')) delete bucket.versioning;
}

export const STORAGE_COMMANDS: Command[] = [
  {
    words: 'storage buckets describe',
    flags: ['--raw', '--format='],
    run: (state, { target }) => bucketOf(state, target),
  },
  {
    words: 'storage buckets create',
    flags: [
      '--project=',
      '--location=',
      '--uniform-bucket-level-access',
      '--public-access-prevention',
      '--soft-delete-duration=',
    ],
    changes: true,
    run: (state, call) => {
      const name = call.target.slice('gs://'.length);
      if (state.buckets[name])
        throw new GcloudError(`HTTPError 409: The requested bucket name is not available: ${name}`);
      const bucket: Resource = {
        ...{ kind: 'storage#bucket', name, location: call.flags.get('--location') },
        softDeletePolicy: { retentionDurationSeconds: '604800' },
      };
      applyFlags(bucket, call);
      state.buckets[name] = bucket;
      state.policies[call.target] = { bindings: [] };
    },
  },
  {
    words: 'storage buckets update',
    flags: [
      ...['--uniform-bucket-level-access', '--public-access-prevention', '--cors-file=', '--lifecycle-file='],
      ...['--soft-delete-duration=', '--retention-period=', '--clear-retention-period', '--no-versioning'],
    ],
    changes: true,
    run: (state, call) => applyFlags(bucketOf(state, call.target), call),
  },
  {
    words: 'storage buckets get-iam-policy',
    flags: ['--format='],
    run: (state, { target }) => {
      bucketOf(state, target);
      return state.policies[target];
    },
  },
  {
    words: 'storage buckets add-iam-policy-binding',
    flags: ['--member=', '--role=', '--condition='],
    changes: true,
    run: (state, call) => {
      bucketOf(state, call.target);
      bind(state, call);
    },
  },
];
