import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { UserContext } from '#lib/auth/user-context.ts';
import { DELIVER_WEBHOOK, type DeliverWebhookPayload } from '#lib/jobs/queues.ts';
import {
  clipRow,
  enlist,
  faultOf,
  masterRow,
  type PortalFixture,
  portalFixture,
  untilOneWaits,
} from '#lib/runtime/portal-fixture.ts';
import { deliverWebhook, dispatchDeliveries } from './deliver-webhook.ts';
import { listDeliveries, replayDelivery, testWebhook } from './manage-deliveries.ts';
import { createWebhook, deleteWebhook, getWebhook, listWebhooks, patchWebhook } from './manage-webhooks.ts';
import { createPostman } from './post-message.ts';
import { PrivateAddressError, publicLookup } from './public-address.ts';
import { deleteWebhookRow, lockWebhook } from './webhook-repo.ts';

let portal: PortalFixture;
let receiver: Server;
let address: string;
let received: { headers: IncomingHttpHeaders; body: string }[] = [];
let answers: number[] = [];

beforeAll(async () => {
  portal = await portalFixture();
  receiver = createServer(async (request, response) => {
    const body = (await request.toArray()).join('');
    received.push({ headers: request.headers, body });
    const status = answers.shift() ?? 204;
    response.writeHead(status, status === 302 ? { Location: `${address}/elsewhere` } : {}).end();
  });
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
});
afterAll(async () => {
  receiver.close();
  await portal.close();
});

const hosts = () => [new URL(address).host];
const webDeps = () => ({ ...portal.deps, webhookHosts: hosts() });
const workerDeps = (overrides: { lookup?: LookupFunction; allowedHosts?: string[] } = {}) => ({
  ...portal.deps,
  db: portal.db,
  postman: createPostman({ allowedHosts: hosts(), ...overrides }),
});

/** A program of one club: its account and its key. */
async function program(
  overrides: Partial<UserContext> = {},
  role: UserContext['role'] = 'coach',
): Promise<UserContext> {
  const user = await enlist(portal.deps, role, { teamAccess: ['MTL'], ...overrides });
  const id = randomUUID();
  const keyHash = randomUUID().replaceAll('-', '').repeat(2);
  await portal.db.apiKey.create({ data: { id, userId: user.userId, name: 'bot', keyHash, keyHint: 'hb_test' } });
  return { ...user, apiKeyId: id };
}

let bot: UserContext;
let hook: Awaited<ReturnType<typeof createWebhook>>;
beforeEach(async () => {
  received = [];
  answers = [];
  bot = await program();
  hook = await createWebhook(webDeps(), bot, {
    url: `${address}/hook`,
    event_types: ['clip.ready', 'clip.failed', 'master.ready'],
  });
});
afterEach(async () => {
  portal.setNow(null);
  await portal.db.$executeRaw`DELETE FROM media.webhooks`;
  await portal.db.$executeRaw`DELETE FROM media.clips`;
  await portal.db.$executeRaw`DELETE FROM media_jobs.job WHERE name = ${DELIVER_WEBHOOK}`;
});

/** Cuts a clip, as far as the database knows. */
async function cut(clipId: string, overrides = {}, end = 'ready'): Promise<void> {
  await portal.db.clip.create({ data: clipRow({ clipId, processingStatus: 'processing', ...overrides }) });
  await portal.db.clip.update({ where: { clipId }, data: { processingStatus: end } });
}

const queued = () => portal.db.$queryRaw<{ data: DeliverWebhookPayload; delay: number }[]>`
  SELECT data, extract(epoch FROM start_after - now())::float8 AS delay FROM media_jobs.job
  WHERE name = ${DELIVER_WEBHOOK} ORDER BY created_on`;

/** Does what the worker would: everything that is in line, whenever it is due. */
async function work(deps = workerDeps()): Promise<void> {
  await dispatchDeliveries(deps);
  const jobs = await queued();
  await portal.db.$executeRaw`DELETE FROM media_jobs.job WHERE name = ${DELIVER_WEBHOOK}`;
  for (const { data } of jobs) await deliverWebhook(deps, data);
}
const deliveries = () => listDeliveries(webDeps(), bot, hook.id);

