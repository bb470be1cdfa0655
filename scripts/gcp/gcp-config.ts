import type { MediaEnv } from '#lib/config/env.ts';
import { UsageError } from '#scripts/cli/one-line.ts';

/** What is set up, and for whom. */
export interface GcpConfig {
  project: string;
  /** Where new buckets lie; buckets that exist stay where they are. */
  location: string;
  buckets: { lake: string; media: string };
  /** Scheme, host and port of the portal's pages. */
  portalOrigin: string;
  /** `user:…` or `group:…`: who may act as the operator's account. */
  operators: readonly string[];
  allowMasterDeletion: boolean;
  /** Days in which a master can be neither deleted nor overwritten by anyone; 0 for none. Never locked. */
  lakeRetentionDays: number;
  cdn: CdnConfig | null;
}

export interface CdnConfig {
  domain: string;
  keyName: string;
}

/** The parts of the load balancer and the backend bucket; one portal a project. */
export const BACKEND_BUCKET = 'heartbeat-media';
export const BALANCER = 'heartbeat-cdn';

export interface SetupFlags {
  project: string;
  location: string;
  operators: readonly string[];
  allowMasterDeletion: boolean;
  lakeRetentionDays: number;
}

/** The flags, and the portal's own variables: both sides speak of the same buckets and the same CDN. @throws UsageError */
export function gcpConfigOf(flags: SetupFlags, env: MediaEnv): GcpConfig {
  if (!env.NEXTAUTH_URL) {
    throw new UsageError('NEXTAUTH_URL is not set: the buckets allow the pages of that origin to read and upload.');
  }
  const { MEDIA_CDN_DOMAIN: domain, MEDIA_CDN_KEY_NAME: keyName, MEDIA_CDN_KEY: key } = env;
  if (domain && !(keyName && key)) {
    throw new UsageError(
      'MEDIA_CDN_DOMAIN needs MEDIA_CDN_KEY_NAME and MEDIA_CDN_KEY; npm run gcp:rotate-cdn-key -- --help tells how to make one.',
    );
  }
  return {
    ...flags,
    buckets: { lake: env.MEDIA_LAKE_BUCKET, media: env.MEDIA_GCS_BUCKET },
    portalOrigin: new URL(env.NEXTAUTH_URL).origin,
    cdn: domain && keyName ? { domain: domain.toLowerCase(), keyName } : null,
  };
}

/** `heartbeat-web@project.iam.gserviceaccount.com` */
export const accountEmail = ({ project }: Pick<GcpConfig, 'project'>, account: string): string =>
  `heartbeat-${account}@${project}.iam.gserviceaccount.com`;
