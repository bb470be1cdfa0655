import type { PgBoss } from 'pg-boss';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createClipWork } from '#lib/clips/processing-repo.ts';
import { placeInLine } from '#lib/jobs/cut-line.ts';
import { startBoss } from '#lib/jobs/job-queue.ts';
import {
  AUDIT_LIBRARY,
  DELIVER_WEBHOOK,
  HEARTBEAT_SECONDS,
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
  [PUBLISH_CLIP]: async () => {},
  [PUBLISH_CLIP_ABANDONED]: async () => {},
  [PUBLISH_POSTER]: async () => {},
  [PREPARE_MASTER]: async () => {},
  [PREPARE_CHUNK]: async () => {},
  [PREPARE_ABANDONED]: async () => {},
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
    const names = [PUBLISH_CLIP, PUBLISH_CLIP_ABANDONED, REMOVE_OBJECTS, SWEEP];
    const queues = await Promise.all(names.map((name) => portal.boss.getQueue(name)));
    expect(
      queues.map((queue) => [queue?.name, queue?.retryLimit, queue?.retryBackoff, queue?.heartbeatSeconds]),
    ).toEqual(names.map((name) => [name, 5, true, HEARTBEAT_SECONDS]));
    expect(queues[0]?.deadLetter).toBe(PUBLISH_CLIP_ABANDONED);
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
    expect([await statesOf(PUBLISH_CLIP), await statesOf(REMOVE_OBJECTS)]).toEqual([[], []]);
  });

  it('runs once, with its payload', async () => {
    const seen: unknown[] = [];
    await enqueue('a');
    await portal.deps.queue.enqueueRemoveObjects(portal.db, {
      objects: [{ gcsUri: 'gs://b/k', generation: null }],
    });
    await work({
      [PUBLISH_CLIP]: async (payload) => void seen.push(payload),
      [REMOVE_OBJECTS]: async (payload) => void seen.push(payload),
    });
    await eventually(
      async () => [await statesOf(PUBLISH_CLIP), await statesOf(REMOVE_OBJECTS)],
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
      [PUBLISH_CLIP]: async (_payload, { isLastAttempt }) => {
        attempts.push(isLastAttempt);
        if (attempts.length < 3) throw new Error('not yet');
      },
    });
    await eventually(() => statesOf(PUBLISH_CLIP), ['retry']);
    await hurry(2);
    await eventually(async () => attempts.length, 2);
    await eventually(() => statesOf(PUBLISH_CLIP), ['retry']);
    await hurry(1);
    await eventually(() => statesOf(PUBLISH_CLIP), ['completed']);
    expect(attempts).toEqual([false, false, true]);
  });

  it('is told when the worker stops, and goes back in line', async () => {
    const started = Promise.withResolvers<JobContext>();
    await enqueue('a');
    await work({
      [PUBLISH_CLIP]: async (_payload, context) => {
        started.resolve(context);
        await new Promise((_, reject) => context.signal.addEventListener('abort', () => reject(context.signal.reason)));
      },
    });
    const { signal } = await started.promise;
    expect(signal.aborted).toBe(false);
    stopping.abort(new Error('The worker is stopping.'));
    await eventually(() => statesOf(PUBLISH_CLIP), ['retry']);
  });

  it('with a payload that is none fails without reaching its handler', async () => {
    const reached: unknown[] = [];
    await portal.boss.send(PUBLISH_CLIP, { clip: 7 }, { retryLimit: 0 });
    await work({ [PUBLISH_CLIP]: async (payload) => void reached.push(payload) });
    await eventually(() => statesOf(PUBLISH_CLIP), ['failed']);
    expect(reached).toEqual([]);
  });
});

describe('the line of cuts', () => {
  const taken = async (count: number): Promise<string[]> => {
    const order: string[] = [];
    await work({ [PUBLISH_CLIP]: async ({ clipId }) => void order.push(clipId) });
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
    await work({ [PUBLISH_CLIP]: async () => void moments.push(Date.now()) });
    await eventually(async () => moments.length, 40);
    const pauses = moments.slice(1).map((moment, index) => moment - (moments[index] ?? 0));
    // A poll is 2 s; a busy machine may pause now and then, but not before most of them.
    expect(pauses.filter((pauseMs) => pauseMs > 1500).length).toBeLessThan(5);
  });

  it('lets go of what was withdrawn, and of nothing else', async () => {
    await portal.deps.queue.enqueueCuts(portal.db, 'many', ['a', 'b', 'c']);
    await portal.deps.queue.withdrawCuts(portal.db, ['a', 'c', 'nobody']);
    expect((await portal.jobs(PUBLISH_CLIP)).map(({ data }) => data)).toEqual([{ clipId: 'b' }]);
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
      [PUBLISH_CLIP]: () => Promise.reject(new Error('died')),
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