describe('a webhook', () => {
  it('is told what happens in reach, signed as Standard Webhooks says', async () => {
    await cut('a');
    await cut('b', {}, 'failed');
    await cut('other', { teamCode: 'CHI' });
    await portal.db.master.create({ data: masterRow({ filename: `${randomUUID()}.mp4` }) });
    await work();
    const told = received.map(({ headers, body }) =>
      new Webhook(hook.secret).verify(body, headers as Record<string, string>),
    );
    // In no promised order; and a coach may read no masters.
    expect(told).toHaveLength(2);
    expect(told).toEqual(
      expect.arrayContaining([
        { type: 'clip.ready', timestamp: expect.any(String), data: { clip_id: 'a', processing_status: 'ready' } },
        { type: 'clip.failed', timestamp: expect.any(String), data: { clip_id: 'b', processing_status: 'failed' } },
      ]),
    );
    expect(() =>
      new Webhook(`whsec_${btoa('another secret of 24 bytes!')}`).verify(
        received[0]?.body ?? '',
        received[0]?.headers as Record<string, string>,
      ),
    ).toThrow();
    expect((await deliveries()).map(({ state, response_status }) => [state, response_status])).toContainEqual([
      'delivered',
      204,
    ]);
  });

  it('tells an admin’s key of masters', async () => {
    const admin = await program({}, 'admin');
    const input = { url: `${address}/admin`, event_types: ['master.ready' as const] };
    await createWebhook(webDeps(), admin, input);
    const { id } = await portal.db.master.create({ data: masterRow({ filename: `${randomUUID()}.mp4` }) });
    await work();
    expect(received.map(({ body }) => JSON.parse(body))).toMatchObject([
      { type: 'master.ready', data: { master_id: id, status: 'ready' } },
    ]);
  });

  it('tries again with growing waits, then gives up; a replay sends the same message', async () => {
    answers = [500, 302, 429, 500, 500, 500, 500, 500];
    await cut('a');
    const waits: number[] = [];
    for (let attempt = 0; attempt < 8; attempt++) {
      await work();
      const [next] = await queued();
      if (next) waits.push(next.delay);
    }
    expect(received).toHaveLength(8);
    for (const [index, seconds] of [5, 30, 120, 900, 3600, 14_400, 43_200].entries()) {
      // Twenty percent of jitter, and how long the test took since.
      expect(waits[index]).toBeGreaterThan(seconds * 0.8 - 5);
      expect(waits[index]).toBeLessThanOrEqual(seconds * 1.2 + 1);
    }
    const [failed] = await deliveries();
    expect(failed).toMatchObject({ state: 'failed', attempts: 8, response_status: 500, next_attempt_at: null });
    await replayDelivery(webDeps(), bot, hook.id, failed?.id ?? '');
    expect(await faultOf(replayDelivery(webDeps(), bot, hook.id, failed?.id ?? ''))).toMatchObject({ status: 409 });
    await work();
    expect((await deliveries())[0]).toMatchObject({ state: 'delivered', attempts: 1, error: null });
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(received.map(({ body }) => body)).size).toBe(1);
  });

  it('sends each message once, however many workers there are and jobs repeat', async () => {
    for (let n = 0; n < 20; n++) await cut(`many-${n}`);
    const counts = await Promise.all([1, 2, 3].map(() => dispatchDeliveries(workerDeps())));
    expect(counts.reduce((sum, count) => sum + count)).toBe(20);
    const jobs = await queued();
    expect(jobs).toHaveLength(20);
    for (const { data } of jobs) await deliverWebhook(workerDeps(), data);
    for (const { data } of jobs) await deliverWebhook(workerDeps(), data);
    expect(received).toHaveLength(20);
  });

  it('is switched off at once by 410, and after five days in which nothing arrived', async () => {
    answers = [410];
    await cut('a');
    await work();
    expect(await getWebhook(webDeps(), bot, hook.id)).toMatchObject({ enabled: false, disabled_reason: 'gone' });
    await cut('b');
    await work();
    expect(received).toHaveLength(1);
    const again = await patchWebhook(webDeps(), bot, hook.id, { enabled: true });
    expect(again).toMatchObject({ enabled: true, disabled_reason: null });
    answers = [500, 500];
    await cut('c');
    await work();
    expect(await getWebhook(webDeps(), bot, hook.id)).toMatchObject({ enabled: true });
    portal.setNow(new Date(Date.now() + 5.1 * 24 * 3_600_000));
    await work();
    expect(await getWebhook(webDeps(), bot, hook.id)).toMatchObject({ enabled: false, disabled_reason: 'failing' });
  });

  it('is told nothing any more once its key is revoked, its user disabled, or the clip out of reach', async () => {
    await cut('a');
    await dispatchDeliveries(workerDeps());
    await portal.db.apiKey.update({ where: { id: String(bot.apiKeyId) }, data: { revokedAt: new Date() } });
    await work();
    await cut('after');
    await portal.db.apiKey.update({ where: { id: String(bot.apiKeyId) }, data: { revokedAt: null } });
    await cut('b');
    await dispatchDeliveries(workerDeps());
    await portal.db.user.update({ where: { id: bot.userId }, data: { disabledAt: new Date() } });
    await work();
    await portal.db.user.update({ where: { id: bot.userId }, data: { disabledAt: null } });
    await cut('c');
    await cut('d');
    await dispatchDeliveries(workerDeps());
    await portal.db.clip.update({ where: { clipId: 'c' }, data: { teamCode: 'CHI' } });
    await portal.db.clip.delete({ where: { clipId: 'd' } });
    await work();
    expect(received).toEqual([]);
    const states = await portal.db.webhookDelivery.findMany({ orderBy: { createdAt: 'asc' } });
    expect(states.map(({ clipId, state }) => [clipId, state])).toEqual(
      ['a', 'b', 'c', 'd'].map((clipId) => [clipId, 'dropped']),
    );
  });

  it('can be tried with a message that tells nothing', async () => {
    await testWebhook(webDeps(), bot, hook.id);
    await work();
    expect(received.map(({ body }) => JSON.parse(body))).toMatchObject([{ type: 'webhook.test', data: {} }]);
  });
});

