import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { fromPrisma, type JobInsert, PgBoss } from 'pg-boss';
import { boundedClient, CONNECTION_BOUNDS } from '#lib/db/bounded-client.ts';
import { isConnectionFault } from '#lib/db/database-faults.ts';
import type { DbOrTx } from '#lib/db/prisma-client.ts';
import { messageOf, unavailable } from '#lib/errors.ts';
import type { Logger } from '#lib/logger.ts';
import { lockWaitingCuts, raiseWaitingCuts } from './cut-line.ts';
import {
  CUT_PRIORITIES,
  type CutUrgency,
  DELIVER_WEBHOOK,
  type DeliverWebhookPayload,
  ENCODE,
  EXPORT_ABANDONED,
  EXPORT_PRIORITY,
  type ExportReelPayload,
  LADDER_PRIORITIES,
  LONGEST_EXPORT_S,
  MONITOR_INTERVAL_SECONDS,
  type PayloadOf,
  PREPARE_ABANDONED,
  PREPARE_MASTER,
  type PrepareChunkPayload,
  type PrepareMasterPayload,
  PUBLISH_CLIP_ABANDONED,
  PUBLISH_POSTER,
  type PublishClipPayload,
  QUEUE_SCHEMA,
  REMOVE_OBJECTS,
  type RemoveObjectsPayload,
  UPLOADED_PRIORITY,
} from './queues.ts';

/** What use-cases may ask of the queue. Each call takes the transaction whose fate the job shares. */
export interface JobQueue {
  enqueueCuts(tx: DbOrTx, urgency: CutUrgency, clipIds: readonly string[]): Promise<void>;
  enqueuePosters(tx: DbOrTx, clipIds: readonly string[]): Promise<void>;
  /** Lets cuts that wait go before all that nobody waits for. */
  hastenCuts(tx: DbOrTx, clipIds: readonly string[]): Promise<void>;
  /** Takes cuts that wait out of the line; one under way is its worker's to notice. */
  withdrawCuts(tx: DbOrTx, clipIds: readonly string[]): Promise<void>;
  /** The preparation of masters; of one that was uploaded just now it comes before those from before. */
  enqueuePrepareMasters(
    tx: DbOrTx,
    payloads: readonly PrepareMasterPayload[],
    options?: { isUploaded?: boolean },
  ): Promise<void>;
  /** The parts of one ladder, in their order; before other ladders when nothing else of the master can be played. */
  enqueuePrepareChunks(
    tx: DbOrTx,
    payloads: readonly PrepareChunkPayload[],
    options?: { isAwaited?: boolean },
  ): Promise<void>;
  /** The film of a reel: it may take hours. */
  enqueueExport(tx: DbOrTx, payload: ExportReelPayload): Promise<void>;
  enqueueRemoveObjects(tx: DbOrTx, payload: RemoveObjectsPayload): Promise<void>;
  /** @param startAfter at once unless told otherwise. */
  enqueueDeliverWebhook(tx: DbOrTx, payload: DeliverWebhookPayload, startAfter?: Date): Promise<void>;
  /** Throws when the queue's tables cannot be read, or nobody made the queue. */
  check(): Promise<void>;
}

export interface BossOptions {
  databaseUrl: string;
  logger: Logger;
  /** A worker watches over the queue (dead jobs, retention, what is due by the clock); the web only sends. */
  supervise: boolean;
  /** What the queue's sessions start with: `sessionOptions` of `lib/db`. */
  sessionOptions?: string;
}

/** No statement of pg-boss takes as long, and no longer does it wait for a server that does not answer. */
const ANSWER_MS = 10_000;
/** What it listens on may be dead without a word: noticed after both of these at worst. */
const LISTENING = { notifyHeartbeatIntervalMs: 4000, notifyHeartbeatTimeoutMs: 4000 };
const START_RETRY_MS = 1000;
/** What needs the queue waits so long for its start, in which the database is asked several things. */
const START_PATIENCE_MS = 3000;

function makeBoss({ databaseUrl, logger, supervise, sessionOptions }: BossOptions): PgBoss {
  const settings = {
    connectionString: databaseUrl,
    ...{ ...CONNECTION_BOUNDS, ...LISTENING, Client: boundedClient(ANSWER_MS) },
    // For the connection that listens, which is none of the pool's.
    query_timeout: ANSWER_MS,
    ...(sessionOptions ? { options: sessionOptions } : {}),
    schema: QUEUE_SCHEMA,
    application_name: supervise ? 'heartbeat-worker-queue' : 'heartbeat-web-queue',
    max: supervise ? 5 : 2,
    migrate: false,
    createSchema: false,
    schedule: supervise,
    supervise,
    monitorIntervalSeconds: MONITOR_INTERVAL_SECONDS,
    superviseIntervalSeconds: MONITOR_INTERVAL_SECONDS,
    useListenNotify: supervise,
  };
  const boss = new PgBoss(settings);
  boss.on('error', (err) => logger.error({ err }, 'the queue failed'));
  return boss;
}

