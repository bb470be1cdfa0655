import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  ENCODE,
  HEARTBEAT_SECONDS,
  PREPARE_MASTER,
  REMOVE_OBJECTS,
  type RemoveObjectsPayload,
} from '#lib/jobs/queues.ts';
import { deleteMaster } from '#lib/masters/delete-master.ts';
import { removeObjects } from '#lib/media/publish/remove-objects.ts';
import { frameNumbers, makeMaster, scratchFolder } from '#lib/media/test-masters/numbered.ts';
import { toolsOf } from '#lib/media/tools/pids-fixture.ts';
import { startGcsHarness } from '#lib/storage/google/fake/harness.ts';
import { type ObjectStore, StoreError } from '#lib/storage/port/object-store.ts';
import { BUCKETS, caller, type PortalFixture, portalFixture } from './portal-fixture.ts';
import { encodePart, encodeParts, joined, preparation, prepare, putMaster, rendition } from './preparing-fixture.ts';
import { startWorkerProcess, type WorkerProcess } from './worker-process-fixture.ts';

const RATE = 25;
/** Numbers of frames begin anew here. */
const NUMBERS = 1024;
const SILENCE_MS = HEARTBEAT_SECONDS * 1000;
/** It has one rung below its own picture. */
const TALL = '480x480';

let portal: PortalFixture;
let scratch: Awaited<ReturnType<typeof scratchFolder>>;
beforeAll(async () => {
  [portal, scratch] = [await portalFixture(), await scratchFolder()];
});
afterAll(async () => {
  await portal.close();
  await scratch.remove();
});

const fileOf = (seconds: number, size: string) =>
  makeMaster(scratch.path, {
    ...{ file: `${seconds}s-${size}.mp4`, rate: String(RATE), seconds, size },
    ...{ video: ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '50', '-bf', '2'], audio: ['-c:a', 'aac'] },
  });

async function keysOf(id: string, { store } = portal): Promise<string[]> {
  const found: string[] = [];
  for await (const { key } of store.list(BUCKETS.media, `MTL/2025-2026/20031/master.${id}/`)) found.push(key);
  return found;
}

/** Every frame once, every object with its row, and none beside. */
async function expectWhole(id: string, seconds: number, names: string[], on = portal): Promise<void> {
  const { status, renditions, sheets } = await preparation(on, id);
  expect([status, renditions.map(({ name, complete }) => [name, complete])]).toEqual([
    'ready',
    names.map((name) => [name, true]),
  ]);
  for (const name of names) {
    const file = await joined(on, id, { name, file: join(scratch.path, `${id}-${name}.mp4`) });
    expect(await frameNumbers(file)).toEqual(Array.from({ length: seconds * RATE }, (_, n) => n % NUMBERS));
  }
  const objects = renditions.reduce((sum, { segments }) => sum + segments.length + 1, sheets.length);
  expect(await keysOf(id, on)).toHaveLength(objects);
}

const generationsOf = async (id: string, name: string) =>
  (await rendition(portal, id, name)).segments.map(({ number, generation }) => `${number} ${generation}`);

/** Takes its time with one object, so that those before it are registered, and does something before a later one. */
const slowThen = (store: ObjectStore, meddle: () => void): ObjectStore => {
  let count = 0;
  return {
    ...store,
    write: async (...args) => {
      count += 1;
      if (count === 6) await sleep(1100);
      if (count === 18) meddle();
      return store.write(...args);
    },
  };
};

const eventually = (check: () => Promise<unknown>, expected: unknown) =>
  expect.poll(check, { timeout: 60_000, interval: 10 }).toEqual(expected);

