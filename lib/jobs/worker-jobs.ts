import type { Job, PgBoss } from 'pg-boss';
import type { z } from 'zod';
import type { Logger } from '#lib/logger.ts';
import {
  AUDIT_LIBRARY,
  auditLibraryPayload,
  DELIVER_WEBHOOK,
  type DeliverWebhookPayload,
  deliverWebhookPayload,
  PUBLISH_CLIP,
  PUBLISH_CLIP_ABANDONED,
  type PublishClipPayload,
  publishClipPayload,
  REMOVE_OBJECTS,
  type RemoveObjectsPayload,
  removeObjectsPayload,
  SWEEP,
  sweepPayload,
} from './queues.ts';

export interface JobContext {
  /** Ends when the job expires, its heartbeat is lost or the worker stops. */
  signal: AbortSignal;
  isLastAttempt: boolean;
}

/** What a worker does for each queue. */
export interface JobHandlers {
  publishClip(payload: PublishClipPayload, context: JobContext): Promise<void>;
  publishClipAbandoned(payload: PublishClipPayload): Promise<void>;
  removeObjects(payload: RemoveObjectsPayload): Promise<void>;
  deliverWebhook(payload: DeliverWebhookPayload): Promise<void>;
  sweep(): Promise<void>;
  auditLibrary(context: JobContext): Promise<void>;
}

/** They mostly wait: one slow receiver must not hold up the others. */
const WEBHOOKS_AT_ONCE = 8;

/**
 * LISTEN/NOTIFY wakes workers at once for a new job; polling finds the rest: jobs that waited while all workers were
 * busy, and retries whose delay has passed. pg-boss would poll every 30 s where NOTIFY works.
 */
const POLL_SECONDS = 2;

/**
 * Starts taking jobs.
 * @param options.concurrency cuts at once; ffmpeg uses several cores by itself.
 * @param options.stopping aborts the jobs under way; they go back in line.
 */
export async function registerJobs(
  boss: PgBoss,
  handlers: JobHandlers,
  options: { concurrency: number; stopping: AbortSignal; logger: Logger },
): Promise<void> {
  const work = async <S extends z.ZodType>(
    name: string,
    schema: S,
    concurrency: number,
    handle: (payload: z.output<S>, context: JobContext) => Promise<void>,
  ) => {
    const settings = {
      pollingIntervalSeconds: POLL_SECONDS,
      notifyPollingIntervalSeconds: POLL_SECONDS,
      includeMetadata: true,
    } as const;
    for (let number = 0; number < concurrency; number++) {
      // The next job is looked for as soon as one has ended: a poll apart, 248 cuts of deleted clips took 8 minutes.
      const lookAgain = (): void => boss.notifyWorker(workerId);
      const workerId: string = await boss.work(name, settings, async ([job]) => {
        if (!job) return;
        lookAgain();
        options.logger.debug({ queue: name, job_id: job.id, attempt: job.retryCount }, 'job taken');
        const signal = AbortSignal.any([(job as Job).signal, options.stopping]);
        await handle(schema.parse(job.data), { signal, isLastAttempt: job.retryCount >= job.retryLimit });
      });
    }
  };
  await work(PUBLISH_CLIP, publishClipPayload, options.concurrency, handlers.publishClip);
  await work(PUBLISH_CLIP_ABANDONED, publishClipPayload, 1, handlers.publishClipAbandoned);
  await work(REMOVE_OBJECTS, removeObjectsPayload, 1, handlers.removeObjects);
  await work(DELIVER_WEBHOOK, deliverWebhookPayload, WEBHOOKS_AT_ONCE, handlers.deliverWebhook);
  await work(SWEEP, sweepPayload, 1, handlers.sweep);
  await work(AUDIT_LIBRARY, auditLibraryPayload, 1, (_, context) => handlers.auditLibrary(context));
}
