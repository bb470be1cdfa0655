import { z } from 'zod';
import { domainList, roleRules } from '#lib/auth/role-rules.ts';
import { guardOf, TaggedError } from '#lib/errors.ts';

/** Signed URLs of GCS live at most seven days (V4). */
const MAX_TTL_MINUTES = 7 * 24 * 60;

/** Load balancers that ask less often than that are not waited for. */
export const MAX_SHUTDOWN_GRACE_S = 60;

const empty = (value: unknown) => (value === '' ? undefined : value);
const optionalText = z.preprocess(empty, z.string().min(1).optional());
const bucketName = z.string().regex(/^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/, 'is no bucket name');

/** SQLAlchemy spells the driver into the scheme; Postgres' own clients do not. */
const databaseUrl = z
  .string('is not set: a PostgreSQL connection string')
  .transform((value) => value.replace(/^postgres(ql)?(\+[a-z0-9]+)?:\/\//, 'postgresql://'))
  .refine((value) => value.startsWith('postgresql://') && URL.canParse(value), 'is no postgresql:// connection string');

const cdnDomain = z
  .string()
  .regex(/^(?!-)[a-z0-9-]+(\.[a-z0-9-]+)+$/i, 'is a bare host name, like media.example.com, without scheme or path')
  .optional();

const cdnKeyName = z
  .string()
  .regex(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/, 'is no name of a signing key: lower-case letters, digits and "-"')
  .optional();

/** Cloud CDN signing keys are 16 random bytes, base64url; Node's decoder would skip over what is no base64url. */
const cdnKey = z
  .string()
  .regex(/^[A-Za-z0-9_-]{22}(==)?$/, 'is not 16 bytes in base64url')
  .optional();

/** Google's client takes an empty value for an address too, so that it has to be left out altogether. */
const emulatorHost = z
  .string()
  .regex(/^https?:\/\/[^/\s]+$/, 'is an address like http://127.0.0.1:4443; leave it out for Google itself')
  .optional();

/** A secret travels to it and identities come from it: only this machine may be met without TLS. */
const issuerUrl = z
  .url({ protocol: /^https?$/, error: 'is no URL' })
  .refine((url) => /^(https:|http:\/\/(localhost|127\.0\.0\.1|\[::1\])([:/]|$))/i.test(url), 'is no https:// URL')
  .optional();

/** Receivers of webhooks that may be private and without TLS: for development and tests, or a bot next door. */
const privateHosts = z
  .string()
  .default('')
  .transform((value) => value.split(',').flatMap((host) => host.trim().toLowerCase() || []))
  .refine(
    (hosts) => hosts.every((host) => /^[^\s/@]+:\d{1,5}$/.test(host)),
    'is a list like 10.0.0.5:8080,bot.local:443',
  );

/** A rule between variables is judged whenever these are sound by themselves, whatever else is wrong. */
const given =
  (...names: string[]) =>
  (payload: { issues: { path?: PropertyKey[] | undefined }[] }): boolean =>
    !payload.issues.some((issue) => names.includes(String(issue.path?.[0])));

/** What the buckets and the CDN are set up for. */
const mediaVariables = {
  MEDIA_LAKE_BUCKET: bucketName.default('heartbeat-474020-lake'),
  MEDIA_GCS_BUCKET: bucketName.default('heartbeat-media'),
  MEDIA_CDN_DOMAIN: z.preprocess(empty, cdnDomain),
  MEDIA_CDN_KEY_NAME: z.preprocess(empty, cdnKeyName),
  MEDIA_CDN_KEY: z.preprocess(empty, cdnKey),
  SIGNED_URL_TTL_MINUTES: z.coerce
    .number()
    .min(1 / 60, 'is at least a second (0.017)')
    .max(MAX_TTL_MINUTES, 'is at most 7 days (10080)')
    .default(60),
  NEXTAUTH_URL: z.preprocess(empty, z.url('is no URL').optional()),
};
const mediaEnvSchema = z.object(mediaVariables);

const envSchema = z
  .object({
    ...mediaVariables,
    DATABASE_URL: databaseUrl,
    MEDIA_STORE: z.enum(['disk', 'gcs']).default('disk'),
    MEDIA_DISK_ROOT: z.string().min(1).default('.data/objects'),
    // What announced uploads leave free of the disk store's disk.
    MEDIA_DISK_RESERVE_GIB: z.coerce.number().min(0).max(1_000_000).default(1),
    MEDIA_GCS_HMAC_ACCESS_ID: optionalText,
    MEDIA_GCS_HMAC_SECRET: optionalText,
    SIGNED_URL_WINDOW_MINUTES: z.preprocess(empty, z.coerce.number().positive().optional()),
    NEXTAUTH_SECRET: z.string('is not set: openssl rand -base64 32 makes one').min(16, 'is shorter than 16 characters'),
    GOOGLE_CLIENT_ID: optionalText,
    GOOGLE_CLIENT_SECRET: optionalText,
    OIDC_ISSUER: z.preprocess(empty, issuerUrl),
    OIDC_CLIENT_ID: optionalText,
    OIDC_CLIENT_SECRET: optionalText,
    OIDC_NAME: z.preprocess(empty, z.string().max(40).default('Single sign-on')),
    OIDC_ROLE_CLAIM: z.preprocess(empty, z.string().max(100).default('roles')),
    SIGNIN_ALLOWED_DOMAINS: domainList,
    SIGNIN_ROLES: roleRules,
    // Both are read by Google's client itself; declared here so that a bad value stops the start.
    GOOGLE_APPLICATION_CREDENTIALS: optionalText,
    STORAGE_EMULATOR_HOST: emulatorHost,
    // How many reverse proxies stand before the portal: so many entries of X-Forwarded-For are believed.
    TRUSTED_PROXY_HOPS: z.coerce.number().int().min(0).max(10).default(0),
    WEBHOOK_ALLOW_PRIVATE_HOSTS: privateHosts,
    // How long the audit log is kept: two years unless told otherwise.
    AUDIT_RETENTION_DAYS: z.coerce.number().int().min(90, 'is at least 90').max(36_500).default(730),
    // What one team may have announced and not completed: so many files, and so much together.
    UPLOADS_PER_TEAM: z.coerce.number().int().min(1, 'is at least 1').max(100_000).default(100),
    UPLOAD_GIB_PER_TEAM: z.coerce.number().positive().max(1_000_000).default(5120),
    // Requests that one person, all their API keys, or one place may send in a minute. There is no "off".
    API_RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(1, 'is at least 1').max(10_000_000).default(1200),
    LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
    PORT: z.coerce.number().int().min(1).max(65535).default(3000),
    // The address that the web listens on.
    HOSTNAME: z.preprocess(empty, z.string().default('0.0.0.0')),
    // How long a web that is being stopped still takes requests while its health says "draining".
    SHUTDOWN_GRACE_S: z.coerce.number().min(0).max(MAX_SHUTDOWN_GRACE_S).default(0),
    // Where ffmpeg and ffprobe are looked for; their processes inherit nothing else.
    PATH: optionalText,
  })
  .refine((env) => env.MEDIA_LAKE_BUCKET !== env.MEDIA_GCS_BUCKET, {
    when: given('MEDIA_LAKE_BUCKET', 'MEDIA_GCS_BUCKET'),
    path: ['MEDIA_GCS_BUCKET'],
    message: 'is the lake: masters and delivery need two buckets',
  })
  .refine((env) => !env.MEDIA_CDN_DOMAIN || (env.MEDIA_CDN_KEY_NAME && env.MEDIA_CDN_KEY), {
    when: given('MEDIA_CDN_DOMAIN', 'MEDIA_CDN_KEY_NAME', 'MEDIA_CDN_KEY'),
    path: ['MEDIA_CDN_KEY'],
    message: 'and MEDIA_CDN_KEY_NAME are needed with MEDIA_CDN_DOMAIN',
  })
  .refine((env) => !env.MEDIA_GCS_HMAC_ACCESS_ID === !env.MEDIA_GCS_HMAC_SECRET, {
    when: given('MEDIA_GCS_HMAC_ACCESS_ID', 'MEDIA_GCS_HMAC_SECRET'),
    path: ['MEDIA_GCS_HMAC_SECRET'],
    message: 'and MEDIA_GCS_HMAC_ACCESS_ID go together',
  })
  .refine((env) => (env.SIGNED_URL_WINDOW_MINUTES ?? 0) <= env.SIGNED_URL_TTL_MINUTES, {
    when: given('SIGNED_URL_TTL_MINUTES', 'SIGNED_URL_WINDOW_MINUTES'),
    path: ['SIGNED_URL_WINDOW_MINUTES'],
    message: 'is longer than SIGNED_URL_TTL_MINUTES',
  })
  .refine((env) => !env.GOOGLE_CLIENT_ID === !env.GOOGLE_CLIENT_SECRET, {
    when: given('GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET'),
    path: ['GOOGLE_CLIENT_SECRET'],
    message: 'and GOOGLE_CLIENT_ID go together',
  })
  .refine((env) => !env.OIDC_ISSUER === !(env.OIDC_CLIENT_ID && env.OIDC_CLIENT_SECRET), {
    when: given('OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'),
    path: ['OIDC_ISSUER'],
    message: 'goes with OIDC_CLIENT_ID and OIDC_CLIENT_SECRET',
  });

/** The variables that the portal knows. */
export const ENV_NAMES: string[] = Object.keys(envSchema.shape);

export type Env = z.output<typeof envSchema>;
export type MediaEnv = z.output<typeof mediaEnvSchema>;

/** Faults of the environment: one line for each variable, ready to print. */
export class EnvError extends TaggedError {
  readonly lines: string[];

  constructor(lines: string[]) {
    super('EnvError', lines.join('\n'));
    this.lines = lines;
  }
}
export const isEnvError = guardOf<EnvError>('EnvError');

/**
 * Parses the environment of contract §2.
 * @throws EnvError with one line per fault.
 */
export function parseEnv(source: Record<string, string | undefined>): Env {
  return outputOf(envSchema.safeParse(source));
}

function outputOf<T>(result: z.ZodSafeParseResult<T>): T {
  if (result.success) return result.data;
  throw new EnvError(result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`));
}

/**
 * The part of the environment that buckets and CDN are set up by, where no database need be: for `gcp:*`.
 * @throws EnvError with one line per fault.
 */
export const readMediaEnv = (): MediaEnv => outputOf(mediaEnvSchema.safeParse(process.env));

let cached: Env | undefined;

/** The process' environment, read once. No other file reads `process.env`. */
export function readEnv(): Env {
  cached ??= parseEnv(process.env);
  return cached;
}

/** Whether browsers reach the portal by https: cookies and headers then insist on it. */
export const isHttps = (env: Pick<Env, 'NEXTAUTH_URL'>): boolean => /^https:/i.test(env.NEXTAUTH_URL ?? '');

/** Where the portal answers, without a trailing slash: links, playlists and disk-store URLs start with it. */
export const publicBaseUrl = (env: Pick<Env, 'NEXTAUTH_URL' | 'PORT'>): string =>
  (env.NEXTAUTH_URL ?? `http://localhost:${env.PORT}`).replace(/(?<!\/)\/+$/, '');
