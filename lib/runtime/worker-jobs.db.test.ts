import type { PgBoss } from 'pg-boss';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createClipWork } from '#lib/clips/processing-repo.ts';
import { placeInLine } from '#lib/jobs/cut-line.ts';
import { startBoss } from '#lib/jobs/job-queue.ts';
import {
  AUDIT_LIBRARY,
  DELIVER_WEBHOOK,
  ENCODE,
  EXPORT_ABANDONED,
  HEARTBEAT_SECONDS,
  type PayloadOf,
  PREPARE_ABANDONED,
  PREPARE_CHUNK,
  PREPARE_MASTER,
  PUBLISH_CLIP,
  PUBLISH_CLIP_ABANDONED,
  PUBLISH_POSTER,
  REMOVE_OBJECTS,
  SWEEP,
} from '#lib/jobs/queues.ts';
import { type JobContext, type JobHandlers, registerJobs } from '#lib/jobs/worker-jobs.ts';
import { clipRow, type PortalFixture, portalFixture } from './portal-fixture.ts';

let portal: PortalFixture;
let boss: PgBoss | undefined;
let stopping: AbortController;
beforeAll(async () => {
  portal = await portalFixture();
});
afterAll(() => portal.close());
beforeEach(async () => {
  stopping = new AbortController();
  await portal.db.clip.deleteMany();
  await portal.db.$executeRaw`DELETE FROM media_jobs.job`;
});
afterEach(async () => {
  await boss?.stop({ graceful: true });
  boss = undefined;
});

const idle: JobHandlers = {
  [ENCODE]: async () => {},
  [PUBLISH_CLIP]: async () => {},
  [PUBLISH_CLIP_ABANDONED]: async () => {},
  [PUBLISH_POSTER]: async () => {},
  [PREPARE_MASTER]: async () => {},
  [PREPARE_CHUNK]: async () => {},
  [PREPARE_ABANDONED]: async () => {},
  [EXPORT_ABANDONED]: async () => {},
  [REMOVE_OBJECTS]: async () => {},
  [DELIVER_WEBHOOK]: async () => {},
  [SWEEP]: async () => {},
  [AUDIT_LIBRARY]: async () => {},
};

/** A worker of the portal with these handlers. */
async function work(handlers: Partial<JobHandlers>): Promise<void> {
  const { logger } = portal.deps;
  boss = await startBoss({ databaseUrl: portal.databaseUrl, logger, supervise: true });
  await registerJobs(boss, { ...idle, ...handlers }, { cutsAtOnce: 1, stopping: stopping.signal, logger });
}
/** What is encoded: the clip, the number of the part, or the film of a reel. */
const nameOf = (payload: PayloadOf<typeof ENCODE>) => {
  if ('clipId' in payload) return payload.clipId;
  return 'number' in payload ? `part ${payload.number}` : `film ${payload.exportId}`;
};
const enqueue = (clipId: string) => portal.deps.queue.enqueueCuts(portal.db, 'marked', [clipId]);
const statesOf = async (queue: string) => (await portal.jobs(queue)).map(({ state }) => state);
/** Retries that wait for their delay may run now; a job's last attempt comes after `left` more. */
const hurry = (left: number) =>
  portal.db.$executeRaw`UPDATE media_jobs.job SET start_after = now(), retry_limit = retry_count + ${left}
    WHERE state IN ('created', 'retry')`;
const eventually = async (check: () => Promise<unknown>, expected: unknown) =>
  expect.poll(check, { timeout: 20_000, interval: 50 }).toEqual(expected);

describe('the queues', () => {
  it('are installed by the migration as the worker needs them', async () => {
    const names = [ENCODE, PUBLISH_CLIP_ABANDONED, REMOVE_OBJECTS, SWEEP];
    const queues = await Promise.all(names.map((name) => portal.boss.getQueue(name)));
    expect(
      queues.map((queue) => [queue?.name, queue?.retryLimit, queue?.retryBackoff, queue?.heartbeatSeconds]),
    ).toEqual(names.map((name) => [name, 5, true, HEARTBEAT_SECONDS]));
  });
});

