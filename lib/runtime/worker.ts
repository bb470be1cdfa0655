import { availableParallelism } from 'node:os';
import { forgetOldAudit } from '#lib/audit/audit-repo.ts';
import { settleClipCounts } from '#lib/clips/clip-counts-repo.ts';
import { createClipWork } from '#lib/clips/processing-repo.ts';
import { purgeTrash } from '#lib/clips/purge-trash.ts';
import type { Env } from '#lib/config/env.ts';
import { type Database, openDatabase } from '#lib/db/prisma-client.ts';
import { sweepCounters } from '#lib/db/window-counter.ts';
import { openEventSource, sweepEvents } from '#lib/events/event-repo.ts';
import { deleteExpiredKeys } from '#lib/idempotency/idempotency-repo.ts';
import { createJobQueue, type JobQueue, startBoss } from '#lib/jobs/job-queue.ts';
import {
  AUDIT_LIBRARY,
  CUT_PRIORITIES,
  DELIVER_WEBHOOK,
  ENCODE,
  EXPORT_ABANDONED,
  PREPARE_ABANDONED,
  PREPARE_CHUNK,
  PREPARE_MASTER,
  PUBLISH_CLIP,
  PUBLISH_CLIP_ABANDONED,
  PUBLISH_POSTER,
  REMOVE_OBJECTS,
  SWEEP,
} from '#lib/jobs/queues.ts';
import { type Round, startTimetable } from '#lib/jobs/timetable.ts';
import { type JobHandlers, registerJobs } from '#lib/jobs/worker-jobs.ts';
import { openFindings } from '#lib/library-audit/library-audit-schemas.ts';
import { runLibraryAudit } from '#lib/library-audit/run-library-audit.ts';
import type { Logger } from '#lib/logger.ts';
import { createChunkWork } from '#lib/masters/chunk-repo.ts';
import { createPrepareWork } from '#lib/masters/prepare-repo.ts';
import { cutClip } from '#lib/media/cut/cut-clip.ts';
import { createPosterMaker } from '#lib/media/cut/poster.ts';
import { prepareChunk } from '#lib/media/prepare/prepare-chunk.ts';
import { prepareMaster } from '#lib/media/prepare/prepare-master.ts';
import type { ChunkWork, PrepareWork } from '#lib/media/prepare-work.ts';
import { publishClip } from '#lib/media/publish/publish-clip.ts';
import { publishPoster } from '#lib/media/publish/publish-poster.ts';
import { removeObjects } from '#lib/media/publish/remove-objects.ts';
import { sweepUnpublished } from '#lib/media/publish/sweep-unpublished.ts';
import { createWorkFolderSweep } from '#lib/media/publish/work-folder.ts';
import { publishFilm, sweepFilms } from '#lib/media/reel-film/publish-film.ts';
import type { FilmWork } from '#lib/media/reel-work.ts';
import { toolGuardGaps } from '#lib/media/tools/run-ffmpeg.ts';
import { createFilmWork } from '#lib/reel-exports/film-work-repo.ts';
import { deleteOutlivedSessions } from '#lib/users/session-repo.ts';
import { forgetOldViews } from '#lib/views/forget-old-views.ts';
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

/** The round that puts messages of webhooks in line. */
const DISPATCH = 'webhooks are put in line';

interface WorkerDeps {
  env: Env;
  db: Database;
  logger: Logger;
  store: ReturnType<typeof openStore>['store'];
  diskStore: ReturnType<typeof openStore>['diskStore'];
  buckets: ReturnType<typeof bucketsOf>;
  clips: ReturnType<typeof createClipWork>;
  work: PrepareWork;
  chunks: ChunkWork;
  films: FilmWork;
  queue: JobQueue;
  webhooks: Parameters<typeof deliverWebhook>[0];
}

