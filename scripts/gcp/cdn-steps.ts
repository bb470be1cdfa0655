import { z } from 'zod';
import { CommandFailed } from '#scripts/cli/one-line.ts';
import { creation, FILES_FOLDER, PROJECT_NUMBER, type Step, type StepFile } from './gcloud-step.ts';
import { BACKEND_BUCKET, BALANCER, type CdnConfig, type GcpConfig } from './gcp-config.ts';
import { type Grant, grantFlags, holdsGrant } from './iam-bindings.ts';

const backendBucketSchema = z.object({
  bucketName: z.string(),
  enableCdn: z.boolean().default(false),
  cdnPolicy: z
    .object({
      cacheMode: z.string().optional(),
      signedUrlCacheMaxAgeSec: z.coerce.number().optional(),
      signedUrlKeyNames: z.array(z.string()).default([]),
      cacheKeyPolicy: z.object({ queryStringWhitelist: z.array(z.string()).default([]) }).prefault({}),
    })
    .prefault({}),
});

/** How long the CDN may keep what was fetched under a signature, before it asks the bucket again. */
const SIGNED_MAX_AGE_S = 3600;

/** Delivery URLs name the cut by its generation: left out of the key, an old cut would be served for a new one. */
const KEY_PARAMETER = 'generation';

export const describeBackend = (project: string): string[] => [
  ...['compute', 'backend-buckets', 'describe', BACKEND_BUCKET],
  ...[`--project=${project}`, '--format=json'],
];

/** Names of the signing keys that a described backend bucket has. Google never tells the keys themselves. */
export const keyNamesOf = (backend: unknown): string[] =>
  backendBucketSchema.parse(backend).cdnPolicy.signedUrlKeyNames;

/** Objects say themselves how long they may be kept (`Cache-Control` is written with them), so the origin's word counts. */
const backendFlags = ({ project, buckets }: GcpConfig): string[] => [
  ...[`--project=${project}`, `--gcs-bucket-name=${buckets.media}`, '--enable-cdn', '--cache-mode=USE_ORIGIN_HEADERS'],
  ...[`--cache-key-query-string-whitelist=${KEY_PARAMETER}`, `--signed-url-cache-max-age=${SIGNED_MAX_AGE_S}s`],
];

function backendSteps(config: GcpConfig): Step[] {
  const check = describeBackend(config.project);
  const isWanted = (found: unknown) => {
    const { bucketName, enableCdn, cdnPolicy } = backendBucketSchema.parse(found);
    return (
      bucketName === config.buckets.media &&
      enableCdn &&
      cdnPolicy.cacheMode === 'USE_ORIGIN_HEADERS' &&
      cdnPolicy.cacheKeyPolicy.queryStringWhitelist.join() === KEY_PARAMETER &&
      cdnPolicy.signedUrlCacheMaxAgeSec === SIGNED_MAX_AGE_S
    );
  };
  return [
    creation('cdn: backend bucket', check, [
      ...['compute', 'backend-buckets', 'create', BACKEND_BUCKET],
      ...backendFlags(config),
    ]),
    {
      title: 'cdn: caching',
      check,
      isDone: (found) => found !== null && isWanted(found),
      change: ['compute', 'backend-buckets', 'update', BACKEND_BUCKET, ...backendFlags(config)],
    },
  ];
}

/** Adds one signing key, read from `file`. Google refuses a fourth. */
export const keyStep = (project: string, keyName: string, file: StepFile): Step => ({
  title: `cdn: signing key ${keyName}`,
  check: describeBackend(project),
  isDone: (found) => found !== null && keyNamesOf(found).includes(keyName),
  change: [
    ...['compute', 'backend-buckets', 'add-signed-url-key', BACKEND_BUCKET, `--project=${project}`],
    ...[`--key-name=${keyName}`, `--key-file=${FILES_FOLDER}/${file.name}`],
  ],
  files: [file],
});