it('has what comes by the clock in its schedule', async () => {
  const schedules = await portal.boss.getSchedules();
  expect(schedules.map(({ name, cron }) => [name, cron]).sort()).toEqual([
    [AUDIT_LIBRARY, '15 8 * * *'],
    [SWEEP, '*/30 * * * *'],
  ]);
});

describe('a job', () => {
  it('is enqueued with its transaction, or not at all', async () => {
    const broken = portal.db.$transaction(async (tx) => {
      await portal.deps.queue.enqueueCuts(tx, 'marked', ['a']);
      await portal.deps.queue.enqueueRemoveObjects(tx, { objects: [] });
      throw new Error('no');
    });
    await expect(broken).rejects.toThrow('no');
    expect([await statesOf(ENCODE), await statesOf(REMOVE_OBJECTS)]).toEqual([[], []]);
  });

  it('runs once, with its payload', async () => {
    const seen: unknown[] = [];
    await enqueue('a');
    await portal.deps.queue.enqueueRemoveObjects(portal.db, {
      objects: [{ gcsUri: 'gs://b/k', generation: null }],
    });
    await work({
      [ENCODE]: async (payload) => void seen.push(payload),
      [REMOVE_OBJECTS]: async (payload) => void seen.push(payload),
    });
    await eventually(
      async () => [await statesOf(ENCODE), await statesOf(REMOVE_OBJECTS)],
      [['completed'], ['completed']],
    );
    expect(seen).toHaveLength(2);
    expect(seen).toContainEqual({ clipId: 'a' });
    expect(seen).toContainEqual({ objects: [{ gcsUri: 'gs://b/k', generation: null }] });
  });

  it('that fails is tried again, and knows its last attempt', async () => {
    const attempts: boolean[] = [];
    await enqueue('a');
    await work({
      [ENCODE]: async (_payload, { isLastAttempt }) => {
        attempts.push(isLastAttempt);
        if (attempts.length < 3) throw new Error('not yet');
      },
    });
    await eventually(() => statesOf(ENCODE), ['retry']);
    await hurry(2);
    await eventually(async () => attempts.length, 2);
    await eventually(() => statesOf(ENCODE), ['retry']);
    await hurry(1);
    await eventually(() => statesOf(ENCODE), ['completed']);
    expect(attempts).toEqual([false, false, true]);
  });

  it('is told when the worker stops, and goes back in line', async () => {
    const started = Promise.withResolvers<JobContext>();
    await enqueue('a');
    await work({
      [ENCODE]: async (_payload, context) => {
        started.resolve(context);
        await new Promise((_, reject) => context.signal.addEventListener('abort', () => reject(context.signal.reason)));
      },
    });
    const { signal } = await started.promise;
    expect(signal.aborted).toBe(false);
    stopping.abort(new Error('The worker is stopping.'));
    await eventually(() => statesOf(ENCODE), ['retry']);
  });

  it('with a payload that is none fails without reaching its handler', async () => {
    const reached: unknown[] = [];
    await portal.boss.send(ENCODE, { clip: 7 }, { retryLimit: 0 });
    await work({ [ENCODE]: async (payload) => void reached.push(payload) });
    await eventually(() => statesOf(ENCODE), ['failed']);
    expect(reached).toEqual([]);
  });
});

