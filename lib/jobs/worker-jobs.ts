import type { Job, PgBoss } from 'pg-boss';
import type { Logger } from '#lib/logger.ts';
import { JOBS, type JobName, jobEntries, type PayloadOf } from './queues.ts';

export interface JobContext {
  /** Ends when the job expires, its heartbeat is lost or the worker stops. */
  signal: AbortSignal;
  isLastAttempt: boolean;
  /** Its place in line, which says how soon it is wanted. */
  priority: number;
}

/** What a worker does for each kind of job. */
export type JobHandlers = {
  [N in JobName]: (payload: PayloadOf<N>, context: JobContext) => Promise<void>;
};

/**
 * LISTEN/NOTIFY wakes workers at once for a new job; polling finds the rest: jobs that waited while all workers were
 * busy, and retries whose delay has passed. pg-boss would poll every 30 s where NOTIFY works.
 */
const POLL_SECONDS = 2;
const SETTINGS = {
  pollingIntervalSeconds: POLL_SECONDS,
  notifyPollingIntervalSeconds: POLL_SECONDS,
  includeMetadata: true,
} as const;

/**
 * Starts taking jobs.
 * @param options.cutsAtOnce how much is encoded at once: ffmpeg uses several cores by itself.
 * @param options.stopping aborts the jobs under way; they go back in line.
 */
export async function registerJobs(
  boss: PgBoss,
  handlers: JobHandlers,
  options: { cutsAtOnce: number; stopping: AbortSignal; logger: Logger },
): Promise<void> {
  const take = async <N extends JobName>(
    name: N,
    handle: JobHandlers[N],
    { minPriority }: { minPriority?: number } = {},
  ) => {
    const settings = minPriority === undefined ? SETTINGS : { ...SETTINGS, minPriority };
    // The next job is looked for as soon as one has ended: a poll apart, 248 cuts of deleted clips took 8 minutes.
    const lookAgain = (): void => boss.notifyWorker(workerId);
    const workerId: string = await boss.work(name, settings, async ([job]) => {
      if (!job) return;
      lookAgain();
      options.logger.debug({ queue: name, job_id: job.id, attempt: job.retryCount }, 'job taken');
      const signal = AbortSignal.any([(job as Job).signal, options.stopping]);
      const payload = JOBS[name].payload.parse(job.data) as PayloadOf<N>;
      const { priority } = job;
      await handle(payload, { signal, priority, isLastAttempt: job.retryCount >= job.retryLimit });
    });
  };
  for (const [name, { atOnce, expressFrom }] of jobEntries) {
    const number = atOnce === 'cuts' ? options.cutsAtOnce : atOnce;
    for (let i = 0; i < number; i++) await take(name, handlers[name]);
    if (expressFrom !== undefined) await take(name, handlers[name], { minPriority: expressFrom });
  }
}