/** Holds rows of masters, so that nothing can be registered of what is prepared of them. Answers how to let go. */
async function holdBack(ids: readonly string[]): Promise<() => Promise<void>> {
  const [isHeld, isOver] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const holding = portal.db.$transaction(
    async (tx) => {
      await tx.$queryRaw`SELECT FROM media.masters WHERE id = ANY(${[...ids]}::uuid[]) FOR UPDATE`;
      isHeld.resolve();
      await isOver.promise;
    },
    { timeout: 120_000 },
  );
  await isHeld.promise;
  return async () => {
    isOver.resolve();
    await holding;
  };
}

const waitingForLocks = async () => {
  const [row] = await portal.db.$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return row?.count;
};

/** Stops the ffmpeg that a worker encodes with, so that it cannot end by itself. */
async function stopEncoder({ pid }: WorkerProcess): Promise<number> {
  for (;;) {
    for (const tool of await toolsOf(pid)) {
      const args = await readFile(`/proc/${tool}/cmdline`, 'latin1').catch(() => '');
      if (!args.includes('libx264')) continue;
      process.kill(tool, 'SIGSTOP');
      return tool;
    }
    await sleep(5);
  }
}

describe.runIf(process.platform === 'linux')('workers that are killed with -9', () => {
  it('copying, encoding a part, and between objects and rows: another goes on within 90 s, and does no more again', async () => {
    const [copied, written, encoded] = [await fileOf(40, '320x180'), await fileOf(12, TALL), await fileOf(70, TALL)];
    // Some of the copy is registered by an attempt before; what the victim adds is objects, and no rows.
    const copy = await putMaster(portal, copied);
    const fault = new StoreError('unavailable', 'It answers 503.');
    const store = slowThen(portal.store, () => {
      throw fault;
    });
    await expect(prepare(portal, copy, { store })).rejects.toBe(fault);
    const copiedBefore = await generationsOf(copy, 'source');
    await portal.deps.queue.enqueuePrepareMasters(portal.db, [{ masterId: copy }]);
    const part = await putMaster(portal, written);
    await prepare(portal, part);
    const before = (await keysOf(copy)).length + (await keysOf(part)).length;
    const letGo = await holdBack([copy, part]);
    const victims = [startWorkerProcess(portal)];
    try {
      await eventually(waitingForLocks, 2);
      expect((await keysOf(copy)).length + (await keysOf(part)).length).toBeGreaterThan(before + 6);
      // Of the third, one part is done; a second worker is in the midst of the other.
      const ladder = await putMaster(portal, encoded);
      await prepare(portal, ladder);
      await encodePart(portal, ladder, { number: 0 });
      const encodedBefore = await generationsOf(ladder, '360');
      const second = startWorkerProcess(portal);
      victims.push(second);
      const tool = await stopEncoder(second);
      await Promise.all(victims.map((victim) => victim.kill()));
      process.kill(tool, 'SIGKILL');
      const killedMs = Date.now();
      // The queue finds them dead at its next look; the silence that it waits for otherwise is taken off the time.
      const late = await portal.db.$executeRaw`UPDATE media_jobs.job SET heartbeat_seconds = 1 WHERE state = 'active'
        AND name IN (${ENCODE}, ${PREPARE_MASTER})`;
      expect(late).toBe(3);
      await letGo();
      victims.push(startWorkerProcess(portal));
      const statusOf = async (id: string) => (await preparation(portal, id)).status;
      await eventually(() => Promise.all([copy, part, ladder].map(statusOf)), ['ready', 'ready', 'ready']);
      expect(Date.now() - killedMs).toBeLessThan(90_000 - SILENCE_MS);
      await expectWhole(copy, 40, ['source']);
      await expectWhole(part, 12, ['360', 'source']);
      await expectWhole(ladder, 70, ['360', 'source']);
      expect((await generationsOf(copy, 'source')).slice(0, copiedBefore.length)).toEqual(copiedBefore);
      expect((await generationsOf(ladder, '360')).slice(0, encodedBefore.length)).toEqual(encodedBefore);
      expect(copiedBefore.length).toBeGreaterThan(3);
    } finally {
      await letGo();
      await Promise.all(victims.map((victim) => victim.kill()));
    }
  });
});

