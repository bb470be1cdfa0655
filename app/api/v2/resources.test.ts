import { glob } from 'node:fs/promises';
import path from 'node:path';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import spectralCore, { type RulesetDefinition } from '@stoplight/spectral-core';
import rulesets from '@stoplight/spectral-rulesets';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { bulkClipsSchema } from '#lib/clips/bulk-schemas.ts';
import { createClipSchema, patchClipSchema } from '#lib/clips/clip-schemas.ts';
import type { RouteHandler } from '#lib/http/define-resource.ts';
import { newUserSchema, patchUserSchema } from '#lib/users/people-schemas.ts';
import { createWebhookSchema } from '#lib/webhooks/webhook-schemas.ts';
import { apiDocument } from './api-document.ts';
import { GET } from './openapi.json/resource.ts';
import { resources } from './resources.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
const document = apiDocument({ GET }, { secureCookie: true });

const CLIP = {
  ...{ master_id: '0b2f9c1e-8f2d-4a6b-9a3e-2f1d3c4b5a69', start_timecode_s: 1, end_timecode_s: 2, team_code: 'MTL' },
  ...{ season: '2025-2026', game_id: '20031', player_id: '8', event_type: 'shot' },
};
const USER = { email: 'coach@club.example', name: 'A', role: 'coach', team_access: ['MTL', 'ALL'] };
const HOOK = { url: 'https://bot.example.com/hook', event_types: ['clip.ready'] };

interface Body {
  name: string;
  schema: { safeParse(value: unknown): { success: boolean } };
  sound: object;
  /** What is put into a sound one; `undefined` takes a field out of it. */
  refused: object[];
}
/** Bodies whose rules are more than the types of their fields. The server and the document refuse the same. */
const BODIES: Body[] = [
  {
    ...{ name: 'ClipCreate', schema: createClipSchema, sound: CLIP },
    refused: [{ source_gcs_uri: 'gs://a/b' }, { master_id: undefined }],
  },
  {
    ...{ name: 'ClipBulk', schema: bulkClipsSchema, sound: { action: 'delete', clip_ids: ['a'] } },
    refused: [
      { filter: {} },
      { clip_ids: undefined },
      { deleted_at: '2025-10-12T02:30:00.123456Z' },
      { action: 'restore', deleted_at: '2025-10-12T02:30:00.123456Z' },
      { action: 'restore', filter: {} },
    ],
  },
  { name: 'ClipPatch', schema: patchClipSchema, sound: { zone: 'oz' }, refused: [{ zone: undefined }] },
  { name: 'UserPatch', schema: patchUserSchema, sound: { name: 'A' }, refused: [{ name: undefined }] },
  {
    ...{ name: 'UserCreate', schema: newUserSchema, sound: USER },
    refused: [{ email: 'no address' }, { role: 'player' }, { player_id: '8' }, { team_access: ['MTL', 'EVERY'] }],
  },
  {
    ...{ name: 'CreateWebhook', schema: createWebhookSchema, sound: HOOK },
    refused: [{ event_types: ['clip.ready', 'clip.ready'] }, { url: 'ftp://bot.example.com/' }, { url: 'bot' }],
  },
];

interface DocumentedBody {
  requestBody: { content: Record<string, { examples?: Record<string, { value: unknown }> }> };
}

/** `clips/[clip_id]/resource.ts` → `/clips/{clip_id}`. */
const routePaths = async (): Promise<string[]> => {
  const paths: string[] = [];
  for await (const file of glob('**/resource.ts', { cwd: import.meta.dirname })) {
    paths.push(`/${path.dirname(file).replace(/\[(\w+)\]/g, '{$1}')}`);
  }
  return paths.sort();
};

