import type { PgBoss } from 'pg-boss';
import { z } from 'zod';

/** The Postgres schema that pg-boss owns. */
export const QUEUE_SCHEMA = 'media_jobs';

/**
 * A worker that dies shows by its missing heartbeat: noticed after `heartbeatSeconds` plus one monitor interval, 45 s
 * at worst, and another worker takes the job within 90 s (docs/adr/0005).
 */
export const HEARTBEAT_SECONDS = 30;
export const MONITOR_INTERVAL_SECONDS = 15;

/** Cut a clip and publish it. */
export const PUBLISH_CLIP = 'publish-clip';
export const publishClipPayload = z.object({ clipId: z.string() });
export type PublishClipPayload = z.output<typeof publishClipPayload>;

/** Where a publish job goes whose every attempt died without a word: its clip is marked as failed. */
export const PUBLISH_CLIP_ABANDONED = 'publish-clip-abandoned';

/** Remove the objects that a deleted clip left: exactly the registered generations, never a newer object. */
export const REMOVE_OBJECTS = 'remove-objects';
/** Of one job; a clip of HeartBeat's may have more, one object a segment. */
export const MAX_REMOVED_OBJECTS = 1000;
export const removeObjectsPayload = z.object({
  objects: z.array(z.object({ gcsUri: z.string(), generation: z.string().nullable() })).max(MAX_REMOVED_OBJECTS),
});
export type RemoveObjectsPayload = z.output<typeof removeObjectsPayload>;

/** Make one attempt at one message of a webhook. */
export const DELIVER_WEBHOOK = 'deliver-webhook';
export const deliverWebhookPayload = z.object({ deliveryId: z.uuid(), attempt: z.int().min(0) });
export type DeliverWebhookPayload = z.output<typeof deliverWebhookPayload>;

/** Removes what is past its time: clips that lay in the trash for 30 days, idempotency keys of yesterday. */
export const SWEEP = 'sweep';
export const sweepPayload = z.object({});
/** Every half hour, by one worker whichever it is. */
const SWEEP_CRON = '*/30 * * * *';

/** Compares database, objects and jobs, and mends what is safe (ADR 32). */
export const AUDIT_LIBRARY = 'audit-library';
export const auditLibraryPayload = z.object({});
/** At night in North America, UTC: it reads every row and lists every object. */
const AUDIT_LIBRARY_CRON = '15 8 * * *';

/** Makes every queue that the portal uses; part of `db:migrate`, so web and workers need no right to create. */
export async function createQueues(boss: PgBoss): Promise<void> {
  const retries = { retryLimit: 5, retryDelay: 2, retryBackoff: true, retryDelayMax: 60 };
  const queues = {
    [PUBLISH_CLIP_ABANDONED]: { ...retries, heartbeatSeconds: HEARTBEAT_SECONDS },
    [PUBLISH_CLIP]: {
      ...retries,
      deadLetter: PUBLISH_CLIP_ABANDONED,
      heartbeatSeconds: HEARTBEAT_SECONDS,
      expireInSeconds: 60 * 60,
      notify: true,
    },
    // Its own schedule is in the table of messages: a retry here is for a worker that died.
    [DELIVER_WEBHOOK]: { ...retries, heartbeatSeconds: HEARTBEAT_SECONDS, expireInSeconds: 60, notify: true },
    [SWEEP]: { ...retries, heartbeatSeconds: HEARTBEAT_SECONDS, expireInSeconds: 10 * 60 },
    // A night that failed is followed by the next.
    [AUDIT_LIBRARY]: { retryLimit: 1, heartbeatSeconds: HEARTBEAT_SECONDS, expireInSeconds: 6 * 60 * 60 },
    [REMOVE_OBJECTS]: { ...retries, heartbeatSeconds: HEARTBEAT_SECONDS, expireInSeconds: 10 * 60, notify: true },
  };
  for (const [name, options] of Object.entries(queues)) {
    await boss.createQueue(name, options);
    await boss.updateQueue(name, options);
  }
  await boss.schedule(SWEEP, SWEEP_CRON, {});
  await boss.schedule(AUDIT_LIBRARY, AUDIT_LIBRARY_CRON, {});
}
