import { availableParallelism } from 'node:os';
import { forgetOldAudit } from '#lib/audit/audit-repo.ts';
import { settleClipCounts } from '#lib/clips/clip-counts-repo.ts';
import { createClipWork } from '#lib/clips/processing-repo.ts';
import { purgeTrash } from '#lib/clips/purge-trash.ts';
import type { Env } from '#lib/config/env.ts';
import { openDatabase } from '#lib/db/prisma-client.ts';
import { sweepCounters } from '#lib/db/window-counter.ts';
import { openEventSource, sweepEvents } from '#lib/events/event-repo.ts';
import { deleteExpiredKeys } from '#lib/idempotency/idempotency-repo.ts';
import { createJobQueue, startBoss } from '#lib/jobs/job-queue.ts';
import { registerJobs } from '#lib/jobs/worker-jobs.ts';
import { openFindings } from '#lib/library-audit/library-audit-schemas.ts';
import { runLibraryAudit } from '#lib/library-audit/run-library-audit.ts';
import type { Logger } from '#lib/logger.ts';
import { cutClip } from '#lib/media/cut-clip.ts';
import { publishClip } from '#lib/media/publish-clip.ts';
import { removeObjects } from '#lib/media/remove-objects.ts';
import { toolGuardGaps } from '#lib/media/run-ffmpeg.ts';
import { sweepUnpublished } from '#lib/media/sweep-unpublished.ts';
import { createWorkFolderSweep } from '#lib/media/work-folder.ts';
import { deleteOutlivedSessions } from '#lib/users/session-repo.ts';
import { deliverWebhook, dispatchDeliveries } from '#lib/webhooks/deliver-webhook.ts';
import { createPostman } from '#lib/webhooks/post-message.ts';
import { sweepDeliveries } from '#lib/webhooks/webhook-repo.ts';
import { auditDepsOf, bucketsOf, openStore, takeToolPath, webhookSealOf } from './portal.ts';

export interface Worker {
  /** Puts the jobs under way back in line and leaves. */
  stop(): Promise<void>;
}

/** A cut uses about two cores. */
const defaultConcurrency = (): number => Math.max(1, Math.floor(availableParallelism() / 2));

/** Any worker does it, and it costs next to nothing when another has just done it. */
const SWEEP_EVENTS_EVERY_MS = 3_600_000;
/** A day's work on clips leaves some thousand differences; a minute's are read along without being noticed. */
const SETTLE_COUNTS_EVERY_MS = 60_000;

/** Notifications are quicker; this finds what they missed. */
const DISPATCH_EVERY_MS = 5_000;

/** What workers of this machine left that were killed: a lease is given up for lost after a few looks. */
const SWEEP_FOLDERS_EVERY_MS = 5_000;
/** What workers anywhere left in the media bucket that were killed. */
const SWEEP_UNPUBLISHED_EVERY_MS = 30_000;

/**
 * Starts a worker on the queue; any number of them, on any number of machines, share the work. Without its database it
 * waits until that is there.
 * @param signal ends the waiting.
 */
export async function startWorker(env: Env, logger: Logger, signal?: AbortSignal): Promise<Worker> {
  takeToolPath(env);
  for (const gap of await toolGuardGaps()) logger.warn(gap);
  const db = openDatabase(env.DATABASE_URL, { name: 'heartbeat-worker', maxConnections: 5 });
  const { store, diskStore } = openStore(env);
  const buckets = bucketsOf(env);
  const clips = createClipWork(db);
  const boss = await startBoss({
    ...{ databaseUrl: env.DATABASE_URL, logger, supervise: true },
    ...(signal ? { signal } : {}),
  });
  const queue = createJobQueue(async () => boss);
  const stopping = new AbortController();
  const deps = { store, buckets, clips, cutClip, logger };
  const webhooks = {
    ...{ db, queue, logger, now: () => new Date() },
    webhookSeal: webhookSealOf(env),
    postman: createPostman({ allowedHosts: env.WEBHOOK_ALLOW_PRIVATE_HOSTS }),
  };
  await registerJobs(
    boss,
    {
      publishClip: ({ clipId }, context) => publishClip(deps, { clipId, ...context }),
      publishClipAbandoned: ({ clipId }) =>
        clips.failAbandoned(
          clipId,
          'The cut was broken off every time it was tried. Retry it, and tell an admin if it fails again.',
        ),
      deliverWebhook: (payload) => deliverWebhook(webhooks, payload),
      removeObjects: ({ objects }) => removeObjects({ store, buckets }, objects),
      sweep: async () => {
        const clips_purged = await purgeTrash({ db, queue });
        const keys_forgotten = await deleteExpiredKeys(db);
        const sessions_forgotten = await deleteOutlivedSessions(db);
        const audit_forgotten = await forgetOldAudit(db, env.AUDIT_RETENTION_DAYS);
        logger.info(
          { clips_purged, keys_forgotten, sessions_forgotten, audit_forgotten },
          'what was past its time is gone',
        );
      },
      auditLibrary: async ({ signal }) => {
        const report = await runLibraryAudit(auditDepsOf({ db, store, buckets, queue }, diskStore), {
          ...{ origin: 'worker', fix: true, signal },
        });
        const { examined, findings } = report;
        logger[openFindings(report) > 0 ? 'warn' : 'info']({ examined, findings }, 'the library was audited');
      },
    },
    { concurrency: defaultConcurrency(), stopping: stopping.signal, logger },
  );
  const tolerate = (work: () => Promise<unknown>, what: string) => () =>
    work().catch((err: unknown) => logger.warn({ err }, what));
  const sweep = tolerate(
    () => Promise.all([sweepEvents(db), sweepDeliveries(db), sweepCounters(db)]),
    'old events could not be swept',
  );
  const sweeping = setInterval(sweep, SWEEP_EVENTS_EVERY_MS);
  await sweep();
  const settle = tolerate(() => settleClipCounts(db), 'counts of clips could not be summed up');
  const settling = setInterval(settle, SETTLE_COUNTS_EVERY_MS);
  await settle();
  const dispatch = tolerate(() => dispatchDeliveries(webhooks), 'webhooks could not be put in line');
  const dispatching = setInterval(dispatch, DISPATCH_EVERY_MS);
  const sweepFolders = tolerate(createWorkFolderSweep(), 'work folders could not be swept');
  const sweepingFolders = setInterval(sweepFolders, SWEEP_FOLDERS_EVERY_MS);
  await sweepFolders();
  const sweepObjects = tolerate(async () => {
    const objects = await sweepUnpublished(deps);
    if (objects > 0) logger.info({ objects }, 'objects of broken-off cuts are gone');
  }, 'objects of broken-off cuts could not be swept');
  const sweepingObjects = setInterval(sweepObjects, SWEEP_UNPUBLISHED_EVERY_MS);
  await sweepObjects();
  const onFault = (err: unknown) => logger.warn({ err }, 'listening for events was broken off');
  const listener = openEventSource(db, env.DATABASE_URL).listen(() => void dispatch(), onFault);
  logger.info({ concurrency: defaultConcurrency() }, 'worker ready');
  return {
    stop: async () => {
      clearInterval(sweeping);
      clearInterval(settling);
      clearInterval(dispatching);
      clearInterval(sweepingFolders);
      clearInterval(sweepingObjects);
      await listener.close();
      stopping.abort(new Error('The worker is stopping.'));
      await boss.stop({ graceful: true, timeout: 15_000 });
      await db.$disconnect();
    },
  };
}