describe('a part of a ladder', () => {
  it('that two workers make at once is there once', async () => {
    const id = await putMaster(portal, await fileOf(12, TALL));
    await prepare(portal, id);
    await Promise.all([encodePart(portal, id, { number: 0 }), encodePart(portal, id, { number: 0 })]);
    await expectWhole(id, 12, ['360', 'source']);
  });

  it('of a master that is deleted meanwhile leaves neither rows nor objects', async () => {
    const id = await putMaster(portal, await fileOf(12, TALL));
    await prepare(portal, id);
    await portal.db.$executeRaw`DELETE FROM media_jobs.job WHERE name = ${REMOVE_OBJECTS}`;
    let count = 0;
    const store: ObjectStore = {
      ...portal.store,
      write: async (...args) => {
        count += 1;
        if (count === 3) await deleteMaster(portal.deps, caller('admin'), id);
        return portal.store.write(...args);
      },
    };
    await encodePart(portal, id, { number: 0, store });
    expect(count).toBeGreaterThan(2);
    for (const { data } of await portal.jobs(REMOVE_OBJECTS)) {
      await removeObjects({ store: portal.store, buckets: BUCKETS }, (data as RemoveObjectsPayload).objects);
    }
    expect(await keysOf(id)).toEqual([]);
    expect(await portal.db.masterPreparation.count({ where: { masterId: id } })).toBe(0);
  });
});

describe('a store that takes no more', () => {
  it('because its disk is full: what is registered stays, and the rest comes when there is room', async () => {
    const id = await putMaster(portal, await fileOf(12, TALL));
    const probe = await open(import.meta.filename);
    const prototype = Object.getPrototypeOf(probe);
    await probe.close();
    const { write } = prototype;
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    let room = 4;
    const spy = vi.spyOn(prototype, 'write').mockImplementation(function (this: unknown, ...args: unknown[]) {
      room -= 1;
      return room < 0 ? Promise.reject(full) : Reflect.apply(write, this, args);
    });
    await expect(prepare(portal, id)).rejects.toMatchObject({ code: 'out_of_space' });
    expect(await preparation(portal, id)).toMatchObject({ status: 'pending', claimToken: null });
    spy.mockRestore();
    await prepare(portal, id);
    const still = vi.spyOn(prototype, 'write').mockRejectedValue(full);
    await expect(encodePart(portal, id, { number: 0 })).rejects.toMatchObject({ code: 'out_of_space' });
    still.mockRestore();
    expect(await preparation(portal, id)).toMatchObject({ status: 'running', chunks: [{ isDone: false }] });
    await encodePart(portal, id, { number: 0 });
    await expectWhole(id, 12, ['360', 'source']);
  });

  it('because Google answers 503 for longer than anybody tries: the next attempt goes on', async () => {
    const harness = await startGcsHarness();
    try {
      const google = { ...portal, store: harness.store } as unknown as PortalFixture;
      const id = await putMaster(google, await fileOf(40, '320x180'));
      const broken = { on: /^POST \/upload/, times: 1000, fault: { kind: 'status', status: 503 } } as const;
      const store = slowThen(harness.store, () => harness.fake.faults.add(broken));
      await expect(prepare(google, id, { store })).rejects.toMatchObject({ code: 'unavailable' });
      const { status, renditions } = await preparation(google, id);
      expect(status).toBe('pending');
      expect(await keysOf(id, google)).toHaveLength((renditions[0]?.segments.length ?? -1) + 1);
      const before = await generationsOf(id, 'source');
      expect(before.length).toBeGreaterThan(3);
      harness.fake.faults.clear();
      await prepare(google, id);
      await encodeParts(google, id);
      await expectWhole(id, 40, ['source'], google);
      expect((await generationsOf(id, 'source')).slice(0, before.length)).toEqual(before);
    } finally {
      await harness.close();
    }
  });
});
