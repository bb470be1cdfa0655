import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { problemResponse } from '#lib/http/problem.ts';
import { readFile } from '#lib/http/read-input.ts';
import { textResponse } from '#lib/http/whole-text.ts';
import { createLogger } from '#lib/logger.ts';
import { exchange, hearAll, parseAnswer, type ServerFixture, say, serverFixture } from './web-server-fixture.ts';

const opened: ServerFixture[] = [];
const open = async (options: Parameters<typeof serverFixture>[0] = {}) => {
  const fixture = await serverFixture(options);
  opened.push(fixture);
  return fixture;
};
afterEach(async () => {
  for (const fixture of opened.splice(0)) await fixture.close();
});

const request = (line: string, headers: string[] = [], body = '') =>
  `${line} HTTP/1.1\r\n${['Host: portal', 'Connection: close', ...headers].join('\r\n')}\r\n\r\n${body}`;

const codeOf = (text: string): unknown => JSON.parse(text).code;

/** What Next would read of a body: its length, or the status of the fault that broke it off. */
async function lengthOf(body: IncomingMessage): Promise<string> {
  let length = 0;
  try {
    for await (const piece of body) length += piece.length;
    return String(length);
  } catch (error) {
    return `broken: ${(error as { status?: number }).status}`;
  }
}

describe('the first line', () => {
  it.each([
    ['GET /%', 400],
    ['GET /clips/%ED%A0%80', 400],
    ['GET /favicon%00.svg', 400],
    ['GET /api/auth/%00', 400],
    ['GET /api/v2/clips/%zz', 400],
    ['GET /api/objects/lake/%ff', 400],
    ['GET /_next/static/%c0%af', 400],
    ['GET /clips?q=%ff', 400],
    ['GET /clips?q=%00', 400],
    ['GET /clips?__proto__=1', 400],
    ['GET /api/v2/clips/x?a=1&constructor=', 400],
    ['GET /api/auth/csrf?toString', 400],
    ['GET /api/v2/clips?__proto__=1', 400],
    ['GET http://portal/%', 400],
    ['GET /{9000}', 414],
    ['GET /{20000}', 431],
    ['TRACE /', 405],
    ['PROPFIND /clips', 405],
    ['CONNECT portal:443', 405],
    ['NONSENSE /', 501],
    ['GET / extra', 400],
  ])('%s is refused with %s, as a problem document with the headers of every answer', async (line, status) => {
    let isAsked = false;
    const { port, log } = await open({
      next: async (_request, response) => {
        isAsked = true;
        response.end();
      },
    });
    const long = line.replace(/\{(\d+)\}/, (_, length) => 'a'.repeat(Number(length)));
    const answer = await exchange(port, request(long));
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    if (status === 405 || status === 501) expect(answer.headers.get('allow')).toContain('GET');
    expect(JSON.parse(answer.text).status).toBe(status);
    expect(log.map(({ status, msg }) => [status, msg])).toEqual([[status, 'request refused']]);
    expect(isAsked).toBe(false);
  });

  it.each(['GET /clips/%E2%9C%93?q=%C3%A9+x', 'GET http://portal/clips', 'POST /', 'OPTIONS /api/v2/clips'])(
    '%s passes',
    async (line) => {
      const { port } = await open();
      expect(await exchange(port, request(line))).toMatchObject({ status: 200 });
    },
  );

  it('answers OPTIONS * itself', async () => {
    const { port } = await open();
    const { status, headers } = await exchange(port, request('OPTIONS *'));
    expect([status, headers.get('allow')]).toEqual([204, 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS']);
  });

  it('insists on https where the portal is reached by it', async () => {
    const { port } = await open({ env: { NEXTAUTH_URL: 'https://portal.example' } });
    for (const line of ['GET /', 'GET /%', 'NONSENSE /']) {
      expect((await exchange(port, request(line))).headers.get('strict-transport-security'), line).toMatch(/^max-age/);
    }
  });

  it('refuses headers that come too slowly, and an expectation that it does not know', async () => {
    const pace = { headersMs: 200, body: { idleMs: 1000, totalMs: 1000, bytesPerSecond: 1024 } };
    const { port } = await open({ pace });
    const slow = parseAnswer(await hearAll(await say(port, 'GET / HTTP/1.1\r\nHost: portal\r\nX-Slow: ')));
    expect([slow.status, codeOf(slow.text)]).toEqual([408, 'headers_too_slow']);
    const silent = parseAnswer(await hearAll(await say(port, '')));
    expect(silent.status).toBe(408);
    expect((await exchange(port, request('GET /', ['Expect: a miracle']))).status).toBe(417);
  });
});

describe('pages and the API', () => {
  it('are worked on together, no more requests at once than there is room for', async () => {
    const inside: (() => void)[] = [];
    const { port } = await open({
      next: async (_request, response) => void inside.push(() => response.end()),
      api: () => new Promise((resolve) => inside.push(() => resolve(new Response('api')))),
    });
    const answers = Array.from({ length: 9 }, (_, n) =>
      exchange(port, request(n % 2 ? 'GET /clips' : 'GET /api/v2/x')),
    );
    await expect.poll(() => inside.length).toBe(6);
    // What passes those in line is let in after them.
    const playlist = exchange(port, request('GET /api/v2/clips/c/720.m3u8'));
    await expect.poll(() => inside.length).toBe(7);
    for (const end of inside.splice(0)) end();
    await expect.poll(() => inside.length).toBe(3);
    for (const end of inside) end();
    for (const { status } of await Promise.all([...answers, playlist])) expect(status).toBe(200);
  });
});

describe('what a text is sent as', () => {
  const text = '#EXTM3U\n'.repeat(1000);
  const PLAYLIST = 'application/vnd.apple.mpegurl';
  const ask = async (path: string, encodings: string, method = 'GET', type = PLAYLIST) => {
    const { port } = await open({
      next: async (_request, response) => void response.writeHead(200, { 'Content-Type': type }).end(text),
      api: async () => textResponse(text, { headers: { 'Content-Type': type } }),
    });
    const headers = encodings === '' ? { 'Accept-Encoding': 'identity' } : { 'Accept-Encoding': encodings };
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers });
    return {
      encoding: answer.headers.get('content-encoding'),
      vary: answer.headers.get('vary'),
      text: await answer.text(),
    };
  };

  it.each([
    ['gzip', 'gzip'],
    ['br', 'br'],
    ['gzip, deflate, br', 'br'],
    ['', null],
  ])('to whoever takes %j', async (encodings, encoding) => {
    expect(await ask('/api/v2/clips/c/720.m3u8?token=x', encodings)).toEqual({
      encoding,
      vary: 'Accept-Encoding',
      text,
    });
  });

  it.each([
    ['/api/v2/clips', 'application/json', 'gzip'],
    ['/api/v2/clips', 'application/problem+json', 'gzip'],
    ['/clips', 'text/html', 'gzip'],
    ['/api/v2/clips/c/clip.mp4', 'video/mp4', null],
    ['/clips', PLAYLIST, null],
    ['/api/objects/media/a', PLAYLIST, null],
  ])('of %s as %s', async (path, type, encoding) => {
    expect((await ask(path, 'gzip', 'GET', type)).encoding).toBe(encoding);
  });

  it('to nobody who wants no text', async () => {
    expect((await ask('/api/v2/clips/c/720.m3u8', 'gzip', 'HEAD')).encoding).toBeNull();
  });
});

