import type { PgBoss, Queue } from 'pg-boss';
import { z } from 'zod';

/** The Postgres schema that pg-boss owns. */
export const QUEUE_SCHEMA = 'media_jobs';

/**
 * A worker that dies shows by its missing heartbeat: noticed after `heartbeatSeconds` plus one monitor interval, 45 s
 * at worst, and another worker takes the job within 90 s (docs/adr/0005).
 */
export const HEARTBEAT_SECONDS = 30;
export const MONITOR_INTERVAL_SECONDS = 15;

/** What takes the cores, in one line: cut a clip and publish it, encode one part of a master's ladder, or a reel's film. */
export const ENCODE = 'encode';
/** Cuts that were put in line before they shared one; nothing comes here any more. */
export const PUBLISH_CLIP = 'publish-clip';
/** Make the picture of a clip that waits to be cut. */
export const PUBLISH_POSTER = 'publish-poster';
/** Where a cut goes whose every attempt died without a word: its clip is marked as failed. */
export const PUBLISH_CLIP_ABANDONED = 'publish-clip-abandoned';
/** Prepare a master: copy what browsers play of it into segments, and put its ladder in line. */
export const PREPARE_MASTER = 'prepare-master';
/** Parts of ladders, as with `PUBLISH_CLIP`. */
export const PREPARE_CHUNK = 'prepare-chunk';
/** Where preparing goes whose every attempt died without a word: the master's preparation is marked as failed. */
export const PREPARE_ABANDONED = 'prepare-abandoned';
/** Where the film of a reel goes whose every attempt died without a word: it is marked as failed. */
export const EXPORT_ABANDONED = 'export-abandoned';
/** Remove the objects that a deleted clip left: exactly the registered generations, never a newer object. */
export const REMOVE_OBJECTS = 'remove-objects';
/** Make one attempt at one message of a webhook. */
export const DELIVER_WEBHOOK = 'deliver-webhook';
/** Remove what is past its time, like clips in the trash and idempotency keys. */
export const SWEEP = 'sweep';
/** Compare database, objects and jobs, and mend what is safe (ADR 32). */
export const AUDIT_LIBRARY = 'audit-library';

/**
 * The order of what takes the cores, as pg-boss' priorities, of which it takes the highest first (ADR 58): somebody waits
 * for the cut that they marked, many at once come after it, then ladders; what is wanted some time comes when nothing else
 * does.
 */
export const CUT_PRIORITIES = { marked: 10, many: 0, later: -1_000_000 } as const;
/** Of a reel's film: somebody waits for it, but for longer than for a cut, and gives way to those who wait for one. */
export const EXPORT_PRIORITY = 5;
/** Of a ladder's first part; each later one has one less. One comes first that nothing of its master plays without. */
export const LADDER_PRIORITIES = { awaited: -1, other: -100_000 } as const;
export type CutUrgency = keyof typeof CUT_PRIORITIES;
/** Of a master that has just been uploaded; those from before have 0. */
export const UPLOADED_PRIORITY = 10;

/** One attempt at a reel's film. */
export const LONGEST_EXPORT_S = 6 * 60 * 60;

/** Of one job that removes objects; a clip of HeartBeat's may have more, one object a segment. */
export const MAX_REMOVED_OBJECTS = 1000;

/** All that the portal says of one kind of job; what a worker does for it is its handler (`registerJobs`). */
interface JobDefinition {
  /** What it is told. */
  payload: z.ZodType;
  /** How often and how long it is tried. */
  queue: Omit<Queue, 'name'>;
  /** How many of them one worker does at a time; `cuts`: as many as the worker has cores for. */
  atOnce: number | 'cuts';
  /** One place more, for jobs of this priority or a higher one: they wait for none that is under way and has less. */
  expressFrom?: number;
  /** When it is due by the clock, in UTC: one worker does it, whichever it is. */
  cron?: string;
}

const RETRIES = { retryLimit: 5, retryDelay: 2, retryBackoff: true, retryDelayMax: 60 };
const cut = z.object({ clipId: z.string() });
const master = z.object({ masterId: z.uuid() });
const chunk = master.extend({ number: z.int().min(0) });
const film = z.object({ exportId: z.uuid() });
const ENCODING = { ...RETRIES, expireInSeconds: 60 * 60, notify: true };

