import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { UserContext } from '#lib/auth/user-context.ts';
import { conflict } from '#lib/errors.ts';
import { createLogger } from '#lib/logger.ts';
import { StoreError } from '#lib/storage/port/object-store.ts';
import { createRouting, type Method } from './define-resource.ts';
import { problemSchema } from './problem-schemas.ts';
import { createRateLimit } from './rate-limit.ts';

const COACH: UserContext = { userId: 'u', role: 'coach', name: 'C', teamAccess: ['ALL'], preferences: {} };
const PORTAL = 'https://clips.example';
const FROM_PORTAL = { 'sec-fetch-site': 'same-origin' };
const SCOUT: UserContext = { ...COACH, role: 'scout' };

const unlimited = (logger: ReturnType<typeof createLogger>) =>
  createRateLimit({ limit: 1000, logger, counter: { add: async () => ({ total: 0, msLeft: 60_000 }) } });

/** One resource under test: `/things/{id}`, readable by all, changed by those who may write clips. */
function things(
  user: UserContext | null,
  act: () => Promise<unknown> = async () => ({ name: 'a', private_note: 'x' }),
) {
  const lines: string[] = [];
  const logger = createLogger('info', 'test', { write: (line) => lines.push(line) });
  const handle = vi.fn(act);
  const { defineResource, defineRoute } = createRouting(async () => ({
    deps: {},
    logger,
    origin: PORTAL,
    authenticate: async () => user,
    rateLimit: unlimited(logger),
  }));
  const schema = z.strictObject({ name: z.string() });
  const answers = { 200: z.object({ name: z.string() }) };
  const reply = async () => ({ status: 200 as const, json: (await handle()) as { name: string } });
  const hidden = { operation: null, auth: 'clips.write' } as const;
  const resource = defineResource({
    GET: defineRoute({
      operation: null,
      auth: 'clips.read',
      query: z.strictObject({ q: z.string().optional() }),
      answers,
      handle: reply,
    }),
    PUT: defineRoute({ ...hidden, params: z.object({ id: z.uuid() }), body: schema, answers, handle: reply }),
    DELETE: defineRoute({
      ...hidden,
      answers: { 204: null },
      handle: () => handle().then(() => ({ status: 204 as const })),
    }),
  });
  const ask = async (
    method: Method,
    init: { headers?: Record<string, string>; body?: BodyInit; search?: string; id?: string } = {},
  ) => {
    const { headers = FROM_PORTAL, body, search = '', id = '0b2f9c1e-8f2d-4a6b-9a3e-2f1d3c4b5a69' } = init;
    const full = {
      host: 'clips.example',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    };
    const request = new Request(`http://clips.example/things/x${search}`, {
      method,
      headers: full,
      ...(body === undefined ? {} : { body, duplex: 'half' }),
    } as RequestInit);
    const response = await resource[method](request, { params: Promise.resolve({ id }) });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: text ? JSON.parse(text) : null };
  };
  return { ask, handle, log: () => lines.join('') };
}

const JSON_BODY = JSON.stringify({ name: 'a' });

describe('the order of decisions', () => {
  it('is who, then whether, then what', async () => {
    const bad = { body: '{', search: '?z=1', id: 'no uuid' };
    expect((await things(null).ask('PUT', bad)).status).toBe(401);
    expect((await things(SCOUT).ask('PUT', bad)).status).toBe(403);
    expect((await things(COACH).ask('PUT', bad)).status).toBe(400);
    expect((await things(COACH).ask('PUT', { body: JSON_BODY })).status).toBe(200);
  });

  it.each([null, SCOUT])('never reads the body of a caller who may not send it', async (user) => {
    const pull = vi.fn();
    const body = new ReadableStream({ pull }, { highWaterMark: 0 });
    const { ask, handle } = things(user);
    expect([401, 403]).toContain((await ask('PUT', { body })).status);
    expect(pull).not.toHaveBeenCalled();
    expect(handle).not.toHaveBeenCalled();
  });

  it('says how to sign in', async () => {
    expect((await things(null).ask('GET')).headers.get('www-authenticate')).toMatch(/^Bearer /);
  });

  it('refuses a method that is not there with what is', async () => {
    for (const user of [null, SCOUT, COACH]) {
      const { status, headers, json } = await things(user).ask('POST', { body: '{' });
      expect([status, headers.get('allow'), json.code]).toEqual([
        405,
        'GET, HEAD, PUT, DELETE, OPTIONS',
        'method_not_allowed',
      ]);
    }
  });
});