describe('what a request says of itself', () => {
  it('is set right before anybody reads it', async () => {
    const next: Parameters<typeof serverFixture>[0]['next'] = async ({ headers }, response) => {
      const text = JSON.stringify(headers);
      response.writeHead(200, { 'Content-Length': text.length }).end(text);
    };
    const forged = [
      'X-Forwarded-For: 203.0.113.7',
      'X-Forwarded-Host: evil',
      'Forwarded: for=x',
      'X-Forwarded-Port: 1',
    ];
    const direct = await open({ next });
    const seen = JSON.parse((await exchange(direct.port, request('GET /', forged))).text);
    expect(seen).toMatchObject({ 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'http' });
    expect(Object.keys(seen)).not.toEqual(expect.arrayContaining(['forwarded']));
    expect(seen['x-forwarded-host'] ?? seen['x-forwarded-port']).toBeUndefined();
    const env = { TRUSTED_PROXY_HOPS: '1', NEXTAUTH_URL: 'https://portal.example' };
    const proxied = await open({ next, env });
    expect(JSON.parse((await exchange(proxied.port, request('GET /', forged))).text)).toMatchObject({
      'x-forwarded-for': '203.0.113.7',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'portal.example',
    });
  });
});

describe('the doors', () => {
  it.each([
    ['GET /api/auth/csrf', 200],
    ['GET /api/auth/csrf/', 200],
    ['GET /api/auth/providers', 200],
    ['GET /api/auth/signin?error=x', 200],
    ['GET /api/auth/error?error=x', 200],
    ['GET /api/auth/callback/oidc?code=x', 200],
    ['POST /api/auth/callback/credentials', 200],
    ['POST /api/auth/signin/oidc', 200],
    ['POST /api/auth/signout', 200],
    ['POST /api/auth/_log', 404],
    ['POST /api/auth/%5Flog', 404],
    ['POST /%61pi/auth/_log', 404],
    ['POST //api/auth/_log', 404],
    ['POST /API/auth/_log', 404],
    ['POST /x/../api/auth/_log', 404],
    ['POST /api/x/../auth/_log', 404],
    ['GET /api/auth/session', 404],
    ['GET /api/auth/signin/oidc', 405],
    ['GET /api/auth/signout', 405],
    ['POST /api/auth/csrf', 405],
    ['POST /api/auth/signin/other', 404],
    ['POST /api/auth/signin/oidc/x', 404],
    ['GET /api/auth', 404],
    ['GET /api/nowhere', 404],
    ['GET /api', 404],
    ['GET /apiary', 200],
  ])('%s: %s', async (line, status) => {
    const { port } = await open();
    expect((await exchange(port, request(line))).status).toBe(status);
  });
});