it('a webhook can be deleted while the worker writes down what became of a message', async () => {
  await cut('a');
  answers = [500];
  let working: Promise<void> | undefined;
  await portal.db.$transaction(async (tx) => {
    await lockWebhook(tx, hook.id);
    working = work();
    await untilOneWaits(portal.db);
    await deleteWebhookRow(tx, hook.id);
  });
  await working;
  expect(await portal.db.webhookDelivery.count()).toBe(0);
});

describe('who manages webhooks', () => {
  it('is the key itself, its person, and an admin of all their teams', async () => {
    const { secret: _, ...shown } = hook;
    const { apiKeyId: __, ...person } = bot;
    const [mtl, all] = [
      await enlist(portal.deps, 'admin', { teamAccess: ['MTL', 'LAV'] }),
      await enlist(portal.deps, 'admin'),
    ];
    for (const user of [bot, person, mtl, all]) {
      expect(await listWebhooks(webDeps(), user)).toEqual([shown]);
      expect(await listWebhooks(webDeps(), user, { api_key_id: shown.api_key_id })).toEqual([shown]);
      expect(await listWebhooks(webDeps(), user, { api_key_id: randomUUID() })).toEqual([]);
      expect(await patchWebhook(webDeps(), user, hook.id, { enabled: true })).toEqual(shown);
    }
    const foreign = { url: `${address}/x`, event_types: ['clip.ready' as const], api_key_id: String(bot.apiKeyId) };
    for (const user of [person, mtl]) {
      expect(await createWebhook(webDeps(), user, foreign)).toMatchObject({ api_key_id: bot.apiKeyId });
    }
    const unnamed = { url: `${address}/x`, event_types: ['clip.ready' as const] };
    expect(await faultOf(createWebhook(webDeps(), person, unnamed))).toMatchObject({ status: 400 });
  });

  it('is nobody else: what is theirs is not there', async () => {
    const spread = await program({ teamAccess: ['MTL', 'CHI'] });
    const wide = await createWebhook(webDeps(), spread, { url: `${address}/wide`, event_types: ['clip.ready'] });
    const others = [
      await program({ teamAccess: ['CHI'] }),
      await enlist(portal.deps, 'coach', { teamAccess: ['MTL'] }),
      await enlist(portal.deps, 'admin', { teamAccess: ['CHI'] }),
      await enlist(portal.deps, 'admin', { teamAccess: [] }),
    ];
    for (const user of others) {
      expect(await listWebhooks(webDeps(), user)).toEqual([]);
      for (const { id } of [hook, wide]) {
        for (const call of [getWebhook, deleteWebhook, testWebhook, listDeliveries]) {
          expect(await faultOf(call(webDeps(), user, id))).toMatchObject({ status: 404 });
        }
        expect(await faultOf(patchWebhook(webDeps(), user, id, { enabled: false }))).toMatchObject({ status: 404 });
        expect(await faultOf(replayDelivery(webDeps(), user, id, randomUUID()))).toMatchObject({ status: 404 });
      }
      const foreign = { url: `${address}/x`, event_types: ['clip.ready' as const], api_key_id: String(bot.apiKeyId) };
      const status = 'apiKeyId' in user ? 403 : 404;
      expect(await faultOf(createWebhook(webDeps(), user, foreign))).toMatchObject({ status });
    }
    // An address of one club's admin would hear of the other club.
    const mtl = await enlist(portal.deps, 'admin', { teamAccess: ['MTL'] });
    const redirect = patchWebhook(webDeps(), mtl, wide.id, { url: `${address}/mine` });
    expect(await faultOf(redirect)).toMatchObject({ status: 404 });
    expect((await listWebhooks(webDeps(), mtl)).map(({ id }) => id)).toEqual([hook.id]);
  });

  it('makes none for a key that holds no more, nor an eleventh', async () => {
    const input = { url: `${address}/x`, event_types: ['clip.ready' as const], api_key_id: String(bot.apiKeyId) };
    const { apiKeyId: _, ...person } = bot;
    const made = await Promise.all(
      Array.from({ length: 12 }, () => createWebhook(webDeps(), person, input).catch((error) => error.code)),
    );
    expect(made.filter((one) => one === 'too_many_webhooks')).toHaveLength(3);
    const of = { where: { id: String(bot.apiKeyId) } };
    await portal.db.apiKey.update({ ...of, data: { expiresAt: new Date(Date.now() - 1000) } });
    expect(await faultOf(createWebhook(webDeps(), person, input))).toMatchObject({ status: 404 });
    await portal.db.apiKey.update({ ...of, data: { expiresAt: null, revokedAt: new Date() } });
    expect(await faultOf(createWebhook(webDeps(), person, input))).toMatchObject({ status: 404 });
  });

  it('keeps the secret unreadable in the database, and shows it once', async () => {
    const row = await portal.db.webhook.findUniqueOrThrow({ where: { id: hook.id } });
    expect(hook.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(row.secret).not.toContain(hook.secret.slice(6, 20));
    expect(Object.keys(await getWebhook(webDeps(), bot, hook.id))).not.toContain('secret');
  });

  it.each([
    'http://example.com/hook',
    'https://10.0.0.5/hook',
    'https://169.254.169.254/latest/meta-data',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://2130706433/',
    'https://localhost/hook',
    'https://user:pass@example.com/',
  ])('refuses %s', async (url) => {
    const fault = await faultOf(createWebhook(webDeps(), bot, { url, event_types: ['clip.ready'] }));
    expect(fault).toMatchObject({ status: 400, code: 'invalid_request' });
  });
});

describe('what is done with webhooks', () => {
  const written = () =>
    portal.db.auditEntry.findMany({ where: { targetType: 'webhook' }, orderBy: { id: 'desc' }, take: 8 });

  it('is written down with what was and what is, and never the secret', async () => {
    const { apiKeyId: _, ...person } = bot;
    const url = `${address}/one?room=a-key-of-the-receiver`;
    const input = { url, event_types: ['clip.ready' as const], api_key_id: String(bot.apiKeyId) };
    const { id, secret } = await createWebhook(webDeps(), person, input);
    await patchWebhook(webDeps(), person, id, { enabled: false, event_types: ['clip.failed'] });
    await patchWebhook(webDeps(), person, id, { enabled: false });
    await patchWebhook(webDeps(), person, id, { url: `${address}/one?room=another` });
    await testWebhook(webDeps(), person, id);
    await work();
    const [tested] = await listDeliveries(webDeps(), person, id);
    await replayDelivery(webDeps(), person, id, String(tested?.id));
    await faultOf(replayDelivery(webDeps(), person, id, String(tested?.id)));
    await deleteWebhook(webDeps(), person, id);
    const entries = (await written()).filter(({ targetId }) => targetId === id).toReversed();
    const facts = { api_key_id: bot.apiKeyId, url: `${address}/one?…` };
    expect(entries.map(({ action, before, after }) => [action, before, after])).toEqual([
      ['webhook.create', null, { ...facts, event_types: ['clip.ready'], enabled: true }],
      [
        'webhook.update',
        { event_types: ['clip.ready'], enabled: true },
        { event_types: ['clip.failed'], enabled: false },
      ],
      ['webhook.update', { url: facts.url }, { url: facts.url }],
      ['webhook.test', null, { delivery_id: tested?.id }],
      ['webhook.replay', null, { delivery_id: tested?.id, type: 'webhook.test' }],
      ['webhook.delete', { ...facts, event_types: ['clip.failed'], enabled: false }, null],
    ]);
    for (const entry of entries) {
      expect(entry).toMatchObject({ actorUserId: bot.userId, targetType: 'webhook', teamCodes: ['MTL'] });
    }
    expect(JSON.stringify(entries.map(({ before, after }) => [before, after]))).not.toContain(secret.slice(6, 20));
    expect(JSON.stringify(entries.map(({ before, after }) => [before, after]))).not.toMatch(/receiver|whsec/);
  });

  it('is not written down when it was not done', async () => {
    const before = (await written()).length;
    const other = await enlist(portal.deps, 'admin', { teamAccess: ['CHI'] });
    await faultOf(patchWebhook(webDeps(), other, hook.id, { enabled: false }));
    await faultOf(patchWebhook(webDeps(), bot, hook.id, { url: 'https://10.0.0.5/' }));
    await faultOf(testWebhook(webDeps(), other, hook.id));
    expect(await written()).toHaveLength(before);
  });
});

describe('a name that leads to a private address', () => {
  const answerWith =
    (...addresses: string[]): LookupFunction =>
    (_, options, callback) => {
      const all = addresses.map((found) => ({ address: found, family: found.includes(':') ? 6 : 4 }));
      if (options.all) callback(null, all);
      else callback(null, String(all[0]?.address), all[0]?.family);
    };

  it.each([[['127.0.0.1']], [['8.8.8.8', '10.0.0.1']], [['::ffff:127.0.0.1']], [['169.254.169.254']], [['fd00::1']]])(
    'is never connected to: %j',
    async (addresses) => {
      await patchWebhook(webDeps(), bot, hook.id, { url: 'https://hook.example.com:8443/' });
      await cut('a');
      await work(workerDeps({ lookup: answerWith(...addresses) }));
      expect((await deliveries())[0]).toMatchObject({
        state: 'failed',
        attempts: 1,
        error: expect.stringMatching(/private/),
      });
      expect(received).toEqual([]);
    },
  );

  it('is not reached by an answer that changes: the judged address is the one connected to', async () => {
    const answersInTurn = [['8.8.8.8'], ['127.0.0.1']];
    let asked = 0;
    const rebinding: LookupFunction = (host, options, callback) =>
      answerWith(...(answersInTurn[asked++] ?? []))(host, options, callback);
    const guarded = publicLookup(rebinding);
    const ask = () =>
      new Promise((resolve, reject) => {
        guarded('hook.example.com', {}, (error, found) => (error ? reject(error) : resolve(found)));
      });
    // A socket asks once, and is handed what was judged; whoever asks again is judged again.
    expect(await ask()).toBe('8.8.8.8');
    await expect(ask()).rejects.toThrow(PrivateAddressError);
    asked = 1;
    const postman = createPostman({ allowedHosts: [], lookup: rebinding });
    const target = { url: 'https://hook.example.com/', secret: hook.secret };
    await expect(postman.post(target, { id: 'msg_1', body: '{}' })).rejects.toThrow(PrivateAddressError);
    expect(asked).toBe(2);
  });

  it('is not allowed by a list that names another port', async () => {
    await cut('a');
    await work(workerDeps({ allowedHosts: ['127.0.0.1:1'] }));
    expect((await deliveries())[0]).toMatchObject({ state: 'failed', error: expect.stringMatching(/private/) });
    expect(received).toEqual([]);
  });
});