export const JOBS = {
  [PUBLISH_CLIP_ABANDONED]: { payload: cut, queue: RETRIES, atOnce: 1 },
  [PUBLISH_CLIP]: { payload: cut, queue: { ...ENCODING, deadLetter: PUBLISH_CLIP_ABANDONED }, atOnce: 1 },
  [PUBLISH_POSTER]: {
    payload: cut,
    queue: { ...RETRIES, expireInSeconds: 60, notify: true },
    // Places of its own: it takes half a second, and does not wait for the cuts that are under way.
    atOnce: 2,
  },
  [PREPARE_ABANDONED]: { payload: master, queue: RETRIES, atOnce: 1 },
  [PREPARE_MASTER]: {
    payload: master,
    // Copying is reading and writing: it takes next to nothing of the cores that cuts need.
    queue: { ...RETRIES, deadLetter: PREPARE_ABANDONED, expireInSeconds: 6 * 60 * 60, notify: true },
    atOnce: 1,
  },
  [PREPARE_CHUNK]: { payload: chunk, queue: { ...ENCODING, deadLetter: PREPARE_ABANDONED }, atOnce: 1 },
  [EXPORT_ABANDONED]: { payload: film, queue: RETRIES, atOnce: 1 },
  [ENCODE]: {
    payload: z.union([cut, chunk, film]),
    // Where a job goes that died too often is the job's own: a cut and a part end differently.
    queue: ENCODING,
    atOnce: 'cuts',
    // A part is a minute of film, and makes room for the cut that somebody waits for (`isPatient` of `runTool`).
    expressFrom: CUT_PRIORITIES.marked,
  },
  [REMOVE_OBJECTS]: {
    payload: z.object({
      objects: z.array(z.object({ gcsUri: z.string(), generation: z.string().nullable() })).max(MAX_REMOVED_OBJECTS),
    }),
    queue: { ...RETRIES, expireInSeconds: 10 * 60, notify: true },
    atOnce: 1,
  },
  [DELIVER_WEBHOOK]: {
    payload: z.object({ deliveryId: z.uuid(), attempt: z.int().min(0) }),
    // Its own schedule is in the table of messages: a retry here is for a worker that died.
    queue: { ...RETRIES, expireInSeconds: 60, notify: true },
    // They mostly wait: one slow receiver must not hold up the others.
    atOnce: 8,
  },
  [SWEEP]: {
    payload: z.object({}),
    queue: { ...RETRIES, expireInSeconds: 10 * 60 },
    atOnce: 1,
    cron: '*/30 * * * *',
  },
  [AUDIT_LIBRARY]: {
    payload: z.object({}),
    // A night that failed is followed by the next.
    queue: { retryLimit: 1, expireInSeconds: 6 * 60 * 60 },
    atOnce: 1,
    // At night in North America: it reads every row and lists every object.
    cron: '15 8 * * *',
  },
} as const satisfies Record<string, JobDefinition>;

export type JobName = keyof typeof JOBS;
export type PayloadOf<N extends JobName> = z.output<(typeof JOBS)[N]['payload']>;
export type PublishClipPayload = z.output<typeof cut>;
export type ExportReelPayload = z.output<typeof film>;
export type RemoveObjectsPayload = PayloadOf<typeof REMOVE_OBJECTS>;
export type PrepareMasterPayload = PayloadOf<typeof PREPARE_MASTER>;
export type PrepareChunkPayload = z.output<typeof chunk>;
export type DeliverWebhookPayload = PayloadOf<typeof DELIVER_WEBHOOK>;

/** The definitions by name; a queue comes after the one that its dead letters go to. */
export const jobEntries = Object.entries(JOBS) as [JobName, JobDefinition][];

/** Makes every queue that the portal uses; part of `db:migrate`, so web and workers need no right to create. */
export async function createQueues(boss: PgBoss): Promise<void> {
  for (const [name, { queue, cron }] of jobEntries) {
    const options = { ...queue, heartbeatSeconds: HEARTBEAT_SECONDS };
    await boss.createQueue(name, options);
    await boss.updateQueue(name, options);
    if (cron) await boss.schedule(name, cron, {});
  }
}