/** Starts it whole: pg-boss also starts without its list of queues, and then takes no job for a minute. */
async function start(boss: PgBoss): Promise<PgBoss> {
  await boss.start();
  try {
    await boss.getJobById(ENCODE, randomUUID());
    return boss;
  } catch (error) {
    await boss.stop({ graceful: false });
    throw error;
  }
}

/**
 * A started pg-boss on its installed schema; `db:migrate` installs it. While the database is away it waits, and says so
 * in the log.
 * @param options.signal ends the waiting.
 */
export async function startBoss({ signal, ...options }: BossOptions & { signal?: AbortSignal }): Promise<PgBoss> {
  const boss = makeBoss(options);
  for (;;) {
    try {
      return await start(boss);
    } catch (error) {
      if (!isConnectionFault(error) || signal?.aborted) throw error;
      options.logger.warn({ reason: messageOf(error) }, 'waiting for the database');
      await sleep(START_RETRY_MS, undefined, signal ? { signal } : {});
    }
  }
}

/** pg-boss for who only sends: nothing waits for its start until a job is sent. */
export interface LateBoss {
  /** @throws AppError 503 `unavailable` when it is not started in time. */
  started(): Promise<PgBoss>;
  stop(): Promise<void>;
}

/** Begins to start pg-boss. A start that failed is tried again by the next who needs it. */
export function startBossLate(options: BossOptions): LateBoss {
  const boss = makeBoss(options);
  let starting: Promise<PgBoss> | undefined;
  const begin = () => {
    starting ??= start(boss).catch((err: unknown) => {
      starting = undefined;
      options.logger.warn({ err }, 'the queue could not be started');
      throw unavailable(err);
    });
    return starting;
  };
  begin().catch(() => {});
  return {
    started: () =>
      Promise.race([
        begin(),
        sleep(START_PATIENCE_MS, undefined, { ref: false }).then(() => Promise.reject(unavailable())),
      ]),
    stop: () => boss.stop({ graceful: false }),
  };
}

/**
 * The sending side over pg-boss.
 * @param started the started pg-boss, or a fault.
 */
export function createJobQueue(started: () => Promise<PgBoss>): JobQueue {
  const enqueue = async (tx: DbOrTx, name: string, payload: object, startAfter?: Date) => {
    const boss = await started();
    await boss.send(name, payload, { db: fromPrisma(tx), ...(startAfter ? { startAfter } : {}) });
  };
  const insert = async (tx: DbOrTx, name: string, jobs: JobInsert[]) => {
    if (jobs.length > 0) await (await started()).insert(name, jobs, { db: fromPrisma(tx) });
  };
  return {
    enqueueCuts: (tx, urgency, clipIds) => {
      const priority = CUT_PRIORITIES[urgency];
      const jobs = clipIds.map((clipId) => ({
        data: { clipId } satisfies PublishClipPayload,
        ...{ priority, singletonKey: clipId, deadLetter: PUBLISH_CLIP_ABANDONED },
      }));
      return insert(tx, ENCODE, jobs);
    },
    enqueuePosters: (tx, clipIds) => {
      const jobs = clipIds.map((clipId) => ({ data: { clipId } satisfies PayloadOf<typeof PUBLISH_POSTER> }));
      return insert(tx, PUBLISH_POSTER, jobs);
    },
    hastenCuts: raiseWaitingCuts,
    withdrawCuts: async (tx, clipIds) => {
      for (const [queue, cuts] of Map.groupBy(await lockWaitingCuts(tx, clipIds), ({ queue }) => queue)) {
        const ids = cuts.map(({ id }) => id);
        await (await started()).deleteJob(queue, ids, { db: fromPrisma(tx) });
      }
    },
    enqueuePrepareMasters: (tx, payloads, { isUploaded = false } = {}) => {
      const priority = isUploaded ? UPLOADED_PRIORITY : 0;
      const jobs = payloads.map((data) => ({ data, priority, singletonKey: data.masterId }));
      return insert(tx, PREPARE_MASTER, jobs);
    },
    enqueuePrepareChunks: (tx, payloads, { isAwaited = false } = {}) => {
      const first = LADDER_PRIORITIES[isAwaited ? 'awaited' : 'other'];
      const jobs = payloads.map((data) => ({
        // What has the same priority is taken by its time, which all of these share.
        ...{ data, priority: first - data.number },
        ...{ singletonKey: data.masterId, deadLetter: PREPARE_ABANDONED },
      }));
      return insert(tx, ENCODE, jobs);
    },
    enqueueExport: (tx, data) =>
      insert(tx, ENCODE, [
        {
          ...{ data, priority: EXPORT_PRIORITY, singletonKey: data.exportId },
          ...{ deadLetter: EXPORT_ABANDONED, expireInSeconds: LONGEST_EXPORT_S },
        },
      ]),
    enqueueRemoveObjects: (tx, payload) => enqueue(tx, REMOVE_OBJECTS, payload),
    enqueueDeliverWebhook: (tx, payload, startAfter) => enqueue(tx, DELIVER_WEBHOOK, payload, startAfter),
    check: async () => {
      const boss = await started();
      if (!(await boss.getQueue(ENCODE))) throw new Error(`The queue ${ENCODE} is missing; run db:migrate.`);
    },
  };
}
