import { type Env, publicBaseUrl } from '#lib/config/env.ts';
import { type Cdn, signByCdn } from '#lib/delivery/object-signers.ts';
import type { GcsInspector } from '#lib/storage/google/bucket-settings.ts';
import { judgePermissions, PERMISSIONS_TO_ASK } from '#lib/storage/google/wanted-permissions.ts';
import {
  BUCKET_SETTINGS,
  type BucketSetting,
  type BucketUse,
  judgeBucket,
  wantedBucket,
} from '#lib/storage/google/wanted-settings.ts';
import type { Buckets } from '#lib/storage/port/object-keys.ts';
import type { ObjectStore } from '#lib/storage/port/object-store.ts';
import { CommandFailed } from '#scripts/cli/one-line.ts';
import type { Check } from './verify-checks.ts';
import { PROBE, probeLifetime, withProbe } from './verify-probe.ts';

const RIGHT: Record<BucketSetting, string> = {
  'uniform access': 'access is the bucket’s alone',
  'public access': 'cannot be made public',
  CORS: 'the portal’s pages may do what they need',
  lifecycle: 'clears what is left over, and nothing else',
  retention: 'what is deleted can be brought back',
  versions: 'off, as soft delete does their work',
};

const SETUP = 'npm run gcp:setup mends it';

/** A line for each setting of one bucket, read once for all of them. */
function bucketChecks(env: Env, google: GcsInspector, use: BucketUse, bucket: string): Check[] {
  const wanted = wantedBucket(use, new URL(publicBaseUrl(env)).origin);
  let read: ReturnType<GcsInspector['readBucket']> | undefined;
  return BUCKET_SETTINGS.map((setting) => ({
    name: `${use} ${setting}`,
    run: async () => {
      read ??= google.readBucket(bucket);
      const fault = judgeBucket(wanted, await read)[setting];
      if (fault) throw new CommandFailed(`${fault}; ${SETUP} (step "${use}: ${setting}")`);
      return RIGHT[setting];
    },
  }));
}

/** The commands need what web and worker need together: the operator's account. */
async function checkPermissions(google: GcsInspector, buckets: Buckets): Promise<string> {
  const lake = await google.grantedPermissions(buckets.lake, PERMISSIONS_TO_ASK);
  const media = await google.grantedPermissions(buckets.media, PERMISSIONS_TO_ASK);
  const { missing, excess, fits } = judgePermissions({ lake, media });
  if (missing.length > 0) {
    const [account] = fits;
    const advice = account ? `they are the ${account}’s, run this as the operator` : `${SETUP} (steps "grant …")`;
    throw new CommandFailed(`the credentials lack ${missing.join(', ')}; ${advice}`);
  }
  const fit = 'the credentials do for web, worker and commands';
  return excess.length === 0 ? fit : `${fit}; WARNING, more than needed: ${excess.join(', ')}`;
}

/** A probe through the CDN, by the very signatures that delivery makes, and the same URL without one. */
async function checkCdn(cdn: Cdn, store: ObjectStore, buckets: Buckets, signal: AbortSignal): Promise<string> {
  const sign = signByCdn(cdn);
  return withProbe(store, buckets, async (ref, generation) => {
    const url = await sign(ref, probeLifetime(), { generation });
    const good = await fetch(url, { signal, redirect: 'manual' });
    if (good.status !== 200 || (await good.text()) !== PROBE) {
      throw new CommandFailed(
        `a signed URL answered ${good.status} instead of the object; check DNS and certificate, MEDIA_CDN_KEY_NAME and MEDIA_CDN_KEY, and the steps "cdn …" of npm run gcp:setup`,
      );
    }
    const bare = new URL(url);
    bare.search = `?generation=${generation}`;
    const refused = await fetch(bare, { signal, redirect: 'manual' });
    await refused.body?.cancel();
    if (refused.status !== 403) {
      throw new CommandFailed(
        `an unsigned URL answered ${refused.status} rather than 403: the bucket is public, or the backend bucket has no signing key; ${SETUP}`,
      );
    }
    return `${new URL(cdn.origin).host} serves signed URLs, and nothing else`;
  });
}

/** What is asked of Google beyond the store's own port. */
export function googleChecks(
  env: Env,
  parts: { google: GcsInspector; store: ObjectStore; buckets: Buckets; cdn: Cdn | undefined },
): Check[] {
  const { google, store, buckets, cdn } = parts;
  return [
    ...bucketChecks(env, google, 'lake', buckets.lake),
    ...bucketChecks(env, google, 'media', buckets.media),
    { name: 'permissions', run: () => checkPermissions(google, buckets) },
    ...(cdn ? [{ name: 'cdn', run: (signal: AbortSignal) => checkCdn(cdn, store, buckets, signal) }] : []),
  ];
}