describe('the line of cuts', () => {
  const taken = async (count: number): Promise<string[]> => {
    const order: string[] = [];
    await work({ [ENCODE]: async (payload) => void order.push(nameOf(payload)) });
    await eventually(async () => order.length, count);
    return order;
  };

  it('has what somebody marked before batches, whatever their size, and keeps the order within each', async () => {
    await portal.deps.queue.enqueueCuts(
      portal.db,
      'many',
      Array.from({ length: 20 }, (_, index) => `batch-${String(index).padStart(2, '0')}`),
    );
    await enqueue('marked-1');
    await enqueue('marked-2');
    const places = await Promise.all(['marked-1', 'marked-2', 'batch-00'].map((id) => placeInLine(portal.db, id)));
    expect(places.slice(0, 2)).toEqual([1, 2]);
    expect(places[2]).toBeGreaterThan(2);
    expect(await placeInLine(portal.db, 'nobody')).toBeNull();
    const order = await taken(22);
    expect(order.slice(0, 2)).toEqual(['marked-1', 'marked-2']);
    expect(new Set(order).size).toBe(22);
  });

  it('goes on as soon as a job has ended: forty take less than two polls', async () => {
    await portal.deps.queue.enqueueCuts(
      portal.db,
      'many',
      Array.from({ length: 40 }, (_, index) => `quick-${index}`),
    );
    const moments: number[] = [];
    await work({ [ENCODE]: async () => void moments.push(Date.now()) });
    await eventually(async () => moments.length, 40);
    const pauses = moments.slice(1).map((moment, index) => moment - (moments[index] ?? 0));
    // A poll is 2 s; a busy machine may pause now and then, but not before most of them.
    expect(pauses.filter((pauseMs) => pauseMs > 1500).length).toBeLessThan(5);
  });

  it('lets go of what was withdrawn, and of nothing else', async () => {
    await portal.deps.queue.enqueueCuts(portal.db, 'many', ['a', 'b', 'c']);
    await portal.deps.queue.withdrawCuts(portal.db, ['a', 'c', 'nobody']);
    expect((await portal.jobs(ENCODE)).map(({ data }) => data)).toEqual([{ clipId: 'b' }]);
  });
});

