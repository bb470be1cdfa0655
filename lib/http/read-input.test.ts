import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { facetsQuerySchema, listClipsQuerySchema } from '#lib/clips/clip-filter-schemas.ts';
import type { AppError, FieldFault } from '#lib/errors.ts';
import { readBody, readQuery, refuseInheritedNames, refuseNulBody, refuseNulUrl } from './read-input.ts';

const LIMIT_BYTES = 1024 * 1024;
const bodySchema = z.strictObject({ name: z.string(), tags: z.array(z.string()).optional() });

const faultOf = async (
  read: () => unknown,
): Promise<{ status: number; code: string; errors?: FieldFault[] | undefined }> => {
  try {
    await read();
  } catch (error) {
    const { status, code, errors } = error as AppError;
    return { status, code, errors };
  }
  throw new Error('This was expected to be refused.');
};
const query = (search: string) => readQuery(listClipsQuerySchema, new URL(`http://localhost/clips${search}`));
const queryFault = (search: string) => faultOf(() => query(search));

const post = (body: BodyInit, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
  new Request('http://localhost/', { method: 'POST', body, headers, ...({ duplex: 'half' } as object) });
const bodyFault = (request: Request) => faultOf(() => readBody(bodySchema, request));

describe('a query string', () => {
  it('is parsed, with the defaults of the contract', () => {
    expect(query('?limit=500&team_code=mtl&period=2')).toEqual({
      limit: 500,
      deleted: 'false',
      offset: 0,
      sort: '-created_at',
      team_code: ['MTL'],
      period: [2],
      include: ['assets', 'tags'],
    });
    const whole = { limit: 100, offset: 0, sort: '-created_at', include: ['assets', 'tags'], deleted: 'false' };
    expect(query('')).toEqual(whole);
  });

  it('takes a filter several times, and then means any of its values', () => {
    const { team_code, period, tag } = query('?team_code=mtl&team_code=TOR&team_code=MTL&period=1&period=3&tag=a,b');
    expect({ team_code, period, tag }).toEqual({ team_code: ['MTL', 'TOR'], period: [1, 3], tag: ['a,b'] });
  });

  it('names the parts that a list carries', () => {
    expect(query('?include=tags').include).toEqual(['tags']);
    expect(query('?include=').include).toEqual([]);
    expect(query('?include=tags,assets').include).toEqual(['tags', 'assets']);
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=501', 'limit'],
    ['limit=abc', 'limit'],
    ['limit=1e2', 'limit'],
    ['limit=', 'limit'],
    ['limit=10&limit=20', 'limit'],
    ['offset=-1', 'offset'],
    ['offset=1.5', 'offset'],
    ['offset=99999999999', 'offset'],
    ['offset=1&cursor=x', 'offset'],
    ['player=7', 'player'],
    ['team_code[$ne]=MTL', 'team_code[$ne]'],
    ['team_code[]=MTL', 'team_code[]'],
    ['filter[team][code]=MTL', 'filter[team][code]'],
    ['team_code=MTL&team_code=T', 'team_code'],
    ['sort=created_at&sort=created_at', 'sort'],
    ['date_from=2025-10-12&date_from=2025-10-12', 'date_from'],
    ['include=assets,secrets', 'include'],
    ['offset=10001', 'offset'],
    [`${'&tag=x'.repeat(51).slice(1)}`, 'tag'],
    ['team_code=M%00', 'team_code'],
    ['team_code=%C5%BFt', 'team_code'],
    ['season=2025-2027', 'season'],
    ['game_id=..%2F..%2Fetc', 'game_id'],
    ['period=0', 'period'],
    ['status=deleted', 'status'],
    ['date_from=2025-02-30', 'date_from'],
    ['date_from=2025-10-12&date_to=2025-10-11', 'date_to'],
    ['q=a%00b', 'q'],
    ['q=%E2%80%AEx', 'q'],
    [`q=${'x'.repeat(4096)}`, 'q'],
    ['master_id=1', 'master_id'],
    ['sort=id;DROP TABLE clips', 'sort'],
    ['__proto__=x', '__proto__'],
    ['constructor=x', 'constructor'],
    ['__proto__[admin]=1', '__proto__[admin]'],
  ])('%j is refused at %s', async (search, path) => {
    const fault = await queryFault(`?${search}`);
    expect(fault).toMatchObject({ status: 400, code: 'invalid_request' });
    expect(fault.errors?.map((error) => error.path)).toContain(path);
  });

  it('names every fault at once, and no more of a long name than a person reads', async () => {
    const fault = await queryFault(`?limit=0&period=x&${'y'.repeat(5000)}=1`);
    expect(fault.errors).toHaveLength(3);
    expect(JSON.stringify(fault).length).toBeLessThan(1000);
  });

  it('of facets and statistics takes no paging', async () => {
    const read = () => readQuery(facetsQuerySchema, new URL('http://localhost/?limit=1'));
    expect(await faultOf(read)).toMatchObject({ status: 400, errors: [{ path: 'limit' }] });
  });
});

describe('what no route takes', () => {
  const refuse = (path: string) => {
    const url = new URL(path, 'http://localhost');
    refuseInheritedNames(url.searchParams);
    refuseNulUrl(url);
  };
  const fault = (path: string) => faultOf(() => refuse(path));

  it.each([
    ['?__proto__=1', '__proto__'],
    ['?x=1&constructor=', 'constructor'],
    ['?toString', 'toString'],
    ['?hasOwnProperty=1', 'hasOwnProperty'],
    ['?token=a%00b', 'token'],
    ['?a%00b=1', 'a\ufffdb'],
    ['a%00b', ''],
    ['%00?x=1', ''],
  ])('%j is refused at %j', async (path, named) => {
    const { status, code, errors } = await fault(`/api/v2/${path}`);
    expect([status, code, errors?.map((error) => error.path)]).toEqual([400, 'invalid_request', [named]]);
  });

  it('is nothing else', () => {
    for (const path of ['/', '/a%2500', '?x=%2500&y=&prototype=1&proto=1', '?token=__proto__']) {
      expect(() => refuse(path)).not.toThrow();
    }
  });

  it('is NUL in a form, whoever parses it', async () => {
    for (const body of ['email=a%00b&password=x', 'a\0=1', '{"email":"\\u0000"}']) {
      expect(await faultOf(() => refuseNulBody(post(body)))).toMatchObject({ status: 400, code: 'invalid_request' });
    }
    const sound = post('email=a%40b.c&password=%2500');
    await refuseNulBody(sound);
    expect(await sound.text()).toBe('email=a%40b.c&password=%2500');
  });
});

describe('a body', () => {
  it.each(['application/json', 'application/json; charset=utf-8', 'application/merge-patch+json', 'Application/JSON'])(
    'of type %s is read',
    async (type) => {
      expect(await readBody(bodySchema, post('{"name":"é"}', { 'content-type': type }))).toEqual({ name: 'é' });
    },
  );

  it.each([
    'text/plain',
    'text/json',
    'application/x-www-form-urlencoded',
    'multipart/form-data; x=application/json',
    '',
  ])('of type %j is 415', async (type) => {
    expect(await bodyFault(post('{"name":"a"}', { 'content-type': type }))).toMatchObject({
      status: 415,
      code: 'not_json',
    });
  });

  it.each(['', '{', '{"name":"a"} x', "{'name':'a'}", 'undefined', '{"name":"a",}'])('%j is no JSON', async (body) => {
    expect(await bodyFault(post(body))).toMatchObject({ status: 400, code: 'invalid_request' });
  });

  it('that is not UTF-8 is refused, not mended', async () => {
    const bytes = Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xff, 0xc0, 0x80]), Buffer.from('"}')]);
    expect(await bodyFault(post(new Uint8Array(bytes)))).toMatchObject({ status: 400 });
  });

  it.each([
    ['null', ''],
    ['[]', ''],
    ['"text"', ''],
    ['{"name":1}', 'name'],
    ['{"name":{"$gt":""}}', 'name'],
    ['{"name":"a","tags":["b",7]}', 'tags.1'],
    ['{"name":"a","role":"admin"}', 'role'],
    ['{"name":"a","__proto__":{"role":"admin"}}', '__proto__'],
    ['{"name":"a","constructor":{}}', 'constructor'],
    ['{"name":"a\\u0000b"}', 'name'],
    ['{"name":"a","tags":["b","\\u0000"]}', 'tags.1'],
    ['{"a\\u0000b":1}', 'a\ufffdb'],
  ])('%j is refused at %j', async (body, path) => {
    const fault = await bodyFault(post(body));
    expect(fault).toMatchObject({ status: 400 });
    expect(fault.errors?.map((error) => error.path)).toEqual([path]);
    expect(({} as { role?: string }).role).toBeUndefined();
  });

  it('however deep is answered, not broken off', async () => {
    const deep = `${'['.repeat(100_000)}"\\u0000"${']'.repeat(100_000)}`;
    expect(await bodyFault(post(`{"name":${deep}}`))).toMatchObject({ status: 400 });
  });

  it('leaves to others what they judge', async () => {
    const schema = z.strictObject({ name: z.string(), items: z.array(z.unknown()) });
    const terms = { judgedLater: 'items' };
    expect(await readBody(schema, post('{"name":"a","items":["\\u0000"]}'), terms)).toEqual({
      name: 'a',
      items: ['\0'],
    });
    expect(await faultOf(() => readBody(schema, post('{"name":"\\u0000","items":[]}'), terms))).toMatchObject({
      errors: [{ path: 'name' }],
    });
  });

  it('over the limit is 413, whatever its length says', async () => {
    const honest = post('x', { 'content-type': 'application/json', 'content-length': String(LIMIT_BYTES + 1) });
    expect(await bodyFault(honest)).toMatchObject({ status: 413, code: 'body_too_large' });
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 65_536;
        controller.enqueue(new Uint8Array(65_536).fill(32));
      },
    });
    expect(await bodyFault(post(endless))).toMatchObject({ status: 413 });
    // Reading stopped at the limit; what a stream holds ready beyond it is small.
    expect(sent).toBeLessThan(LIMIT_BYTES + 4 * 65_536);
  });

  it('right at the limit is read', async () => {
    const empty = '{"name":""}'.length;
    const name = 'x'.repeat(LIMIT_BYTES - empty);
    expect(await readBody(bodySchema, post(`{"name":"${name}"}`))).toEqual({ name });
    expect(await bodyFault(post(`{"name":"${name}y"}`))).toMatchObject({ status: 413 });
  });
});