/** A condition for the shell. */
const hasKey = (project: string, keyName: string): string =>
  `gcloud compute backend-buckets describe ${BACKEND_BUCKET} --project=${project} '--format=value(cdnPolicy.signedUrlKeyNames)' | tr ';' '\\n' | grep -qx ${keyName}`;

/** Google makes the account that fetches for the CDN together with the first signing key. */
function fillGrant({ buckets }: GcpConfig): Step {
  const grant: Grant = {
    member: `serviceAccount:service-${PROJECT_NUMBER}@cloud-cdn-fill.iam.gserviceaccount.com`,
    role: 'roles/storage.objectViewer',
  };
  return {
    title: 'cdn: read grant of the fill account',
    check: ['storage', 'buckets', 'get-iam-policy', `gs://${buckets.media}`, '--format=json'],
    isDone: (policy) => holdsFillGrant(policy, grant.role),
    change: ['storage', 'buckets', 'add-iam-policy-binding', `gs://${buckets.media}`, ...grantFlags(grant)],
  };
}

/** Backend buckets serve buckets of their own project only, so that one such account can be meant. */
function holdsFillGrant(policy: unknown, role: string): boolean {
  const members = /"(serviceAccount:service-\d+@cloud-cdn-fill\.iam\.gserviceaccount\.com)"/g;
  const found = [...JSON.stringify(policy).matchAll(members)].map(([, member = '']) => member);
  return found.some((member) => holdsGrant(policy, { member, role }));
}

const certificateSchema = z.object({ managed: z.object({ domains: z.array(z.string()) }).optional() });

/** Address, certificate, URL map, proxy and rule: HTTPS only, and nothing behind it but the media bucket. */
function balancerSteps({ project }: GcpConfig, { domain }: CdnConfig): Step[] {
  const inProject = [`--project=${project}`, '--global'];
  const make = (title: string, kind: string, flags: string[]): Step =>
    creation(
      `cdn: ${title}`,
      ['compute', kind, 'describe', BALANCER, ...inProject, '--format=json'],
      ['compute', kind, 'create', BALANCER, ...inProject, ...flags],
    );
  const certificate = make('certificate', 'ssl-certificates', [`--domains=${domain}`]);
  const isForDomain = (found: unknown) => {
    const domains = certificateSchema.parse(found).managed?.domains ?? [];
    if (domains.includes(domain)) return true;
    const fix = 'make one of another name, give it to the proxy and delete the old one (scripts/gcp/README.md)';
    throw new CommandFailed(`The certificate ${BALANCER} is for ${domains.join(', ')}, not ${domain}: ${fix}.`);
  };
  return [
    make('address', 'addresses', ['--ip-version=IPV4']),
    { ...certificate, isDone: (found) => found !== null && isForDomain(found) },
    make('URL map', 'url-maps', [`--default-backend-bucket=${BACKEND_BUCKET}`]),
    make('proxy', 'target-https-proxies', [`--url-map=${BALANCER}`, `--ssl-certificates=${BALANCER}`]),
    make('forwarding rule', 'forwarding-rules', [
      ...['--load-balancing-scheme=EXTERNAL_MANAGED', '--network-tier=PREMIUM', `--address=${BALANCER}`],
      ...[`--target-https-proxy=${BALANCER}`, '--ports=443'],
    ]),
  ];
}

/** A key as Google reads it from a file: base64url with its padding. */
export const paddedKey = (key: string): string => `${key.replace(/={1,2}$/, '')}==`;

/** Cloud CDN before the media bucket. `key` is the configured one, for its file. */
export function cdnSteps(config: GcpConfig, cdn: CdnConfig, key: string): Step[] {
  const file: StepFile = {
    name: `${cdn.keyName}.key`,
    content: { secret: paddedKey(key), shell: `printf '%s==' "\${MEDIA_CDN_KEY%%=*}"`, isOnlyCopy: false },
  };
  return [
    ...backendSteps(config),
    { ...keyStep(config.project, cdn.keyName, file), unless: hasKey(config.project, cdn.keyName) },
    fillGrant(config),
    ...balancerSteps(config, cdn),
  ];
}
