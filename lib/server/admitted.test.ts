import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { createTurns, laneOf } from './admitted.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A server whose requests wait inside until they are let go. */
async function serve() {
  const inside: { url: string; response: ServerResponse }[] = [];
  const handle = createTurns()(async ({ url = '' }, response) => void inside.push({ url, response }));
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  let hungUp = 0;
  server.on('connection', (socket) =>
    socket.once('close', () => {
      hungUp += 1;
    }),
  );
  const { port } = server.address() as AddressInfo;
  const ask = (path: string, headers: Record<string, string> = {}) => {
    const request = get({ port, path, headers, agent: false });
    request.on('error', () => {});
    return { request, answer: new Promise<IncomingMessage>((resolve) => request.once('response', resolve)) };
  };
  const has = (count: number) => expect.poll(() => inside.length).toBe(count);
  const hasHeardOf = (count: number) => expect.poll(() => hungUp).toBe(count);
  return { inside, ask, has, hasHeardOf };
}

test('paths that nothing is said of are work', () => {
  for (const path of [
    '/',
    '/api/v2/clips',
    '/api/v2/clips/health/x',
    '/api/auth/csrf',
    '/clips/a.m3u8',
    '/API/V2/x.vtt',
  ])
    expect([path, laneOf(path)]).toEqual([path, 'work']);
  expect([laneOf('/api/v2/views', 'POST'), laneOf('/api/v2/views'), laneOf('/api/v2/views/mine', 'POST')]).toEqual([
    ...['views', 'work', 'work'],
  ]);
  for (const path of ['/api/v2/clips/health', '/api/v2/clips/health/']) expect(laneOf(path)).toBe('health');
  for (const path of [
    '/_next/static/a.js',
    '/api/v2/clips/a/playlist.m3u8',
    '/api/v2/masters/1/playlist.m3u8/',
    '/api/v2/clips/a/playlists',
  ])
    expect([path, laneOf(path)]).toEqual([path, 'express']);
});

test('so many are worked on at once; playlists and health pass those who wait', async () => {
  const { inside, ask, has } = await serve();
  for (let n = 0; n < 10; n++) ask(`/api/v2/clips?n=${n}`, { authorization: 'Bearer x' });
  await has(6);
  ask('/api/v2/clips/health');
  ask('/api/v2/clips/c/720.m3u8');
  await has(8);
  for (const { response } of inside.splice(0)) response.end();
  await has(4);
  expect(inside.every(({ url }) => url.startsWith('/api/v2/clips?'))).toBe(true);
});

test('an answer that has begun makes room, however long it goes on', async () => {
  const { inside, ask, has } = await serve();
  const streams = Array.from({ length: 6 }, () => ask('/api/v2/events'));
  await has(6);
  ask('/api/v2/clips');
  for (const { response } of inside)
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': here\n\n');
  await Promise.all(streams.map(({ answer }) => answer));
  await has(7);
});

test('whoever hangs up makes room, and whoever hangs up in line is never worked on', async () => {
  const { inside, ask, has, hasHeardOf } = await serve();
  const first = Array.from({ length: 6 }, () => ask('/a'));
  await has(6);
  const waiting = ask('/b');
  const last = ask('/c');
  await new Promise((resolve) => waiting.request.once('socket', (socket) => socket.once('connect', resolve)));
  waiting.request.destroy();
  await hasHeardOf(1);
  for (const { request } of first.slice(0, 2)) request.destroy();
  await has(7);
  expect(inside.at(-1)?.url).toBe('/c');
  inside.at(-1)?.response.end('c');
  expect(await text(await last.answer)).toBe('c');
});
