import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, request as plainRequest } from 'node:http';
import { type RequestOptions, request } from 'node:https';
import { type AddressInfo, connect, createServer as createSocket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const CADDYFILE = path.resolve(import.meta.dirname, '../../deploy/Caddyfile');
const run = promisify(execFile);

async function freePort(): Promise<number> {
  const socket = createSocket().listen(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address() as AddressInfo;
  socket.close();
  return port;
}

/** The Caddyfile as Caddy reads it, on ports of a test, before a portal of a test; nothing else is changed. */
async function adapt(ports: { http: number; https: number; health: number; portal: number }): Promise<string> {
  const env = { ...process.env, PORTAL_HOST: 'localhost' };
  const { stdout } = await run('caddy', ['adapt', '--config', CADDYFILE, '--adapter', 'caddyfile'], { env });
  const config = JSON.parse(
    stdout
      .replaceAll('"web:3000"', `"127.0.0.1:${ports.portal}"`)
      .replaceAll('":443"', `":${ports.https}"`)
      .replaceAll('"127.0.0.1:8080"', `"127.0.0.1:${ports.health}"`),
  );
  Object.assign(config.apps.http, { http_port: ports.http, https_port: ports.https });
  // The test's authority is not made known to the machine.
  config.apps.pki = { certificate_authorities: { local: { install_trust: false } } };
  return JSON.stringify(config);
}

const refused = async (port: number): Promise<boolean> =>
  await new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(false)).on('error', () => resolve(true));
    socket.unref();
  });

describe('deploy/Caddyfile', () => {
  /** What the portal behind the proxy saw, newest last. */
  const seen: IncomingMessage[] = [];
  let closed = 0;
  const portal = createServer(async (incoming, response) => {
    seen.push(incoming);
    if (incoming.url === '/events') {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('data: 1\n\n');
      response.on('close', () => {
        closed += 1;
      });
      return;
    }
    let bytes = 0;
    for await (const chunk of incoming) bytes += chunk.length;
    response.end(String(bytes));
  });
  let folder = '';
  let caddy: ReturnType<typeof spawn> | undefined;
  const ports = { http: 0, https: 0, health: 0, portal: 0 };

  const ask = (options: RequestOptions) =>
    request({ host: 'localhost', port: ports.https, rejectUnauthorized: false, ...options });
  const answerOf = async (options: RequestOptions): Promise<{ status: number | undefined; text: string }> => {
    const sent = ask(options).end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    return { status: response.statusCode, text: Buffer.concat(await response.toArray()).toString() };
  };

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'heartbeat-caddy-'));
    for (const name of ['http', 'https', 'health'] as const) ports[name] = await freePort();
    portal.listen(0, '127.0.0.1');
    await once(portal, 'listening');
    ports.portal = (portal.address() as AddressInfo).port;
    const file = path.join(folder, 'caddy.json');
    await writeFile(file, await adapt(ports));
    const env = { ...process.env, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
    caddy = spawn('caddy', ['run', '--config', file], { env, stdio: 'ignore' });
    await vi.waitUntil(
      () =>
        answerOf({}).then(
          ({ status }) => status === 200,
          () => false,
        ),
      { timeout: 60_000, interval: 100 },
    );
  });
  afterAll(async () => {
    if (caddy?.exitCode === null) {
      caddy.kill('SIGTERM');
      await once(caddy, 'exit');
    }
    portal.closeAllConnections();
    portal.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('sends people who come without TLS to it', async () => {
    const sent = plainRequest({ host: 'localhost', port: ports.http, path: '/clips?x=1' }).end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    expect(response.statusCode).toBe(308);
    expect(response.headers.location).toMatch(/^https:\/\/localhost(:\d+)?\/clips\?x=1$/);
  });

  it('tells the portal the address that it saw, and nothing that a client made up', async () => {
    await answerOf({
      headers: { 'X-Forwarded-For': '203.0.113.9', 'X-Forwarded-Proto': 'http', 'X-Forwarded-Host': 'evil.example' },
    });
    expect(seen.at(-1)?.headers).toMatchObject({
      'x-forwarded-for': expect.stringMatching(/^(127\.0\.0\.1|::1)$/),
      'x-forwarded-proto': 'https',
      'x-forwarded-host': expect.stringMatching(/^localhost/),
    });
  });

  it('hands the body of an upload on while it comes', async () => {
    const before = seen.length;
    const sent = ask({ method: 'PUT', path: '/upload', headers: { 'Content-Length': 200_000 } });
    const answer = once(sent, 'response');
    sent.write(Buffer.alloc(100_000));
    await expect.poll(() => seen.slice(before).some(({ url }) => url === '/upload')).toBe(true);
    sent.end(Buffer.alloc(100_000));
    const [response] = (await answer) as [IncomingMessage];
    expect(Buffer.concat(await response.toArray()).toString()).toBe('200000');
  });

  it('hands an event on at once, and tells the portal when its reader leaves', async () => {
    const sent = ask({ path: '/events' }).end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    const [event] = await once(response, 'data');
    expect(String(event)).toBe('data: 1\n\n');
    expect(closed).toBe(0);
    sent.destroy();
    await expect.poll(() => closed).toBe(1);
  });

  it('lets a request wait for a portal that starts anew', async () => {
    await new Promise((resolve) => {
      portal.close(resolve);
      portal.closeAllConnections();
    });
    // Until Caddy knows that its idle connections are gone.
    await expect.poll(() => refused(ports.portal)).toBe(true);
    const answer = answerOf({ path: '/later' });
    await new Promise((resolve) => setTimeout(resolve, 1500));
    portal.listen(ports.portal, '127.0.0.1');
    expect(await answer).toEqual({ status: 200, text: '0' });
  });

  it('takes no header without bounds', async () => {
    expect((await answerOf({ headers: { 'X-Long': 'x'.repeat(60_000) } })).status).toBe(431);
  });

  it('answers the health check of its container', async () => {
    const [response] = (await once(plainRequest({ host: '127.0.0.1', port: ports.health }).end(), 'response')) as [
      IncomingMessage,
    ];
    expect(response.statusCode).toBe(204);
  });
});