describe('OPTIONS', () => {
  const answered = { operation: null, auth: 'clips.write', answers: { 204: null } } as const;
  const handle = async () => ({ status: 204 as const });
  const body = z.strictObject({ name: z.string() });
  // Whoever asks what there is asks nothing of the application.
  const { defineResource, defineRoute } = createRouting<object>(
    () => Promise.reject(new Error('nobody is at home')),
    createLogger('silent', 'test'),
  );
  const route = defineRoute({ ...answered, handle });
  const patch = defineRoute({ ...answered, body, handle });

  it.each<[string, Partial<Record<Method, typeof route>>, string | null]>([
    ['GET, HEAD, OPTIONS', { GET: route }, null],
    ['POST, OPTIONS', { POST: route }, null],
    ['GET, HEAD, PATCH, DELETE, OPTIONS', { DELETE: route, PATCH: patch, GET: route }, 'application/json'],
    ['PUT, OPTIONS', { PUT: patch }, null],
  ])('answers %s where that is declared, and 405 says the same', async (allow, methods, acceptPatch) => {
    const resource = defineResource(methods);
    const ask = (method: Method | 'OPTIONS') =>
      resource[method](new Request('http://clips.example/x', { method }), { params: Promise.resolve({}) });
    const answer = await ask('OPTIONS');
    expect([answer.status, answer.headers.get('allow'), await answer.text()]).toEqual([204, allow, '']);
    expect(answer.headers.get('accept-patch')).toBe(acceptPatch);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('of what is not there is declared as that', async () => {
    const nothing = defineResource({ OPTIONS: route });
    expect((await nothing.OPTIONS(new Request('http://x/'), { params: Promise.resolve({}) })).status).not.toBe(204);
  });
});

describe('a resource that is open to pages of other origins', () => {
  const resource = (isOpenToPages?: true) => {
    const logger = createLogger('silent', 'test');
    const host = { deps: {}, logger, origin: PORTAL, authenticate: async () => null, rateLimit: unlimited(logger) };
    const { defineResource, defineRoute } = createRouting(async () => host);
    const spec = { operation: null, auth: 'public', answers: { 200: { media: ['text/vtt'] } } } as const;
    const query = z.strictObject({});
    const handle = async () => ({ status: 200 as const, text: 'WEBVTT' });
    return defineResource({
      GET: defineRoute({ ...spec, query, handle, ...(isOpenToPages ? { isOpenToPages } : {}) }),
    });
  };
  const openness = async (answer: Promise<Response>) => {
    const { status, headers } = await answer;
    const named = ['access-control-allow-origin', 'access-control-allow-credentials'].map((name) => headers.get(name));
    return [status, ...named];
  };
  const context = { params: Promise.resolve({}) };
  const from = (search = '') => new Request(`http://x/${search}`, { headers: { origin: 'https://club.example' } });

  it('may be read by them, without credentials, refusals and preflights too', async () => {
    const open = resource(true);
    expect(await openness(open.GET(from(), context))).toEqual([200, '*', null]);
    expect(await openness(open.GET(from('?z=1'), context))).toEqual([400, '*', null]);
    expect(await openness(open.OPTIONS(from(), context))).toEqual([204, '*', null]);
    expect((await open.OPTIONS(from(), context)).headers.get('access-control-allow-methods')).toBe('GET, HEAD');
  });

  it('is one that says so, and no other', async () => {
    const shut = resource();
    expect(await openness(shut.GET(from(), context))).toEqual([200, null, null]);
    expect(await openness(shut.OPTIONS(from(), context))).toEqual([204, null, null]);
  });
});

it('HEAD of a stream begins none', async () => {
  const logger = createLogger('silent', 'test');
  const host = { deps: {}, logger, origin: PORTAL, authenticate: async () => COACH, rateLimit: unlimited(logger) };
  const { defineResource, defineRoute } = createRouting(async () => host);
  const cancel = vi.fn();
  const answers = { 200: { events: z.object({}) } };
  const handle = async () => ({ status: 200 as const, stream: new ReadableStream<Uint8Array>({ cancel }) });
  const { GET } = defineResource({ GET: defineRoute({ operation: null, auth: 'clips.read', answers, handle }) });
  const answer = await GET(new Request('http://x/', { method: 'HEAD' }), { params: Promise.resolve({}) });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
  expect(answer.body).toBeNull();
  expect(cancel).toHaveBeenCalledTimes(1);
});

describe('an answer', () => {
  it('has only what its schema promises, and is nobody else’s', async () => {
    const { json, headers } = await things(COACH).ask('GET');
    expect(json).toEqual({ name: 'a' });
    expect(headers.get('cache-control')).toBe('private, no-store');
    expect(headers.get('content-type')).toBe('application/json');
  });

  it('of 204 is empty', async () => {
    expect(await things(COACH).ask('DELETE')).toMatchObject({ status: 204, text: '' });
  });

  it('of a status that was never declared is a 500', async () => {
    const { defineResource, defineRoute } = createRouting(async () => ({
      deps: {},
      logger: createLogger('silent', 'test'),
      origin: PORTAL,
      authenticate: async () => null,
      rateLimit: unlimited(createLogger('silent', 'test')),
    }));
    const handle = async () => ({ status: 299 }) as unknown as { status: 204 };
    const { GET } = defineResource({
      GET: defineRoute({ operation: null, auth: 'public', answers: { 204: null }, handle }),
    });
    expect((await GET(new Request('http://clips.example/x'), { params: Promise.resolve({}) })).status).toBe(500);
  });

  it('that breaks its schema is a 500, not a wrong answer', async () => {
    const { status, text } = await things(COACH, async () => ({ name: 7, secret: 'x' })).ask('GET');
    expect(status).toBe(500);
    expect(text).not.toContain('secret');
  });
});

describe('an answer with an ETag', () => {
  const tagged = (name: () => string, mayBeKept = false) => {
    const { defineResource, defineRoute } = createRouting(async () => ({
      deps: {},
      logger: createLogger('silent', 'test'),
      origin: PORTAL,
      authenticate: async () => COACH,
      rateLimit: unlimited(createLogger('silent', 'test')),
    }));
    const answers = { 200: z.object({ name: z.string() }) };
    const etag = (json: { name: string }) => json.name;
    const handle = async () => ({ status: 200 as const, json: { name: name() } });
    const spec = { operation: null, auth: 'clips.read', answers, etag, handle } as const;
    const get = mayBeKept ? defineRoute({ ...spec, mayBeKept: true }) : defineRoute(spec);
    const resource = defineResource({ GET: get, PATCH: defineRoute(spec) });
    return (method: 'GET' | 'HEAD' | 'PATCH', headers: Record<string, string> = {}) =>
      // Next takes the GET of a resource for its HEAD.
      resource[method === 'HEAD' ? 'GET' : method](new Request('http://clips.example/x', { method, headers }), {
        params: Promise.resolve({}),
      });
  };

  it('may be kept by browsers where nothing in it is secret, and only there', async () => {
    const { headers, status } = await tagged(() => 'v1', true)('GET');
    expect([status, headers.get('cache-control')]).toEqual([200, 'private, no-cache']);
  });

  it('holds for a program that kept it, which asks and gets 304; no cache keeps it', async () => {
    let name = 'v1';
    const ask = tagged(() => name);
    const first = await ask('GET');
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"v1-[0-9a-f]{20}"$/);
    expect([first.headers.get('cache-control'), first.headers.get('content-type')]).toEqual([
      'private, no-store',
      'application/json',
    ]);
    const others = `"a,b", W/"c,d",${etag}`;
    for (const held of [etag, `W/${etag}`, `"other", ${etag}`, '*', others, `"", ${etag} ,"x"`]) {
      for (const method of ['GET', 'HEAD'] as const) {
        const again = await ask(method, { 'if-none-match': held });
        expect([again.status, again.headers.get('etag'), await again.text()], held).toEqual([304, etag, '']);
      }
    }
    // The tag within another one is not the tag.
    const within = `"x,${etag.slice(1, -1)},y"`;
    for (const held of ['"v1"', '"v1-00000000000000000000"', 'no tag', within, etag.slice(1, -1), `*, ${etag}`]) {
      expect((await ask('GET', { 'if-none-match': held })).status).toBe(200);
    }
    name = 'v2';
    expect((await ask('GET', { 'if-none-match': etag })).status).toBe(200);
    name = 'v1';
    expect((await ask('PATCH', { 'if-none-match': etag, origin: PORTAL })).status).toBe(200);
  });
});

describe('a body that is not taken', () => {
  const sent = async (method: 'PUT' | 'PATCH' | 'POST', headers: Record<string, string>) => {
    const logger = createLogger('silent', 'test');
    const host = { deps: {}, logger, origin: PORTAL, authenticate: async () => COACH, rateLimit: unlimited(logger) };
    const { defineResource, defineRoute } = createRouting(async () => host);
    const body = z.strictObject({});
    const handle = async () => ({ status: 204 as const });
    const spec = defineRoute({ operation: null, auth: 'clips.write', body, answers: { 204: null }, handle });
    const resource = defineResource({ PUT: spec, PATCH: spec, POST: spec });
    const init = { method, body: '{}', headers: { ...FROM_PORTAL, ...headers } };
    return resource[method](new Request(PORTAL, init), { params: Promise.resolve({}) });
  };

  it.each([
    ['POST', 'accept', 'accept-patch'],
    ['PUT', 'accept', 'accept-patch'],
    ['PATCH', 'accept-patch', 'accept'],
  ] as const)('by %s is told what is, in %s', async (method, header, other) => {
    const { status, headers } = await sent(method, { 'content-type': 'text/plain' });
    expect([status, headers.get(header), headers.get(other)]).toEqual([415, 'application/json', null]);
  });

  it('because it is compressed is told so', async () => {
    const type = { 'content-type': 'application/json' };
    const { status, headers } = await sent('POST', { ...type, 'content-encoding': 'gzip' });
    expect([status, headers.get('accept-encoding')]).toEqual([415, 'identity']);
    expect((await sent('POST', { ...type, 'content-encoding': 'identity' })).status).toBe(204);
  });
});

describe('problem documents', () => {
  it.each([
    [401, () => things(null).ask('GET')],
    [403, () => things(SCOUT).ask('DELETE')],
    [400, () => things(COACH).ask('GET', { search: '?z=1' })],
    [405, () => things(COACH).ask('PATCH')],
    [409, () => things(COACH, () => Promise.reject(conflict('taken', 'It is taken.'))).ask('GET')],
    [415, () => things(COACH).ask('PUT', { body: '{}', headers: { ...FROM_PORTAL, 'content-type': 'text/plain' } })],
    [500, () => things(COACH, () => Promise.reject(new Error('x'))).ask('GET')],
    [503, () => things(COACH, () => Promise.reject(new StoreError('unavailable', 'x'))).ask('GET')],
    [507, () => things(COACH, () => Promise.reject(new StoreError('out_of_space', 'x'))).ask('GET')],
  ])('of %i have the shape of RFC 9457', async (status, answer) => {
    const { headers, json, status: given } = await answer();
    expect(given).toBe(status);
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(headers.get('cache-control')).toBe('private, no-store');
    const problem = problemSchema.strict().parse(json);
    expect(problem).toMatchObject({ status, instance: '/things/x', request_id: headers.get('x-request-id') });
    expect(problem.type).toBe(`urn:heartbeat:problem:${problem.code}`);
  });

  it('of our own faults hide what happened, which is logged once', async () => {
    const fault = new Error('relation "media.salaries" at postgresql://root:hunter2@db does not exist');
    const { ask, log } = things(COACH, () => Promise.reject(fault));
    const { status, text, json } = await ask('GET');
    expect(status).toBe(500);
    expect(text).not.toMatch(/salaries|hunter2|define-resource/);
    expect(log().trim().split('\n')).toHaveLength(1);
    expect(JSON.parse(log())).toMatchObject({ level: 'error', request_id: json.request_id, status: 500 });
    expect(log()).toContain('media.salaries');
    expect(log()).not.toContain('hunter2');
  });

  it.each(['P1001', 'P1017', 'ECONNREFUSED', '57P01'])('say that a fault %s may pass', async (code) => {
    const fault = Object.assign(new Error('10.0.0.7:5432 refused'), { code });
    const { status, headers, text } = await things(COACH, () => Promise.reject(fault)).ask('GET');
    expect([status, headers.get('retry-after')]).toEqual([503, '5']);
    expect(text).not.toContain('10.0.0.7');
  });

  it.each([null, undefined, 'text', 7, {}])('are made of a thrown %j too', async (thrown) => {
    expect((await things(COACH, () => Promise.reject(thrown)).ask('GET')).status).toBe(500);
  });
});

describe('a change by a session', () => {
  const DELETE = (headers: Record<string, string>, user = COACH) => things(user).ask('DELETE', { headers });

  it.each<Record<string, string>>([
    {},
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'https://clips.example.evil.example' },
    { origin: 'https://clips.example:8443' },
    { origin: 'http://clips.example' },
    { origin: 'https://evil.example', host: 'evil.example' },
    { referer: 'https://clips.example/clips' },
    { origin: PORTAL, 'sec-fetch-site': 'cross-site' },
    { origin: PORTAL, 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
  ])('that does not come from a page of the portal is refused: %j', async (headers) => {
    expect(await DELETE(headers)).toMatchObject({ status: 403, json: { code: 'foreign_origin' } });
  });

  it('comes from the portal by its own origin, or by what the browser says', async () => {
    expect((await DELETE({ origin: PORTAL })).status).toBe(204);
    expect((await DELETE({ 'sec-fetch-site': 'same-origin' })).status).toBe(204);
  });

  it('is no matter to an API key, or to reading', async () => {
    const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    expect((await DELETE(foreign, { ...COACH, apiKeyId: 'k' })).status).toBe(204);
    expect((await DELETE({}, { ...COACH, apiKeyId: 'k' })).status).toBe(204);
    expect((await things(COACH).ask('GET', { headers: foreign })).status).toBe(200);
  });
});

describe('X-Request-Id', () => {
  it('comes back when it is a plain one', async () => {
    expect(
      (await things(COACH).ask('GET', { headers: { 'x-request-id': 'trace-0123_AB' } })).headers.get('x-request-id'),
    ).toBe('trace-0123_AB');
  });

  it.each(['short', 'x'.repeat(65), 'has space', '<script>', 'a"b12345678', '../../etc'])(
    'is a new one instead of %j',
    async (given) => {
      const { headers } = await things(COACH).ask('GET', { headers: { 'x-request-id': given } });
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    },
  );
});

describe('a portal that cannot start', () => {
  it('answers 503 with a problem document', async () => {
    const down = Object.assign(new Error('connect ECONNREFUSED postgresql://root:hunter2@db'), {
      code: 'ECONNREFUSED',
    });
    const { defineResource, defineRoute } = createRouting<object>(
      () => Promise.reject(down),
      createLogger('silent', 'test'),
    );
    const { GET } = defineResource({
      GET: defineRoute({
        operation: null,
        auth: 'public',
        answers: { 204: null },
        handle: async () => ({ status: 204 }),
      }),
    });
    const response = await GET(new Request('http://clips.example/x'), { params: Promise.resolve({}) });
    expect(response.status).toBe(503);
    const text = await response.text();
    expect(problemSchema.parse(JSON.parse(text)).code).toBe('unavailable');
    expect(text).not.toContain('hunter2');
  });
});
