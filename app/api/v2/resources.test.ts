import { glob } from 'node:fs/promises';
import path from 'node:path';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { describe, expect, it } from 'vitest';
import type { RouteHandler } from '#lib/http/define-resource.ts';
import { apiDocument } from './api-document.ts';
import { GET } from './openapi.json/route.ts';
import { resources } from './resources.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
const document = apiDocument({ GET }, { secureCookie: true });

interface DocumentedBody {
  requestBody: { content: Record<string, { examples?: Record<string, { value: unknown }> }> };
}

/** `clips/[clip_id]/route.ts` → `/clips/{clip_id}`; the catch-all is the 404 of the API and no resource. */
const routePaths = async (): Promise<string[]> => {
  const paths: string[] = [];
  for await (const file of glob('**/route.ts', { cwd: import.meta.dirname })) {
    if (!file.startsWith('[...')) paths.push(`/${path.dirname(file).replace(/\[(\w+)\]/g, '{$1}')}`);
  }
  return paths.sort();
};

describe('the document', () => {
  it('has every route file, and nothing else', async () => {
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
    for await (const file of glob('**/route.ts', { cwd })) {
      const route = (await import(path.join(cwd, file))) as Record<string, RouteHandler>;
      const template = `/${path.dirname(file).replace(/\[(\w+)\]/g, '{$1}')}`;
      const told = Object.keys(document.paths?.[template] ?? {}).map((method) => method.toUpperCase());
      if (!route.OPTIONS) throw new Error(`${file} leaves OPTIONS to Next, which tells of what answers 405 as well`);
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

  it('passes the linter', async () => {
    // An operation that takes nothing has no fault of its caller's; a download answers with another address.
    const rules = { 'operation-4xx-response': 'off', 'operation-2xx-response': 'off' } as const;
    const config = await createConfig({ extends: ['recommended-strict'], rules });
    const problems = await lintFromString({ source: JSON.stringify(document), config });
    expect(problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual([]);
  });
});