describe('the document', () => {
  it('has every file of a resource, and nothing else', async () => {
    expect(Object.keys(document.paths ?? {}).sort()).toEqual(await routePaths());
  });

  it('has every method that a route answers', () => {
    const all: typeof resources = { ...resources, '/openapi.json': { GET } };
    for (const [template, resource] of Object.entries(all)) {
      const answered = METHODS.filter((method) => resource[method]?.spec).map((method) => method.toLowerCase());
      expect(Object.keys(document.paths?.[template] ?? {}).sort(), template).toEqual(answered.sort());
    }
  });

  it('is what OPTIONS tells of every path', async () => {
    const cwd = import.meta.dirname;
    for await (const file of glob('**/resource.ts', { cwd })) {
      const route = (await import(path.join(cwd, file))) as Record<string, RouteHandler>;
      const template = `/${path.dirname(file).replace(/\[(\w+)\]/g, '{$1}')}`;
      const told = Object.keys(document.paths?.[template] ?? {}).map((method) => method.toUpperCase());
      if (!route.OPTIONS) throw new Error(`${file} has no OPTIONS`);
      if (route.OPTIONS.spec) continue;
      const { headers } = await route.OPTIONS(new Request('http://x/'), { params: Promise.resolve({}) });
      const reads = told.includes('GET') ? ['HEAD'] : [];
      expect(headers.get('allow')?.split(', ').sort(), file).toEqual([...told, ...reads, 'OPTIONS'].sort());
    }
  });

  it('gives each operation a name of its own', () => {
    const ids = Object.values(document.paths ?? {}).flatMap((item) =>
      Object.values(item).map((operation) => (operation as { operationId: string }).operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(15);
  });

  it('shows a sound example of every body', () => {
    const bodies = Object.entries(resources).flatMap(([path, resource]) =>
      METHODS.flatMap((method) => {
        const spec = resource[method]?.spec;
        return spec?.body ? [{ path, method, body: spec.body }] : [];
      }),
    );
    expect(bodies.length).toBeGreaterThan(8);
    const paths = document.paths as Record<string, Record<string, DocumentedBody>>;
    for (const { path, method, body } of bodies) {
      const content = paths[path]?.[method.toLowerCase()]?.requestBody.content['application/json'];
      const examples = Object.values(content?.examples ?? {});
      expect(examples.length, `${method} ${path}`).toBeGreaterThan(0);
      for (const { value } of examples) expect(body.safeParse(value).error, `${method} ${path}`).toBeUndefined();
    }
  });

  it('names the session cookie as browsers get it', () => {
    const cookieOf = (secureCookie: boolean) =>
      apiDocument({ GET }, { secureCookie }).components?.securitySchemes?.session;
    expect(cookieOf(true)).toMatchObject({ in: 'cookie', name: '__Host-next-auth.session-token' });
    expect(cookieOf(false)).toMatchObject({ in: 'cookie', name: 'next-auth.session-token' });
  });

  it('says what is refused', () => {
    const ajv = new Ajv2020({ strict: false });
    addFormats.default(ajv);
    ajv.addSchema({ $id: 'api', components: JSON.parse(JSON.stringify(document.components)) });
    const takes = (name: string, value: unknown): boolean =>
      Boolean(ajv.validate({ $ref: `api#/components/schemas/${name}` }, value));
    for (const { name, schema, sound, refused } of BODIES) {
      expect([schema.safeParse(sound).success, takes(name, sound)], name).toEqual([true, true]);
      for (const change of refused) {
        const value = { ...sound, ...change };
        const sent = JSON.parse(JSON.stringify(value)) as unknown;
        expect([schema.safeParse(sent).success, takes(name, sent)], JSON.stringify(sent)).toEqual([false, false]);
      }
    }
    const include = document.paths?.['/clips']?.get?.parameters?.find(
      (parameter) => 'name' in parameter && parameter.name === 'include',
    );
    expect(include).toMatchObject({ style: 'form', explode: false, schema: { items: { enum: ['assets', 'tags'] } } });
  });

  it('passes the linter of Redocly', async () => {
    const rules = {
      // A path without a parameter is matched first (OpenAPI 3.1, "Path Templating Matching").
      'no-ambiguous-paths': 'off',
      'no-invalid-parameter-examples': 'error',
      'no-invalid-schema-examples': 'error',
      'no-schema-type-mismatch': 'error',
      'operation-description': 'error',
      'response-contains-property': 'error',
    } as const;
    const config = await createConfig({ extends: ['spec', 'recommended-strict'], rules });
    const problems = await lintFromString({ source: JSON.stringify(document), config });
    expect(problems.map(({ ruleId, location }) => [ruleId, location[0]?.pointer])).toEqual([
      // A download answers with another address; whoever looks at the health is never refused.
      ['operation-4xx-response', '#/paths/~1clips~1health/get/responses'],
      ['operation-2xx-response', '#/paths/~1clips~1{clip_id}~1download/get/responses'],
      ['operation-2xx-response', '#/paths/~1shared~1{item_id}~1download/get/responses'],
    ]);
  });

  it('passes the linter of Spectral', async () => {
    const spectral = new spectralCore.Spectral();
    spectral.setRuleset({ extends: [rulesets.oas as RulesetDefinition] });
    const problems = await spectral.run(JSON.parse(JSON.stringify(document)));
    expect(problems.map(({ code, path, message }) => [code, path.join('/'), message])).toEqual([]);
  });
});