/** What this worker does for each kind of job. */
function handlersOf(deps: WorkerDeps): JobHandlers {
  const { env, db, logger, store, diskStore, buckets, clips, work, chunks, films, queue, webhooks } = deps;
  const cut: JobHandlers[typeof PUBLISH_CLIP] = ({ clipId }, { priority, ...context }) => {
    const isPatient = priority < CUT_PRIORITIES.many;
    return publishClip({ store, buckets, clips, cutClip, logger }, { clipId, isPatient, ...context });
  };
  const encodePart: JobHandlers[typeof PREPARE_CHUNK] = ({ masterId, number }, context) =>
    prepareChunk({ store, buckets, chunks, logger }, { masterId, number, ...context });
  const encode: JobHandlers[typeof ENCODE] = (payload, context) => {
    if ('clipId' in payload) return cut(payload, context);
    if ('masterId' in payload) return encodePart(payload, context);
    return publishFilm({ store, buckets, films, cutClip, logger }, { exportId: payload.exportId, ...context });
  };
  const makePoster = createPosterMaker();
  return {
    [ENCODE]: encode,
    [EXPORT_ABANDONED]: ({ exportId }) =>
      films.failAbandoned(
        exportId,
        'The export was broken off every time it was tried. Ask for it anew, or tell an admin.',
      ),
    [PUBLISH_CLIP]: cut,
    [PREPARE_CHUNK]: encodePart,
    [PUBLISH_POSTER]: ({ clipId }, { signal }) =>
      publishPoster({ store, buckets, clips, makePoster, logger }, clipId, signal),
    [PUBLISH_CLIP_ABANDONED]: ({ clipId }) =>
      clips.failAbandoned(
        clipId,
        'The cut was broken off every time it was tried. Retry it, and tell an admin if it fails again.',
      ),
    [PREPARE_MASTER]: ({ masterId }, context) =>
      prepareMaster({ store, buckets, work, logger }, { masterId, ...context }),
    [PREPARE_ABANDONED]: ({ masterId }) =>
      work.failAbandoned(masterId, 'The preparation was broken off every time it was tried. Tell an admin.'),
    [DELIVER_WEBHOOK]: (payload) => deliverWebhook(webhooks, payload),
    [REMOVE_OBJECTS]: ({ objects }) => removeObjects({ store, buckets }, objects),
    [SWEEP]: async () => {
      const clips_purged = await purgeTrash({ db, queue });
      const keys_forgotten = await deleteExpiredKeys(db);
      const sessions_forgotten = await deleteOutlivedSessions(db);
      const exports_deleted = await films.deleteOld();
      const audit_forgotten = await forgetOldAudit(db, env.AUDIT_RETENTION_DAYS);
      const views_summed = await forgetOldViews(db, new Date());
      logger.info(
        { clips_purged, keys_forgotten, sessions_forgotten, exports_deleted, audit_forgotten, views_summed },
        'what was past its time is gone',
      );
    },
    [AUDIT_LIBRARY]: async (_payload, { signal }) => {
      const report = await runLibraryAudit(auditDepsOf({ db, store, buckets, queue }, diskStore), {
        ...{ origin: 'worker', fix: true, signal },
      });
      const { examined, findings } = report;
      logger[openFindings(report) > 0 ? 'warn' : 'info']({ examined, findings }, 'the library was audited');
    },
  };
}

/** What every worker looks after by itself: it costs next to nothing when another has just done it. */
function roundsOf({ db, logger, store, buckets, clips, films, webhooks }: WorkerDeps): Round[] {
  const dropUnpublished = async () => {
    const objects = await sweepUnpublished({ store, buckets, clips });
    if (objects > 0) logger.info({ objects }, 'objects of broken-off cuts are gone');
  };
  const dropFilms = async () => {
    const objects = await sweepFilms({ store, buckets, films });
    if (objects > 0) logger.info({ objects }, 'files of deleted exports are gone');
  };
  return [
    {
      name: 'old events are swept',
      everyMs: 3_600_000,
      run: () => Promise.all([sweepEvents(db), sweepDeliveries(db), sweepCounters(db)]),
    },
    // A day's work on clips leaves some thousand differences; a minute's are read along without being noticed.
    { name: 'counts of clips are summed up', everyMs: 60_000, run: () => settleClipCounts(db) },
    // Notifications are quicker; this finds what they missed.
    { name: DISPATCH, everyMs: 5_000, run: () => dispatchDeliveries(webhooks) },
    // What workers of this machine left that were killed: a lease is given up for lost after a few looks.
    { name: 'work folders are swept', everyMs: 5_000, run: createWorkFolderSweep() },
    // What workers anywhere left in the media bucket that were killed.
    { name: 'objects of broken-off cuts are swept', everyMs: 30_000, run: dropUnpublished },
    { name: 'files of deleted exports are swept', everyMs: 30_000, run: dropFilms },
  ];
}

/**
 * Starts a worker on the queue; any number of them, on any number of machines, share the work. Without its database it
 * waits until that is there.
 * @param signal ends the waiting.
 */
export async function startWorker(env: Env, logger: Logger, signal?: AbortSignal): Promise<Worker> {
  takeToolPath(env);
  for (const gap of await toolGuardGaps()) logger.warn(gap);
  const db = openDatabase(env.DATABASE_URL, { name: 'heartbeat-worker', maxConnections: 5 });
  const boss = await startBoss({
    ...{ databaseUrl: env.DATABASE_URL, logger, supervise: true },
    ...(signal ? { signal } : {}),
  });
  const queue = createJobQueue(async () => boss);
  const webhooks = {
    ...{ db, queue, logger, now: () => new Date() },
    webhookSeal: webhookSealOf(env),
    postman: createPostman({ allowedHosts: env.WEBHOOK_ALLOW_PRIVATE_HOSTS }),
  };
  const buckets = bucketsOf(env);
  const work = createPrepareWork({ db, buckets, queue });
  const own = {
    env,
    db,
    logger,
    buckets,
    clips: createClipWork(db),
    work,
    chunks: createChunkWork(db),
    films: createFilmWork(db),
    queue,
    webhooks,
  };
  const deps = { ...own, ...openStore(env) };
  const stopping = new AbortController();
  const cutsAtOnce = defaultConcurrency();
  await registerJobs(boss, handlersOf(deps), { cutsAtOnce, stopping: stopping.signal, logger });
  const timetable = await startTimetable(roundsOf(deps), logger);
  const onFault = (err: unknown) => logger.warn({ err }, 'listening for events was broken off');
  const listener = openEventSource(db, env.DATABASE_URL).listen(() => timetable.runNow(DISPATCH), onFault);
  logger.info({ concurrency: cutsAtOnce }, 'worker ready');
  return {
    stop: async () => {
      await listener.close();
      const rounds = timetable.stop();
      stopping.abort(new Error('The worker is stopping.'));
      await boss.stop({ graceful: true, timeout: 15_000 });
      await rounds;
      await db.$disconnect();
    },
  };
}
