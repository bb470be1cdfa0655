import type { Seal } from '#lib/auth/seal.ts';
import type { Database, DbOrTx } from '#lib/db/prisma-client.ts';
import type { Delivery } from '#lib/delivery/delivery.ts';
import type { CallerWatch } from '#lib/events/caller-watch.ts';
import type { EventHub } from '#lib/events/event-hub.ts';
import type { EventIds } from '#lib/events/event-id.ts';
import type { JobQueue } from '#lib/jobs/job-queue.ts';
import type { Logger } from '#lib/logger.ts';
import type { InspectedMaster, InspectOptions } from '#lib/media/media-types.ts';
import type { Buckets } from '#lib/storage/port/object-keys.ts';
import type { ObjectStore } from '#lib/storage/port/object-store.ts';
import type { ByteSource } from './storage/port/byte-source.ts';

/** A transaction under way, or the database itself. */
export type Transaction = DbOrTx;

/**
 * Everything that use-cases run on; `lib/runtime` builds it once a process. A use-case asks for the part that it needs
 * (`Pick<PortalDeps, …>`), so a test gives it just that.
 */
export interface PortalDeps {
  db: Database;
  store: ObjectStore;
  buckets: Buckets;
  queue: JobQueue;
  delivery: Delivery;
  /** Looks after those whose answers go on for long. */
  callers: CallerWatch;
  /** Tells what happens, to those who listen in this process. */
  events: EventHub;
  eventIds: EventIds;
  /** Closes the secrets of webhooks, which lie in the database. */
  webhookSeal: Seal;
  /** `host:port` of receivers of webhooks that may be private. */
  webhookHosts: readonly string[];
  /** Probes a master and decodes samples of it. Throws `MediaError`. */
  inspectMaster(source: ByteSource, options: InspectOptions): Promise<InspectedMaster>;
  /** What one team may have announced at a time and not completed, in either store. */
  uploadQuota: { uploads: number; bytes: number };
  /** Signs list cursors, so that one that was never issued is refused. */
  cursorSecret: string;
  /** Where people reach the portal, without a trailing slash. */
  baseUrl: string;
  logger: Logger;
  now(): Date;
  /** Whether this process is being stopped: it still answers, and takes nothing new soon. */
  isDraining(): boolean;
}
