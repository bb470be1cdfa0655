import type { BucketUse } from './wanted-settings.ts';

/** The accounts that `gcp:setup` makes. The operator is whoever runs the commands: both of the others. */
export type PortalAccount = 'web' | 'worker' | 'operator';

/** A custom role: what one process calls on one bucket. */
export interface BucketRole {
  id: string;
  title: string;
  account: Exclude<PortalAccount, 'operator'>;
  bucket: BucketUse;
  permissions: readonly string[];
}

/**
 * `storage.objects.list` stands beside every `get` whose caller asks whether an object is there: without it Google
 * answers 403, not 404, for one that is not. `storage.buckets.get` is what `media:verify` reads settings with.
 */
const LOOK = ['storage.buckets.get', 'storage.objects.get', 'storage.objects.list'];

/** The permission that also makes overwriting possible. */
export const DELETE_OBJECTS = 'storage.objects.delete';

/**
 * Web: opens upload sessions and looks at masters (`startUpload`, `stat`), signs URLs of both buckets.
 * Worker: reads masters by range, and writes, lists, replaces and removes clips (`write-delivery`, `remove-objects`).
 */
export const BUCKET_ROLES: readonly BucketRole[] = [
  {
    ...{ id: 'heartbeatWebLake', title: 'HeartBeat web in the lake', account: 'web', bucket: 'lake' },
    permissions: [...LOOK, 'storage.objects.create'],
  },
  {
    ...{ id: 'heartbeatWebMedia', title: 'HeartBeat web in the media bucket', account: 'web', bucket: 'media' },
    permissions: ['storage.buckets.get', 'storage.objects.get'],
  },
  {
    ...{ id: 'heartbeatWorkerLake', title: 'HeartBeat worker in the lake', account: 'worker', bucket: 'lake' },
    permissions: LOOK,
  },
  {
    ...{ id: 'heartbeatWorkerMedia', title: 'HeartBeat worker in the media bucket' },
    ...{ account: 'worker', bucket: 'media' },
    permissions: [...LOOK, 'storage.objects.create', DELETE_OBJECTS],
  },
];

/** Given to the web on request only: `DELETE /masters/{id}` needs it, and with it masters could be overwritten. */
export const MASTER_DELETION = {
  id: 'heartbeatMasterDeletion',
  title: 'HeartBeat deletion of masters',
  permissions: [DELETE_OBJECTS],
} as const;

/** Signing without a key: an account asks IAM to sign with itself. */
export const SELF_SIGNING = {
  id: 'heartbeatSelfSigning',
  title: 'HeartBeat signing of URLs',
  permissions: ['iam.serviceAccounts.signBlob'],
} as const;

/** What nobody needs, and is told of when someone has it. */
const DANGEROUS = [
  ...[DELETE_OBJECTS, 'storage.objects.create', 'storage.objects.update'],
  ...['storage.buckets.update', 'storage.buckets.delete', 'storage.buckets.setIamPolicy'],
];

const ACCOUNTS: readonly PortalAccount[] = ['web', 'worker'];
export type PermissionsByBucket = Readonly<Record<BucketUse, readonly string[]>>;

function neededBy(account: PortalAccount, bucket: BucketUse): string[] {
  const roles = BUCKET_ROLES.filter((role) => role.bucket === bucket);
  return roles.filter((role) => account === 'operator' || role.account === account).flatMap((role) => role.permissions);
}

/** Everything that is worth asking `testIamPermissions` about. */
export const PERMISSIONS_TO_ASK: readonly string[] = [...new Set([...neededBy('operator', 'media'), ...DANGEROUS])];

export interface PermissionVerdict {
  /** `lake: storage.objects.create`, … : what the operator has and these credentials lack. */
  missing: string[];
  /** What the operator would not have. */
  excess: string[];
  /** The processes that these credentials would do for. */
  fits: PortalAccount[];
}

const BUCKETS: readonly BucketUse[] = ['lake', 'media'];

/** Compares what credentials may do with what the operator's account needs, who runs the commands. */
export function judgePermissions(granted: PermissionsByBucket): PermissionVerdict {
  const inBuckets = (only: (bucket: BucketUse) => string[]) =>
    BUCKETS.flatMap((bucket) => [...new Set(only(bucket))].map((permission) => `${bucket}: ${permission}`));
  const missingOf = (account: PortalAccount) =>
    inBuckets((bucket) => neededBy(account, bucket).filter((one) => !granted[bucket].includes(one)));
  return {
    missing: missingOf('operator'),
    excess: inBuckets((bucket) => granted[bucket].filter((one) => !neededBy('operator', bucket).includes(one))),
    fits: ACCOUNTS.filter((account) => missingOf(account).length === 0),
  };
}
