import { deliveryPrefix, type GamePath } from '#lib/storage/port/object-keys.ts';
import type { BucketCorsRule, BucketResource, LifecycleRule } from './bucket-resource.ts';

export type BucketUse = 'lake' | 'media';

/** Where `media:verify` puts its probes: no team is called ZZZZ. Whatever a killed run left there may go. */
export const PROBE_GAME: GamePath = { teamCode: 'ZZZZ', season: '2000-2001', gameId: 'verify' };
const PROBE_PREFIX = deliveryPrefix(PROBE_GAME, '-').slice(0, -'-/'.length);

const DAY_S = 86_400;

/** How a bucket of the portal is to be. `gcp:setup` makes it so, `media:verify` compares. */
export interface WantedBucket {
  use: BucketUse;
  cors: BucketCorsRule[];
  lifecycle: { rule: LifecycleRule[] };
  /** Days for which a deleted or overwritten object can be brought back; Google allows 7 to 90. */
  softDeleteDays: number;
}

/**
 * What pages read of an answer and may send with a request: `Content-Range` and `Range` are the resumable protocol's
 * and the player's; a range's size and place are read from the others.
 */
const HEADERS = [
  ...['Accept-Ranges', 'Content-Length', 'Content-Range', 'Content-Type'],
  ...['ETag', 'Location', 'Range', 'Retry-After'],
];

/** Sessions expire after a week by themselves; parts of XML multipart uploads by other tools do not. */
const ABORT_UPLOADS: LifecycleRule = {
  action: { type: 'AbortIncompleteMultipartUpload' },
  condition: { age: 7 },
};

const MEDIA_RULES: LifecycleRule[] = [
  ABORT_UPLOADS,
  { action: { type: 'Delete' }, condition: { age: 1, matchesPrefix: [PROBE_PREFIX] } },
  // Versions are off; this clears what an earlier setting left behind.
  { action: { type: 'Delete' }, condition: { isLive: false, daysSinceNoncurrentTime: 7 } },
];

/**
 * Masters are irreplaceable, and nobody but an admin deletes one: a deleted one stays restorable for the longest time
 * that Google knows. Clips can be cut again; Google's default week is enough for them.
 * @param portalOrigin scheme, host and port of the pages, as a browser sends them in `Origin`.
 */
export function wantedBucket(use: BucketUse, portalOrigin: string): WantedBucket {
  const method = use === 'lake' ? ['GET', 'HEAD', 'PUT'] : ['GET', 'HEAD'];
  return {
    use,
    cors: [{ origin: [portalOrigin], method, responseHeader: HEADERS, maxAgeSeconds: 3600 }],
    lifecycle: { rule: use === 'lake' ? [ABORT_UPLOADS] : MEDIA_RULES },
    softDeleteDays: use === 'lake' ? 90 : 7,
  };
}

export const BUCKET_SETTINGS = [
  'uniform access',
  'public access',
  'CORS',
  'lifecycle',
  'retention',
  'versions',
] as const;
export type BucketSetting = (typeof BUCKET_SETTINGS)[number];

const listed = (names: readonly string[]) => names.join(', ');

/** Google uses the first rule that names origin and method, and no other. */
function corsFault(wanted: WantedBucket, actual: BucketResource): string | null {
  if (actual.cors.some(({ origin }) => origin.includes('*'))) return 'pages of every origin may read';
  for (const { origin, method, responseHeader } of wanted.cors) {
    for (const verb of method) {
      const rule = actual.cors.find((one) => origin.every((o) => one.origin.includes(o)) && one.method.includes(verb));
      if (!rule) return `no rule allows ${verb} to ${listed(origin)}`;
      const known = rule.responseHeader.map((name) => name.toLowerCase());
      const missing = responseHeader.filter((name) => !known.includes(name.toLowerCase()));
      if (missing.length > 0) return `${verb} hides ${listed(missing)}`;
    }
  }
  return null;
}

const touchesLiveObjects = ({ isLive, daysSinceNoncurrentTime }: LifecycleRule['condition']) =>
  isLive !== false && daysSinceNoncurrentTime === undefined;

function isAllowedDeletion(wanted: WantedBucket, { condition }: LifecycleRule): boolean {
  if (!touchesLiveObjects(condition)) return wanted.use === 'media';
  const prefixes = condition.matchesPrefix ?? [];
  return wanted.use === 'media' && prefixes.length > 0 && prefixes.every((prefix) => prefix.startsWith(PROBE_PREFIX));
}

const sameRule = (a: LifecycleRule, b: LifecycleRule) =>
  a.action.type === b.action.type &&
  a.condition.age === b.condition.age &&
  a.condition.isLive === b.condition.isLive &&
  a.condition.daysSinceNoncurrentTime === b.condition.daysSinceNoncurrentTime &&
  listed(a.condition.matchesPrefix ?? []) === listed(b.condition.matchesPrefix ?? []);

/** Rules of the club's own are welcome (colder storage classes, say) as long as they delete nothing. */
function lifecycleFault(wanted: WantedBucket, { lifecycle }: BucketResource): string | null {
  const deletes = lifecycle.rule.some((rule) => rule.action.type === 'Delete' && !isAllowedDeletion(wanted, rule));
  if (deletes) return `a rule deletes ${wanted.use === 'lake' ? 'masters' : 'clips'}`;
  const missing = wanted.lifecycle.rule.filter((rule) => !lifecycle.rule.some((one) => sameRule(one, rule)));
  return missing.length === 0 ? null : `no rule for ${listed(missing.map(({ action }) => action.type))}`;
}

function retentionFault({ use, softDeleteDays }: WantedBucket, actual: BucketResource): string | null {
  const days = actual.softDeletePolicy.retentionDurationSeconds / DAY_S;
  if (days < softDeleteDays) return `deleted objects are kept for ${days} days rather than ${softDeleteDays}`;
  if (use === 'media' && actual.retentionPolicy) return 'a retention policy keeps clips from being cut again';
  return null;
}

/** What is wrong with each setting of a bucket; `null` where nothing is. */
export function judgeBucket(wanted: WantedBucket, actual: BucketResource): Record<BucketSetting, string | null> {
  const { uniformBucketLevelAccess, publicAccessPrevention } = actual.iamConfiguration;
  return {
    'uniform access': uniformBucketLevelAccess.enabled ? null : 'objects have access lists of their own',
    'public access': publicAccessPrevention === 'enforced' ? null : 'the bucket could be made public',
    CORS: corsFault(wanted, actual),
    lifecycle: lifecycleFault(wanted, actual),
    retention: retentionFault(wanted, actual),
    versions: actual.versioning.enabled ? 'versions are on: soft delete keeps what was overwritten already' : null,
  };
}
