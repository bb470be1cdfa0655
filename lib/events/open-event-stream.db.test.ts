import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Readable } from 'node:stream';
import { EventSource } from 'eventsource';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { UserContext } from '#lib/auth/user-context.ts';
import { createLogger } from '#lib/logger.ts';
import { caller, clipRow, faultOf, masterRow, type PortalFixture, portalFixture } from '#lib/runtime/portal-fixture.ts';
import { createCallerWatch } from './caller-watch.ts';
import { createEventHub } from './event-hub.ts';
import { openEventSource, sweepEvents } from './event-repo.ts';
import { openEventStream, type StreamRequest } from './open-event-stream.ts';

let portal: PortalFixture;
beforeAll(async () => {
  portal = await portalFixture();
});
afterAll(() => portal.close());

interface Message {
  event: string;
  id: string | null;
  data: Record<string, unknown>;
}

/** Reads a stream as a browser would. */
class Reader {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #decoder = new TextDecoder();
  #text = '';
  lastId: string | null = null;
  /** What the stream said of coming back, in milliseconds. */
  readonly retries: number[] = [];

  constructor(stream: ReadableStream<Uint8Array>) {
    this.#reader = stream.getReader();
  }

  /** The next block between blank lines; `null` at the end. */
  async #block(): Promise<string | null> {
    for (;;) {
      const end = this.#text.indexOf('\n\n');
      if (end >= 0) {
        const block = this.#text.slice(0, end);
        this.#text = this.#text.slice(end + 2);
        return block;
      }
      const { value, done } = await this.#reader.read();
      if (done) return null;
      this.#text += this.#decoder.decode(value, { stream: true });
    }
  }

  /** The next message that has data, or only an id; `null` at the end of the stream. */
  async next(options: { onlyId?: boolean } = {}): Promise<Message | null> {
    for (;;) {
      const block = await this.#block();
      if (block === null) return null;
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? null;
      const id = field('id');
      if (id) this.lastId = id;
      const retry = field('retry');
      if (retry) this.retries.push(Number(retry));
      const data = field('data');
      if (data && field('event') === 'place' && !options.onlyId) continue;
      if (data) return { event: field('event') ?? '', id, data: JSON.parse(data) as Record<string, unknown> };
      if (options.onlyId && id) return { event: '', id, data: {} };
    }
  }

  async take(count: number): Promise<Message[]> {
    const messages: Message[] = [];
    while (messages.length < count) {
      const message = await this.next();
      if (!message) throw new Error(`the stream ended after ${messages.length} messages`);
      messages.push(message);
    }
    return messages;
  }

  leave = () => this.#reader.cancel();
}

const open: Reader[] = [];
afterEach(async () => {
  for (const reader of open.splice(0)) await reader.leave();
});

async function follow(user: UserContext, request: Partial<StreamRequest> = {}, deps = portal.deps): Promise<Reader> {
  const shown = { credential: randomUUID(), reauthenticate: async () => user };
  const stream = await openEventStream(deps, user, { ...shown, ...request });
  const reader = new Reader(stream);
  open.push(reader);
  // The first id: from here on nothing is missed.
  if (!request.lastEventId) await reader.next({ onlyId: true });
  return reader;
}

/** Callers are looked after at once. */
const watchful = () => ({ ...portal.deps, callers: createCallerWatch(portal.deps.logger, 5) });

const coach = caller('coach', { teamAccess: ['MTL'] });
/** More than a reader may have waiting, whatever is on its way already. */
const MANY = 2100;
const names = (messages: Message[]) => messages.map(({ event, data }) => `${event} ${data.clip_id ?? data.master_id}`);