describe('the body of a page, a form or a server action', () => {
  const echo: Parameters<typeof serverFixture>[0]['next'] = async (held, response) =>
    void response.end(await lengthOf(held));

  it('reaches Next whole, by length or in chunks', async () => {
    const { port } = await open({ next: echo });
    const body = 'x'.repeat(65_536);
    expect((await exchange(port, request('POST /', ['Content-Length: 65536'], body))).text).toContain('65536');
    const chunks = `10000\r\n${body}\r\n0\r\n\r\n`;
    const answer = await exchange(port, request('POST /', ['Transfer-Encoding: chunked'], chunks));
    expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('65536')]);
  });

  it.each([
    ['by its length', ['Content-Length: 65537'], ''],
    ['by its length, far', ['Content-Length: 99999999999'], 'x'.repeat(100_000)],
    ['in chunks that never end', ['Transfer-Encoding: chunked'], `20000\r\n${'x'.repeat(131_072)}\r\n`],
  ])('is 413 where it is too long %s, and the connection is closed', async (_how, headers, body) => {
    let isAsked = false;
    const { port } = await open({
      next: async () => {
        isAsked = true;
      },
    });
    const answer = await exchange(port, request('POST /api/auth/callback/credentials', headers, body));
    expect([answer.status, codeOf(answer.text)]).toEqual([413, 'body_too_large']);
    expect(answer.headers.get('connection')).toBe('close');
    expect(isAsked).toBe(false);
  });

  it('is 413 on a GET, too', async () => {
    const { port } = await open({ next: echo });
    expect((await exchange(port, request('GET /signin', ['Content-Length: 70000']))).status).toBe(413);
  });

  it('is 408 where nothing comes for long, or all of it too slowly', async () => {
    const body = { idleMs: 150, totalMs: 500, bytesPerSecond: 1_000_000 };
    const { port, log } = await open({ next: echo, pace: { headersMs: 5000, body } });
    const idle = await exchange(port, request('POST /signin', ['Content-Length: 10'], 'abc'));
    expect([idle.status, codeOf(idle.text)]).toEqual([408, 'body_too_slow']);
    const dripping = await say(port, request('POST /signin', ['Content-Length: 1000']));
    const drip = setInterval(() => dripping.write('x'), 50);
    const answer = parseAnswer(await hearAll(dripping));
    clearInterval(drip);
    expect([answer.status, codeOf(answer.text)]).toEqual([408, 'body_too_slow']);
    expect(log).toHaveLength(2);
  });

  it('is not waited for when its place has used up its minute', async () => {
    const { port } = await open({ next: echo, limit: 2 });
    const form = () => exchange(port, request('POST /signin', ['Content-Length: 60000'], 'x'));
    const short = () => exchange(port, request('POST /signin', ['Content-Length: 1'], 'x'));
    expect([(await short()).status, (await short()).status]).toEqual([200, 200]);
    const refused = await form();
    expect([refused.status, codeOf(refused.text)]).toEqual([429, 'rate_limited']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    // Whoever signed in here before pays for themselves.
    const known = () => exchange(port, request('POST /signin', ['Cookie: device=known', 'Content-Length: 1'], 'x'));
    expect((await known()).status).toBe(200);
    // Looking at pages costs nothing of it.
    expect((await exchange(port, request('GET /signin'))).status).toBe(200);
  });

  it('is asked for only where it is wanted', async () => {
    const { port } = await open({ next: echo });
    const asking = await say(port, request('POST /', ['Expect: 100-continue', 'Content-Length: 3']));
    const heard = hearAll(asking);
    await new Promise<void>((resolve) => asking.once('data', () => resolve()));
    asking.write('abc');
    expect(await heard).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 200 OK/);
    const unwanted = await exchange(port, request('POST /', ['Expect: 100-continue', 'Content-Length: 70000']));
    expect(unwanted.status).toBe(413);
  });

  it('breaks off without a line in the log when its sender leaves', async () => {
    const { port, log, server } = await open({ next: echo });
    const socket = await say(port, request('POST /', ['Content-Length: 100'], 'x'));
    await pause(50);
    socket.destroy();
    await expect.poll(() => new Promise((resolve) => server.getConnections((_, count) => resolve(count)))).toBe(0);
    expect(log).toEqual([]);
  });
});

