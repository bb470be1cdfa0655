import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { UserContext } from '#lib/auth/user-context.ts';
import { DELIVER_WEBHOOK, type DeliverWebhookPayload } from '#lib/jobs/queues.ts';
import { clipRow, enlist, faultOf, masterRow, type PortalFixture, portalFixture } from '#lib/runtime/portal-fixture.ts';
import { deliverWebhook, dispatchDeliveries } from './deliver-webhook.ts';
import {
  createWebhook,
  deleteWebhook,
  getWebhook,
  listDeliveries,
  listWebhooks,
  patchWebhook,
  replayDelivery,
  testWebhook,
} from './manage-webhooks.ts';
import { createPostman } from './post-message.ts';
import { PrivateAddressError, publicLookup } from './public-address.ts';

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

describe('who manages webhooks', () => {
  it('is the key itself, and admins', async () => {
    const other = await program({ teamAccess: ['CHI'] });
    const { secret: _, ...shown } = hook;
    expect(await listWebhooks(webDeps(), bot)).toEqual([shown]);
    expect(await listWebhooks(webDeps(), other)).toEqual([]);
    for (const call of [getWebhook, deleteWebhook, testWebhook, listDeliveries]) {
      expect(await faultOf(call(webDeps(), other, hook.id))).toMatchObject({ status: 404 });
    }
    const { apiKeyId: __, ...person } = bot;
    expect(await faultOf(listWebhooks(webDeps(), person))).toMatchObject({ status: 403, code: 'needs_api_key' });
    const admin = await enlist(portal.deps, 'admin', { teamAccess: ['CHI'] });
    expect(await listWebhooks(webDeps(), admin)).toEqual([shown]);
    const url = `${address}/x`;
    const foreign = { url, event_types: ['clip.ready' as const], api_key_id: String(bot.apiKeyId) };
    expect(await faultOf(createWebhook(webDeps(), other, foreign))).toMatchObject({ status: 403 });
    expect(await createWebhook(webDeps(), admin, foreign)).toMatchObject({ api_key_id: bot.apiKeyId });
  });

  it('shows an admin of another club no message about this one', async () => {
    await cut('a');
    await work();
    const admin = await enlist(portal.deps, 'admin', { teamAccess: ['CHI'] });
    expect(await listDeliveries(webDeps(), admin, hook.id)).toEqual([]);
    const [mine] = await deliveries();
    expect(await faultOf(replayDelivery(webDeps(), admin, hook.id, mine?.id ?? ''))).toMatchObject({ status: 404 });
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