describe('a stream of events', () => {
  // Transactions of other databases of the server hold events back, too: each test begins after the one before is told.
  beforeEach(async () => {
    const [row] = await portal.db.$transaction(async (tx) => {
      await tx.$executeRaw`DELETE FROM media.clips`;
      return tx.$queryRaw<{ xact: bigint }[]>`SELECT pg_current_xact_id()::text::bigint AS xact`;
    });
    const isTold = async () => {
      const [now] = await portal.db.$queryRaw<{ horizon: bigint }[]>`
        SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS horizon`;
      return (now?.horizon ?? 0n) > (row?.xact ?? 0n);
    };
    await expect.poll(isTold, { timeout: 20_000 }).toBe(true);
  });

  it('tells what happens to a clip, in order', async () => {
    const reader = await follow(coach);
    const { db } = portal;
    const where = { clipId: 'a' };
    await db.clip.create({ data: { ...clipRow({ clipId: 'a', processingStatus: 'pending' }) } });
    await db.clip.update({ where, data: { processingStatus: 'processing' } });
    await db.clip.update({ where, data: { progress: 40 } });
    await db.clip.update({ where, data: { processingStatus: 'ready', progress: 100 } });
    await db.clip.update({ where, data: { zone: 'oz' } });
    await db.clip.update({ where, data: { claimToken: null } });
    await db.clip.update({ where, data: { tags: { create: [{ tag: 'x' }, { tag: 'y' }] } } });
    await db.clip.delete({ where });
    const told: Message[] = [];
    while (told.at(-1)?.event !== 'clip.deleted') told.push(...(await reader.take(1)));
    // Progress that a reader was too slow for is left out, all else never is.
    expect(names(told).filter((line) => !line.startsWith('clip.progress'))).toEqual([
      'clip.created a',
      'clip.ready a',
      'clip.updated a',
      'clip.tags a',
      'clip.deleted a',
    ]);
    expect(told.find(({ event }) => event === 'clip.ready')?.data).toEqual({
      type: 'clip.ready',
      clip_id: 'a',
      processing_status: 'ready',
      progress: 100,
      occurred_at: expect.any(String),
    });
  });

  it('tells the end of a master’s check to those who may read masters', async () => {
    const admin = caller('admin', { teamAccess: ['MTL'] });
    const [theirs, scouts] = await Promise.all([follow(admin), follow(caller('scout', { teamAccess: ['MTL'] }))]);
    const { id } = await portal.db.master.create({ data: masterRow({ status: 'uploading', filename: 'e1.mp4' }) });
    await portal.db.master.update({ where: { id }, data: { status: 'ready' } });
    await portal.db.clip.create({ data: clipRow({ clipId: 'after' }) });
    expect(names(await theirs.take(2))).toEqual([`master.ready ${id}`, 'clip.created after']);
    expect(names(await scouts.take(1))).toEqual(['clip.created after']);
  });

  it('tells that there is more of a master to those who may watch it, and nothing else of masters', async () => {
    const coach = caller('coach', { teamAccess: ['MTL'] });
    const [theirs, foreign, scouts] = await Promise.all([
      follow(coach),
      follow(caller('coach', { teamAccess: ['TOR'] })),
      follow(caller('scout', { teamAccess: ['MTL'] })),
    ]);
    const { id } = await portal.db.master.create({ data: masterRow({ status: 'uploading', filename: 'e2.mp4' }) });
    await portal.db.master.update({ where: { id }, data: { status: 'ready' } });
    await portal.db.masterPreparation.create({ data: { masterId: id, status: 'running', playableToS: 4 } });
    await portal.db.masterPreparation.update({ where: { masterId: id }, data: { playableToS: 8 } });
    await portal.db.clip.createMany({
      data: [clipRow({ clipId: 'mine' }), clipRow({ clipId: 'tors', teamCode: 'TOR' })],
    });
    expect(names(await theirs.take(2))).toEqual([`master.progress ${id}`, 'clip.created mine']);
    expect(names(await foreign.take(1))).toEqual(['clip.created tors']);
    expect(names(await scouts.take(1))).toEqual(['clip.created mine']);
  });

  it('tells whoever no longer reaches a clip that it is gone, and whoever does that it has come', async () => {
    const player = (playerId: string) => caller('player', { teamAccess: ['MTL'], playerId });
    const [eight, nine] = await Promise.all([follow(player('8')), follow(player('9'))]);
    await portal.db.clip.create({ data: clipRow({ clipId: 'm', playerId: '8' }) });
    await portal.db.clip.update({ where: { clipId: 'm' }, data: { playerId: '9' } });
    expect(names(await eight.take(2))).toEqual(['clip.created m', 'clip.deleted m']);
    expect(names(await nine.take(1))).toEqual(['clip.created m']);
  });

  it('tells nobody of another team, live or resumed, and its ids say nothing', async () => {
    const everyone = [
      caller('coach', { teamAccess: ['CHI'] }),
      caller('player', { teamAccess: ['MTL'], playerId: '9' }),
      caller('player', { teamAccess: ['CHI'], playerId: '8' }),
      caller('scout', { teamAccess: [] }),
    ];
    const readers = await Promise.all(everyone.map((user) => follow(user)));
    const places = readers.map((reader) => reader.lastId);
    await portal.db.clip.create({
      data: { ...clipRow({ clipId: 'secret', playerId: '8' }), tags: { create: { tag: 'secret' } } },
    });
    await portal.db.master.create({ data: masterRow({ filename: 'secret.mp4' }) });
    // One of their own ends the wait: whatever came before it would have been told.
    await portal.db.clip.createMany({
      data: [
        clipRow({ clipId: 'end-chi', teamCode: 'CHI', playerId: '8' }),
        clipRow({ clipId: 'end-mtl', teamCode: 'MTL', playerId: '9' }),
      ],
    });
    const ends = [['clip.created end-chi'], ['clip.created end-mtl'], ['clip.created end-chi']];
    for (const [index, end] of ends.entries()) expect(names((await readers[index]?.take(1)) ?? [])).toEqual(end);
    for (const [index, end] of ends.entries()) {
      const user = everyone[index];
      if (!user) throw new Error('no caller');
      const resumed = await follow(user, { lastEventId: String(places[index]) });
      expect(names(await resumed.take(1))).toEqual(end);
    }
    const nobody = await follow(caller('scout', { teamAccess: [] }), { heartbeatMs: 1 });
    const quiet = [await nobody.next({ onlyId: true }), await nobody.next({ onlyId: true })];
    // Nothing happened between these two, and their ids differ all the same.
    expect(quiet[0]?.id).not.toBe(quiet[1]?.id);
    expect(quiet[0]?.id).toHaveLength(quiet[1]?.id?.length ?? 0);
  });

  it('is followed by npm’s eventsource, which keeps an id only with data, through a line that was cut', async () => {
    const user = caller('coach', { teamAccess: ['MTL'] });
    const asked: (string | undefined)[] = [];
    const lines = new Set<Socket>();
    const server = createServer((request, response) => {
      const lastEventId = request.headers['last-event-id']?.toString();
      asked.push(lastEventId);
      void openEventStream(portal.deps, user, {
        credential: 'key',
        lastEventId,
        reauthenticate: async () => user,
      }).then((stream) => {
        response.writeHead(200, { 'Content-Type': 'text/event-stream' });
        response.on('close', () => void body.destroy());
        const body = Readable.fromWeb(stream as Parameters<typeof Readable.fromWeb>[0]);
        body.on('error', () => {});
        body.pipe(response);
      });
    });
    server.on('connection', (socket) => lines.add(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const source = new EventSource(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const heard: string[] = [];
    const places: string[] = [];
    source.addEventListener('place', ({ lastEventId }) => places.push(lastEventId));
    source.addEventListener('clip.created', ({ data }) => heard.push(JSON.parse(data).clip_id));
    try {
      await expect.poll(() => places.length, { timeout: 5000 }).toBe(1);
      // Cut before the first event, which happens while nobody listens.
      for (const line of lines) line.destroy();
      await portal.db.clip.create({ data: clipRow({ clipId: 'while-cut' }) });
      await expect.poll(() => heard, { timeout: 15_000 }).toEqual(['while-cut']);
      expect(asked).toEqual([undefined, places[0]]);
    } finally {
      source.close();
      server.closeAllConnections();
      server.close();
    }
  });

  it('loses nothing to transactions that end out of order', async () => {
    const writers = await Promise.all(
      [1, 2].map(async () => {
        const client = new pg.Client({ connectionString: portal.databaseUrl });
        await client.connect();
        return client;
      }),
    );
    const [slow, quick] = writers as [pg.Client, pg.Client];
    const insert = (client: pg.Client, id: string) =>
      client.query(
        `INSERT INTO media.clips (clip_id, player_id, team_code, game_id, event_type, start_timecode_s,
          end_timecode_s, duration_s) VALUES ($1, '8', 'MTL', '1', 'shot', 0, 1, 1)`,
        [id],
      );
    const reader = await follow(coach);
    const start = reader.lastId;
    await slow.query('BEGIN');
    await insert(slow, 'first-begun');
    await insert(quick, 'first-committed');
    // Nobody may be told of the second before the first has ended; one who resumes now must still get both.
    const early = await follow(coach, { lastEventId: String(start), heartbeatMs: 1 });
    await early.next({ onlyId: true });
    const between = (await early.next({ onlyId: true }))?.id;
    await slow.query('COMMIT');
    const both = ['clip.created first-begun', 'clip.created first-committed'];
    expect(names(await reader.take(2)).sort()).toEqual(both);
    const late = await follow(coach, { lastEventId: String(between) });
    expect(names(await late.take(2)).sort()).toEqual(both);
    for (const client of writers) await client.end();
  });

  it('loses nothing and repeats nothing over many reconnections under concurrent writers', async () => {
    const count = 120;
    const heard: string[] = [];
    const writing = Promise.all(
      Array.from({ length: 6 }, async (_, writer) => {
        for (let n = 0; n < count / 6; n++) {
          await portal.db.$transaction(async (tx) => {
            await tx.clip.create({ data: clipRow({ clipId: `w${writer}-${n}` }) });
            await tx.$queryRaw`SELECT pg_sleep(random() * 0.01)::text`;
          });
        }
      }),
    );
    let reader = await follow(coach);
    while (heard.length < count) {
      heard.push(...(await reader.take(1)).map(({ data }) => String(data.clip_id)));
      if (heard.length % 7 === 0) {
        await reader.leave();
        reader = await follow(coach, { lastEventId: String(reader.lastId) });
      }
    }
    await writing;
    expect(new Set(heard).size).toBe(count);
    expect(heard).toHaveLength(count);
  });

  it('goes on after the connection that listens was cut', async () => {
    const reader = await follow(coach);
    const cut = () => portal.db.$queryRaw<{ pid: number }[]>`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name = 'heartbeat-events' AND datname = current_database()`;
    await expect.poll(async () => (await cut()).length).toBe(1);
    await portal.db.clip.create({ data: clipRow({ clipId: 'after-cut' }) });
    expect(names(await reader.take(1))).toEqual(['clip.created after-cut']);
  });

  it.each([
    ['not issued here', 'bm90LWFuLWlk'],
    ['empty of meaning', '%%%'],
  ])('begins with a reset for an id that was %s', async (_, lastEventId) => {
    expect((await (await follow(coach, { lastEventId })).take(1))[0]).toMatchObject({ data: { type: 'reset' } });
  });

  it('begins with a reset for an id that is too old, and events are kept longer than that', async () => {
    const now = Date.now();
    const { lastId } = await follow(coach);
    portal.setNow(new Date(now + 22.9 * 3_600_000));
    await portal.db.clip.create({ data: clipRow({ clipId: 'kept' }) });
    await portal.db.$executeRaw`UPDATE media.events SET created_at = now() - interval '23.1 hours'`;
    expect(await sweepEvents(portal.db)).toBe(0);
    expect(names(await (await follow(coach, { lastEventId: String(lastId) })).take(1))).toEqual(['clip.created kept']);
    portal.setNow(new Date(now + 23.1 * 3_600_000));
    const late = await follow(coach, { lastEventId: String(lastId) });
    expect((await late.take(1))[0]?.event).toBe('reset');
    portal.setNow(null);
    await portal.db.$executeRaw`UPDATE media.events SET created_at = now() - interval '24.1 hours'`;
    expect(await sweepEvents(portal.db)).toBeGreaterThan(0);
  });

  it('ends when the caller is nobody any more', async () => {
    let isThere = true;
    const reauthenticate = async () => (isThere ? coach : null);
    const reader = await follow(coach, { reauthenticate }, watchful());
    await portal.db.clip.create({ data: clipRow({ clipId: 'before' }) });
    expect(names(await reader.take(1))).toEqual(['clip.created before']);
    isThere = false;
    expect(await reader.next()).toBeNull();
  });

  it('follows the caller’s reach as it is now', async () => {
    let now = coach;
    const reader = await follow(coach, { reauthenticate: async () => now }, watchful());
    now = { ...coach, teamAccess: ['CHI'] };
    expect((await reader.take(1))[0]?.event).toBe('reset');
    await portal.db.clip.create({ data: clipRow({ clipId: 'mtl' }) });
    await portal.db.clip.create({ data: clipRow({ clipId: 'chi', teamCode: 'CHI' }) });
    expect(names(await reader.take(1))).toEqual(['clip.created chi']);
  });

  it('is given ten times to one person, whatever keys they show, and again when one is closed', async () => {
    const user = caller('coach', { teamAccess: ['MTL'] });
    const by = (n: number) => (n % 3 === 0 ? user : { ...user, apiKeyId: `key ${n}` });
    const readers: Reader[] = [];
    for (let n = 0; n < 10; n++) readers.push(await follow(by(n)));
    for (const n of [0, 1, 11])
      expect(await faultOf(follow(by(n)))).toMatchObject({ status: 429, code: 'too_many_streams' });
    await readers[0]?.leave();
    await follow(user);
  });

  it('holds no place for a caller who is gone before anybody reads', async () => {
    const user = caller('coach', { teamAccess: ['MTL'] });
    const reauthenticate = async () => user;
    for (let n = 0; n < 12; n++) {
      const leaving = new AbortController();
      if (n % 2) leaving.abort();
      await openEventStream(portal.deps, user, { credential: 'key', reauthenticate, signal: leaving.signal });
      leaving.abort();
    }
    for (let n = 0; n < 10; n++) await follow(user);
  });

  it('holds no place for a caller who is nobody any more, though nobody reads', async () => {
    const user = caller('coach', { teamAccess: ['MTL'] });
    const deps = watchful();
    for (let n = 0; n < 10; n++)
      await openEventStream(deps, user, { credential: 'revoked', reauthenticate: async () => null });
    const ask = () =>
      follow(user).then(
        () => 200,
        (fault) => fault.status,
      );
    await expect.poll(ask).toBe(200);
  });

  it('drops a reader who does not read, and ends with the process', async () => {
    const hub = createEventHub(openEventSource(portal.deps.db, portal.databaseUrl), createLogger('silent', 'test'));
    const deps = { ...portal.deps, events: hub };
    const [asleep, awake] = await Promise.all([follow(coach, {}, deps), follow(coach, {}, deps)]);
    const before = asleep.lastId;
    const rows = Array.from({ length: MANY }, (_, n) => clipRow({ clipId: `many-${n}` }));
    const reading = awake.take(MANY);
    await portal.db.clip.createMany({ data: rows });
    expect(await reading).toHaveLength(MANY);
    let told = 0;
    while (await asleep.next()) told += 1;
    expect(told).toBeLessThan(MANY);
    const again = await follow(coach, { lastEventId: String(asleep.lastId ?? before) }, deps);
    expect(await again.take(MANY - told)).toHaveLength(MANY - told);
    await hub.close();
    expect(await again.next()).toBeNull();
    expect(await awake.next()).toBeNull();
    for (const { retries } of [again, awake]) {
      expect(retries).toHaveLength(2);
      expect(retries[1]).toBeGreaterThanOrEqual(2000);
      expect(retries[1]).toBeLessThanOrEqual(4000);
    }
  });
});

describe('the table of events', () => {
  it('is not the web’s to write', async () => {
    await expect(portal.deps.db.$executeRaw`DELETE FROM media.events`).rejects.toThrow(/permission denied/);
  });

  it('keeps one progress a clip', async () => {
    await portal.db.clip.create({ data: clipRow({ clipId: 'p', processingStatus: 'processing' }) });
    for (const progress of [10, 20, 30]) await portal.db.clip.update({ where: { clipId: 'p' }, data: { progress } });
    const rows = await portal.db.event.findMany({ where: { clipId: 'p', type: 'clip.progress' } });
    expect(rows.map(({ data }) => data)).toEqual([{ processing_status: 'processing', progress: 30 }]);
  });
});
