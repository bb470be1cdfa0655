import { afterEach, expect, it } from 'vitest';
import type { WebHandler } from '#lib/http/node-http-bridge.ts';
import { textResponse } from '#lib/http/whole-text.ts';
import { type ServerFixture, serverFixture } from './web-server-fixture.ts';

const TAG = '"v1-0123456789abcdef0123"';
const TEXT = JSON.stringify({ text: 'a clip '.repeat(1000) });

let fixture: ServerFixture;
afterEach(() => fixture.close());

/** Asks for an answer with a tag, which is compressed for whoever takes that. */
async function ask(headers: Record<string, string>, tag = TAG) {
  const api: WebHandler = async (request) =>
    request.headers.has('if-none-match')
      ? new Response(null, { status: 304, headers: { ETag: tag } })
      : textResponse(TEXT, { headers: { ETag: tag, 'Content-Type': 'application/json' } });
  fixture = await serverFixture({ api });
  return fetch(`http://127.0.0.1:${fixture.port}/api/v2/clips`, { headers });
}

it('what was compressed has a tag of its own', async () => {
  const zipped = await ask({ 'accept-encoding': 'gzip' });
  expect([zipped.headers.get('content-encoding'), zipped.headers.get('etag')]).toEqual(['gzip', `W/${TAG}`]);
  expect(await zipped.text()).toBe(TEXT);
});

it('what was not keeps the strong one', async () => {
  const plain = await ask({ 'accept-encoding': 'identity' });
  expect([plain.headers.get('content-encoding'), plain.headers.get('etag')]).toEqual([null, TAG]);
});

it('a tag that is weak stays as it is', async () => {
  expect((await ask({ 'accept-encoding': 'gzip' }, `W/${TAG}`)).headers.get('etag')).toBe(`W/${TAG}`);
});

it.each([TAG, `W/${TAG}`])('a reader who has %s is told of that one', async (held) => {
  const { status, headers } = await ask({ 'if-none-match': held });
  expect([status, headers.get('etag')]).toEqual([304, held]);
});
