import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseEnv } from '#lib/config/env.ts';
import { createLogger } from '#lib/logger.ts';
import { createWebhook } from '#lib/webhooks/manage-webhooks.ts';
import { webhookSealOf } from './portal.ts';
import { clipRow, enlist, type PortalFixture, portalFixture } from './portal-fixture.ts';
import { startWorker } from './worker.ts';

let portal: PortalFixture;
beforeAll(async () => {
  portal = await portalFixture();
});
afterAll(() => portal.close());

it('a worker sends a message as soon as the clip is committed, signed with the secret that the web gave', async () => {
  const receiver = createServer();
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const host = `127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  const env = parseEnv({
    DATABASE_URL: portal.databaseUrl,
    NEXTAUTH_SECRET: 'a secret of the tests, long enough',
    WEBHOOK_ALLOW_PRIVATE_HOSTS: host,
    PATH: process.env.PATH,
  });
  const admin = await enlist(portal.deps, 'admin');
  const apiKeyId = '0b7c1b8e-6c0c-4a53-9a0f-3a1a0d3f9c11';
  const keyFacts = { name: 'bot', keyHash: 'f'.repeat(64), keyHint: 'hb_test' };
  await portal.db.apiKey.create({ data: { id: apiKeyId, userId: admin.userId, ...keyFacts } });
  const deps = { ...portal.deps, webhookSeal: webhookSealOf(env), webhookHosts: env.WEBHOOK_ALLOW_PRIVATE_HOSTS };
  const input = { url: `http://${host}/`, event_types: ['clip.ready' as const], api_key_id: apiKeyId };
  const { secret } = await createWebhook(deps, admin, input);
  const worker = await startWorker(env, createLogger('silent', 'test'));
  try {
    const asked = once(receiver, 'request');
    await portal.db.clip.create({ data: clipRow({ clipId: 'w', processingStatus: 'processing' }) });
    await portal.db.clip.update({ where: { clipId: 'w' }, data: { processingStatus: 'ready' } });
    const [request, response] = await asked;
    const body = (await request.toArray()).join('');
    response.writeHead(204).end();
    expect(new Webhook(secret).verify(body, request.headers)).toMatchObject({ data: { clip_id: 'w' } });
    await expect.poll(async () => (await portal.db.webhookDelivery.findFirst())?.state).toBe('delivered');
  } finally {
    await worker.stop();
    receiver.close();
  }
});
