import { createHmac } from 'node:crypto';
import path from 'node:path';
import { createSeal, type Seal } from '#lib/auth/seal.ts';
import type { Env } from '#lib/config/env.ts';
import { publicBaseUrl } from '#lib/config/env.ts';
import { type Database, openDatabase, sessionOptions, WEB_ROLE } from '#lib/db/prisma-client.ts';
import { createCdnSigner } from '#lib/delivery/cdn-signature.ts';
import { createDelivery, type DeliveryOptions } from '#lib/delivery/delivery.ts';
import { defaultWindowMs } from '#lib/delivery/signing-window.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { createCallerWatch } from '#lib/events/caller-watch.ts';
import { createEventHub } from '#lib/events/event-hub.ts';
import { createEventIds } from '#lib/events/event-id.ts';
import { openEventSource } from '#lib/events/event-repo.ts';
import { createJobQueue, startBossLate } from '#lib/jobs/job-queue.ts';
import type { AuditDeps } from '#lib/library-audit/audit-run.ts';
import type { Logger } from '#lib/logger.ts';
import { inspectOneByOne } from '#lib/media/inspect/bounded-inspection.ts';
import { inspectMaster } from '#lib/media/inspect/inspect-master.ts';
import { setToolPath } from '#lib/media/tools/run-ffmpeg.ts';
import { createDiskStore, type DiskStore } from '#lib/storage/disk/store.ts';
import { createGcsInspector, type GcsInspector } from '#lib/storage/google/bucket-settings.ts';
import type { GcsStoreOptions } from '#lib/storage/google/client.ts';
import { createGcsStore } from '#lib/storage/google/store.ts';
import type { Buckets } from '#lib/storage/port/object-keys.ts';
import type { ObjectStore } from '#lib/storage/port/object-store.ts';

const GIB = 1024 ** 3;

/** Each use of the one secret gets a key of its own. */
export const secretFor = (env: Env, purpose: string): string =>
  createHmac('sha256', env.NEXTAUTH_SECRET).update(`heartbeat ${purpose}`).digest('base64url');

/** Web and worker need the same one: what one closes, the other opens. */
export const webhookSealOf = (env: Env): Seal => createSeal(secretFor(env, 'webhook secrets'), 'webhook secrets v1');

export const bucketsOf = (env: Env): Buckets => ({ lake: env.MEDIA_LAKE_BUCKET, media: env.MEDIA_GCS_BUCKET });

/** Programs are found where the process' own PATH says. */
export function takeToolPath(env: Env): void {
  if (env.PATH) setToolPath(env.PATH);
}

/**
 * What is delivered may be cached as long as a signed URL lives: by the browser, and behind a CDN, which checks every
 * signature itself, by the CDN.
 */
const cachingOf = (env: Env): string =>
  `${env.MEDIA_CDN_DOMAIN ? 'public' : 'private'}, max-age=${Math.floor(env.SIGNED_URL_TTL_MINUTES * 60)}`;

function gcsOptionsOf(env: Env): GcsStoreOptions {
  const { MEDIA_GCS_HMAC_ACCESS_ID: accessId, MEDIA_GCS_HMAC_SECRET: secret } = env;
  const { lake, media } = bucketsOf(env);
  return {
    buckets: [lake, media],
    cacheControl: { [media]: cachingOf(env) },
    ...(accessId && secret ? { hmacKey: { accessId, secret } } : {}),
  };
}

/** The configured object store; the disk's own HTTP side exists only where the disk store is configured. */
export function openStore(env: Env): { store: ObjectStore; diskStore: DiskStore | null } {
  const buckets = bucketsOf(env);
  if (env.MEDIA_STORE === 'gcs') return { store: createGcsStore(gcsOptionsOf(env)), diskStore: null };
  const diskStore = createDiskStore({
    root: path.resolve(env.MEDIA_DISK_ROOT),
    buckets: [buckets.lake, buckets.media],
    publicBaseUrl: publicBaseUrl(env),
    secret: secretFor(env, 'object URLs'),
    reserveBytes: Math.floor(env.MEDIA_DISK_RESERVE_GIB * GIB),
  });
  return { store: diskStore, diskStore };
}