describe('the body of a route of the API', () => {
  const TERMS = { types: ['text/plain'], maxBytes: 100_000 };
  const measured: Parameters<typeof serverFixture>[0]['api'] = async (sent) => {
    try {
      return textResponse(`read ${(await readFile(TERMS, sent)).byteLength}`, {});
    } catch (error) {
      return problemResponse(error, sent, 'of-a-test', createLogger('silent', 'test'));
    }
  };

  it('stays outside until the route reads it', async () => {
    const asked = Promise.withResolvers<void>();
    const { port } = await open({ api: async (sent) => asked.promise.then(() => measured(sent)) });
    const head = ['Content-Type: text/plain', 'Expect: 100-continue', 'Content-Length: 3'];
    const socket = await say(port, request('POST /api/v2/clips', head));
    const heard = hearAll(socket);
    await pause(100);
    expect(socket.bytesRead).toBe(0);
    asked.resolve();
    await expect.poll(() => socket.bytesRead).toBeGreaterThan(0);
    socket.write('abc');
    expect(await heard).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 200 OK[\s\S]*read 3/);
  });

  it('comes no further than the route says', async () => {
    const { port } = await open({ api: measured });
    const body = 'x'.repeat(100_000);
    const send = (length: string, text: string) =>
      exchange(port, request('POST /api/v2/clips', ['Content-Type: text/plain', length], text));
    expect((await send('Content-Length: 100000', body)).text).toBe('read 100000');
    expect((await send('Content-Length: 100001', `${body}x`)).status).toBe(413);
    expect((await send('Transfer-Encoding: chunked', `30d40\r\n${body}${body}\r\n0\r\n\r\n`)).status).toBe(413);
  });

  const refuse = async () => new Response('no', { status: 401 });

  const unread = async (bytes: number) => {
    const { port } = await open({
      api: refuse,
      next: async (_request, response) => void response.writeHead(401).end('no'),
    });
    const head = `POST /api/v2/clips HTTP/1.1\r\nHost: portal\r\nContent-Length: ${bytes}\r\n\r\n`;
    const socket = await say(port, `${head}${'x'.repeat(bytes)}${request('GET /')}`);
    return (await hearAll(socket)).match(/HTTP\/1.1 401/g)?.length;
  };

  it.each([1, 90_000, 1_048_700, 1_500_000, 4_100_000])(
    'of %i bytes is thrown away where the route answers without it, and the connection goes on',
    async (bytes) => {
      expect(await unread(bytes)).toBe(2);
    },
  );

  it.each([4_194_400, 4_250_000, 6_000_000])('of %i bytes keeps no connection waiting', async (bytes) => {
    const startedMs = performance.now();
    expect(await unread(bytes)).toBeGreaterThan(0);
    // It goes on, or is cut: an idle connection would be held for more than a minute.
    expect(performance.now() - startedMs).toBeLessThan(60_000);
  });

  it.each([
    ['a route', 'POST /api/v2/clips', 401],
    ['the server', 'POST /nowhere', 413],
  ])('is still taken where %s gave the last answer of its connection', async (_who, line, status) => {
    const { port, server } = await open({ api: refuse });
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    const failed = new Promise<unknown>((resolve) => socket.once('error', resolve));
    socket.write(request(line, ['Content-Length: 600000'], 'x'));
    let heard = '';
    socket.setEncoding('latin1').on('data', (piece) => {
      heard += piece;
    });
    await once(socket, 'end');
    expect(heard).toContain(`HTTP/1.1 ${status}`);
    const sent = new Promise<string>((resolve) => socket.write('x'.repeat(500_000), () => resolve('sent')));
    expect(await Promise.race([sent, failed])).toBe('sent');
    socket.write('x'.repeat(99_999));
    // What was sent whole is waited for no longer.
    await expect.poll(() => new Promise((resolve) => server.getConnections((_, count) => resolve(count)))).toBe(0);
    socket.destroy();
  });

  it('cuts off who goes on sending after the answer', async () => {
    const { port } = await open({ api: refuse });
    const socket = await say(port, 'POST /api/v2/clips HTTP/1.1\r\nHost: portal\r\nTransfer-Encoding: chunked\r\n\r\n');
    const drip = setInterval(() => socket.write('1\r\nx\r\n'), 50);
    expect(await hearAll(socket)).toContain('HTTP/1.1 401');
    clearInterval(drip);
  });
});
