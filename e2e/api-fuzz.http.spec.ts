import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { accountOf } from './support/accounts.ts';
import { type Answer, apiOf } from './support/api.ts';
import { type ApiDocument, type ApiOperation, apiDocument, documentedOperations } from './support/api-document.ts';
import { seedClipRows, sql } from './support/database.ts';
import { expect, test } from './support/portal-test.ts';
import { responseCheckOf } from './support/response-check.ts';
import { hostileValue, valueBy } from './support/schema-arbitrary.ts';

/**
 * Requests of each operation, the same ones every time, so that a red run is about the change and can be had again.
 * `FUZZ_RUNS=2000 FUZZ_SEED=7 npm test -- browser` looks harder, and elsewhere.
 */
const RUNS = Number(process.env.FUZZ_RUNS ?? 40);
const SEED = Number(process.env.FUZZ_SEED ?? 1);
const SEASON = '2012-2013';
const CLIP = `fuzz-${randomUUID().slice(0, 8)}`;

interface FuzzRequest {
  path: string;
  body: string | undefined;
  headers: Record<string, string>;
}

const KNOWN = {
  season: [SEASON],
  team_code: ['MTL', 'mtl', 'CHI'],
  clip_id: [CLIP],
  tag: ['fuzzed'],
  filename: ['fuzz.mp4'],
  start_timecode_s: [0],
  end_timecode_s: [1],
};

/** Node refuses 16 KiB of request line and headers by itself, before any of our code: requests stay below. */
const MAX_PATH = 12_000;
const MAX_HEADER = 1000;

const asText = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

/** Requests of one operation: parameters and bodies by their schemas, and now and then by none. */
function requestsOf(document: ApiDocument, operation: ApiOperation): fc.Arbitrary<FuzzRequest> {
  const parameters = operation.parameters ?? [];
  const fieldOf = (name: string, schema: Parameters<typeof valueBy>[1]) => {
    const known = (KNOWN as Record<string, unknown[]>)[name];
    const value = valueBy(document, schema, KNOWN);
    return known ? fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...known) }, value) : value;
  };
  const partOf = (place: 'path' | 'query' | 'header', requiredKeys?: []) => {
    const fields = parameters.filter((parameter) => parameter.in === place);
    const model = Object.fromEntries(fields.map(({ name, schema }) => [name, fieldOf(name, schema)]));
    return requiredKeys ? fc.record(model, { requiredKeys }) : fc.record(model);
  };
  const schema = operation.requestBody?.content['application/json']?.schema;
  const body = schema
    ? fc.oneof(
        { weight: 12, arbitrary: valueBy(document, schema, KNOWN).map((value) => JSON.stringify(value)) },
        fc.constantFrom('', '{', 'null', '[]', '"x"', '{"a":1,"a":2}', '\uFEFF{}', `${'['.repeat(50_000)}`, 'NaN'),
      )
    : fc.constant(undefined);
  const strange = fc.dictionary(fc.constantFrom('x', '__proto__', 'limit', 'q', 'sort[$ne]'), hostileValue, {
    maxKeys: 1,
  });
  return fc
    .tuple(partOf('path'), partOf('query', []), partOf('header', []), strange, body, fc.nat(9))
    .map(([path, query, headers, more, text, dice]) => {
      const search = new URLSearchParams();
      for (const [name, value] of Object.entries({ ...query, ...(dice === 0 ? more : {}) })) {
        const isJoined = parameters.find((parameter) => parameter.name === name)?.explode === false;
        const values = Array.isArray(value) ? value.map(asText) : [asText(value)];
        for (const one of isJoined ? [values.join(',')] : values) search.append(name, one);
      }
      const filled = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
        // Nothing, and dot segments, make another path of it before it is sent.
        encodeURIComponent(
          asText(path[name])
            .toWellFormed()
            .replace(/^\.{0,2}$/, '-'),
        ),
      );
      const plain = Object.entries(headers).map(([name, value]) => [
        name,
        asText(value)
          .slice(0, MAX_HEADER)
          .replace(/[^\x20-\x7e]/g, '?'),
      ]);
      return { path: search.size > 0 ? `${filled}?${search}` : filled, body: text, headers: Object.fromEntries(plain) };
    })
    .filter(({ path }) => path.length < MAX_PATH);
}

test.beforeAll(async () => {
  await seedClipRows([{ clip_id: CLIP, season: SEASON, team_code: 'MTL', player_id: '1', event_type: 'shot' }]);
});
test.afterAll(async () => {
  await sql('DELETE FROM media.clips WHERE season = $1', [SEASON]);
  await sql('DELETE FROM media.masters WHERE season = $1', [SEASON]);
});

test('generated requests of every operation: never a 5xx, always what the document promises', async () => {
  test.setTimeout(RUNS * 15_000);
  const document = await apiDocument();
  const differs = responseCheckOf(document);
  const api = apiOf(accountOf('admin', 'MTL'));
  const counts: Record<string, number> = {};

  const judge = (operation: ApiOperation, request: FuzzRequest, answer: Answer): void => {
    counts[answer.status] = (counts[answer.status] ?? 0) + 1;
    const what = `${operation.method} ${request.path.slice(0, 300)} ${request.body?.slice(0, 500) ?? ''}`;
    // A dot segment is another path before it is sent, and a path of its own to the server.
    const elsewhere = answer.status === 404 || answer.status === 405;
    expect(answer.status, `${what}: ${answer.text.slice(0, 300)}`).toBeLessThan(500);
    if (!elsewhere || answer.headers.get('content-type')?.includes('json')) {
      expect(differs(operation, answer), what).toBeNull();
    }
  };

  for (const operation of await documentedOperations(document)) {
    await fc.assert(
      fc.asyncProperty(requestsOf(document, operation), async ({ path, body, headers }) => {
        const sent = body === undefined ? {} : { rawBody: body };
        judge(operation, { path, body, headers }, await api.call(operation.method, path, { ...sent, headers }));
      }),
      { numRuns: RUNS, seed: SEED, endOnFailure: process.env.FUZZ_RUNS !== undefined },
    );
  }
  test.info().annotations.push({ type: 'answers by status', description: JSON.stringify(counts) });
  expect(Object.keys(counts).length, JSON.stringify(counts)).toBeGreaterThan(3);
});