/** Looks at the buckets' own settings, where Google's store is configured. */
export const openGcsSettings = (env: Env): GcsInspector | null =>
  env.MEDIA_STORE === 'gcs' ? createGcsInspector(gcsOptionsOf(env)) : null;

/** What the audit of the library works with; only the disk store keeps files of its own. */
export const auditDepsOf = (deps: Omit<AuditDeps, 'leftovers' | 'now'>, diskStore: DiskStore | null): AuditDeps => ({
  ...deps,
  leftovers: diskStore ? () => diskStore.leftovers() : null,
  now: () => new Date(),
});

/** The CDN before the media bucket, where one is configured. */
export function cdnOf(env: Env): DeliveryOptions['cdn'] {
  const { MEDIA_CDN_DOMAIN: domain, MEDIA_CDN_KEY_NAME: name, MEDIA_CDN_KEY: secret } = env;
  if (!domain || !name || !secret) return undefined;
  return { origin: `https://${domain.toLowerCase()}`, signer: createCdnSigner({ name, secret }) };
}

/** What a tool may use that looks at a file somebody has just sent. */
const CHECK_LIMITS = { memoryBytes: 512 * 1024 ** 2, cpuS: 60 };

export interface Portal {
  deps: PortalDeps;
  env: Env;
  diskStore: DiskStore | null;
  close(): Promise<void>;
}

export interface PortalOptions {
  logger: Logger;
  /** Shows in the database's list of sessions. */
  name: string;
  db?: Database;
  isDraining?: () => boolean;
}

/** Wires everything that use-cases run on: for the web, and for scripts that act like it. */
export async function openPortal(env: Env, { logger, name, ...given }: PortalOptions): Promise<Portal> {
  takeToolPath(env);
  const db = given.db ?? openDatabase(env.DATABASE_URL, { name, role: WEB_ROLE });
  const { store, diskStore } = openStore(env);
  const boss = startBossLate({
    databaseUrl: env.DATABASE_URL,
    logger,
    supervise: false,
    sessionOptions: sessionOptions(WEB_ROLE),
  });
  const ttlMs = env.SIGNED_URL_TTL_MINUTES * 60_000;
  const now = () => new Date();
  const buckets = bucketsOf(env);
  const delivery = createDelivery({
    store,
    buckets,
    baseUrl: publicBaseUrl(env),
    secret: secretFor(env, 'playback tokens'),
    cdn: cdnOf(env),
    ttlMs,
    windowMs: env.SIGNED_URL_WINDOW_MINUTES ? env.SIGNED_URL_WINDOW_MINUTES * 60_000 : defaultWindowMs(ttlMs),
    now,
  });
  const deps: PortalDeps = {
    db,
    store,
    buckets,
    queue: createJobQueue(boss.started),
    delivery,
    callers: createCallerWatch(logger),
    events: createEventHub(openEventSource(db, env.DATABASE_URL), logger),
    eventIds: createEventIds(secretFor(env, 'event ids'), now),
    webhookSeal: webhookSealOf(env),
    webhookHosts: env.WEBHOOK_ALLOW_PRIVATE_HOSTS,
    inspectMaster: inspectOneByOne((source, options) => inspectMaster(source, { ...options, limits: CHECK_LIMITS })),
    cursorSecret: secretFor(env, 'cursors'),
    baseUrl: publicBaseUrl(env),
    uploadQuota: { uploads: env.UPLOADS_PER_TEAM, bytes: Math.floor(env.UPLOAD_GIB_PER_TEAM * GIB) },
    logger,
    now,
    isDraining: given.isDraining ?? (() => false),
  };
  return {
    deps,
    env,
    diskStore,
    close: async () => {
      await deps.events.close();
      await boss.stop();
      await db.$disconnect();
    },
  };
}