describe('the order of work', () => {
  const MASTERS = ['5a0c8a52-4a6c-4a87-9f1c-0b9a8d1e2f30', '5a0c8a52-4a6c-4a87-9f1c-0b9a8d1e2f31'];
  const [awaited = '', other = ''] = MASTERS;
  const partsOf = (masterId: string) => [0, 1].map((number) => ({ masterId, number }));

  it('is pictures and marked clips, then copies of masters, then files, then ladders, then files for later', async () => {
    const { queue } = portal.deps;
    const { db } = portal;
    await queue.enqueueCuts(db, 'later', ['later', 'asked']);
    await queue.enqueuePrepareChunks(db, partsOf(other));
    await queue.enqueuePrepareChunks(db, partsOf(awaited), { isAwaited: true });
    for (const id of ['many-1', 'many-2']) await queue.enqueueCuts(db, 'many', [id]);
    await queue.enqueuePrepareMasters(db, [{ masterId: other }], { isUploaded: true });
    await queue.enqueueCuts(db, 'marked', ['marked']);
    await queue.enqueuePosters(db, ['later', 'many-1']);
    await queue.hastenCuts(db, ['asked']);
    // Parts of ladders are nobody's place in the line of cuts.
    expect(await Promise.all(['asked', 'many-2', 'later'].map((id) => placeInLine(db, id)))).toEqual([1, 4, 5]);
    const begun: string[] = [];
    const isLight = (name: string) => /^(poster|copy) /.test(name);
    await work({
      [PUBLISH_POSTER]: async ({ clipId }) => void begun.push(`poster ${clipId}`),
      [PREPARE_MASTER]: async () => void begun.push('copy of a master'),
      [ENCODE]: async (payload) => {
        begun.push(
          'masterId' in payload
            ? `${payload.masterId === awaited ? 'awaited' : 'other'} ${payload.number}`
            : nameOf(payload),
        );
        // What has a place of its own waits for none of these, however long they take.
        await eventually(async () => begun.filter(isLight).length, 3);
      },
    });
    await eventually(async () => begun.length, 12);
    // Of the two that somebody waits for, one has the place that is kept for such.
    const heavy = begun.filter((name) => !isLight(name));
    expect(heavy.slice(0, 2).sort()).toEqual(['asked', 'marked']);
    expect(heavy.slice(2)).toEqual(['many-1', 'many-2', 'awaited 0', 'awaited 1', 'other 0', 'other 1', 'later']);
    expect(Math.max(...begun.flatMap((name, at) => (isLight(name) ? at : [])))).toBeLessThan(begun.indexOf('many-1'));
  });

  it('has a place for what somebody waits for, beside a part that is under way', async () => {
    await portal.deps.queue.enqueuePrepareChunks(portal.db, partsOf(other));
    const begun: string[] = [];
    const isMarked = Promise.withResolvers<void>();
    const priorities: number[] = [];
    await work({
      [ENCODE]: async (payload, { priority }) => {
        begun.push(nameOf(payload));
        priorities.push(priority);
        if ('clipId' in payload) return isMarked.resolve();
        await isMarked.promise;
      },
    });
    await eventually(async () => begun, ['part 0']);
    await enqueue('marked');
    await eventually(async () => begun, ['part 0', 'marked', 'part 1']);
    expect(priorities.map(Math.sign)).toEqual([-1, 1, -1]);
  });

  it('knows where a job goes whose every attempt died, each kind for itself', async () => {
    await enqueue('a');
    await portal.deps.queue.enqueuePrepareChunks(portal.db, [{ masterId: other, number: 3 }]);
    await hurry(0);
    const abandoned: unknown[] = [];
    await work({
      [ENCODE]: () => Promise.reject(new Error('died')),
      [PUBLISH_CLIP_ABANDONED]: async (payload) => void abandoned.push(payload),
      [PREPARE_ABANDONED]: async (payload) => void abandoned.push(payload),
    });
    await eventually(async () => abandoned.length, 2);
    expect(abandoned).toEqual(expect.arrayContaining([{ clipId: 'a' }, { masterId: other }]));
  });

  it('is joined by the cuts that were put in line before there was one', async () => {
    await portal.boss.send(PUBLISH_CLIP, { clipId: 'before' }, { singletonKey: 'before' });
    expect(await placeInLine(portal.db, 'before')).toBe(1);
    const cut: string[] = [];
    await work({ [PUBLISH_CLIP]: async ({ clipId }) => void cut.push(clipId) });
    await eventually(async () => cut, ['before']);
  });
});

describe('a clip whose every attempt died', () => {
  it.each(['pending', 'processing', null])('is failed, from %s', async (processingStatus) => {
    const clips = createClipWork(portal.db);
    await portal.db.clip.create({
      data: clipRow({ clipId: 'a', processingStatus, claimToken: '0b2f9c1e-8f2d-4a6b-9a3e-2f1d3c4b5a69' }),
    });
    await enqueue('a');
    await hurry(0);
    await work({
      [ENCODE]: () => Promise.reject(new Error('died')),
      [PUBLISH_CLIP_ABANDONED]: ({ clipId }) => clips.failAbandoned(clipId, 'It was broken off.'),
    });
    const fate = async () => {
      const clip = await portal.db.clip.findUniqueOrThrow({ where: { clipId: 'a' } });
      return [clip.processingStatus, clip.errorMessage, clip.claimToken];
    };
    await eventually(fate, ['failed', 'It was broken off.', null]);
  });

  it.each(['ready', 'failed'])('is left alone when it is %s after all', async (processingStatus) => {
    const clips = createClipWork(portal.db);
    await portal.db.clip.create({ data: clipRow({ clipId: 'a', processingStatus, errorMessage: 'kept' }) });
    await clips.failAbandoned('a', 'It was broken off.');
    expect(await portal.db.clip.findUnique({ where: { clipId: 'a' } })).toMatchObject({
      processingStatus,
      errorMessage: 'kept',
    });
  });
});
