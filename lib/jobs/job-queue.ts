import { fromPrisma, PgBoss } from 'pg-boss';
import type { DbOrTx } from '#lib/db/prisma-client.ts';
import type { Logger } from '#lib/logger.ts';
import {
  DELIVER_WEBHOOK,
  type DeliverWebhookPayload,
  MONITOR_INTERVAL_SECONDS,
  PUBLISH_CLIP,
  type PublishClipPayload,
  QUEUE_SCHEMA,
  REMOVE_OBJECTS,
  type RemoveObjectsPayload,
} from './queues.ts';

/** What use-cases may ask of the queue. Each call takes the transaction whose fate the job shares. */
export interface JobQueue {
  enqueuePublishClip(tx: DbOrTx, payload: PublishClipPayload): Promise<void>;
  enqueuePublishClips(tx: DbOrTx, payloads: readonly PublishClipPayload[]): Promise<void>;
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

/** A started pg-boss on its installed schema; `db:migrate` installs it. */
export async function startBoss({ databaseUrl, logger, supervise, sessionOptions }: BossOptions): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString: databaseUrl,
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
  });
  boss.on('error', (err) => logger.error({ err }, 'the queue failed'));
  return boss.start();
}

/** The sending side over pg-boss. */
export function createJobQueue(boss: PgBoss): JobQueue {
  const enqueue = async (tx: DbOrTx, name: string, payload: object, startAfter?: Date) => {
    await boss.send(name, payload, { db: fromPrisma(tx), ...(startAfter ? { startAfter } : {}) });
  };
  return {
    enqueuePublishClip: (tx, payload) => enqueue(tx, PUBLISH_CLIP, payload),
    enqueuePublishClips: async (tx, payloads) => {
      if (payloads.length === 0) return;
      await boss.insert(
        PUBLISH_CLIP,
        payloads.map((data) => ({ data })),
        { db: fromPrisma(tx) },
      );
    },
    enqueueRemoveObjects: (tx, payload) => enqueue(tx, REMOVE_OBJECTS, payload),
    enqueueDeliverWebhook: (tx, payload, startAfter) => enqueue(tx, DELIVER_WEBHOOK, payload, startAfter),
    check: async () => {
      if (!(await boss.getQueue(PUBLISH_CLIP)))
        throw new Error(`The queue ${PUBLISH_CLIP} is missing; run db:migrate.`);
    },
  };
}
