import { describe, expect, it } from 'vitest';
import type { Resource } from './define-resource.ts';
import { serveResources } from './resource-server.ts';

/** A resource that answers with its own name and what it was given. */
const named = (name: string): Resource => {
  const answer = async (_request: Request, { params }: { params: Promise<unknown> }) =>
    Response.json([name, await params]);
  const handler = Object.assign(answer, { spec: undefined });
  return { GET: handler, POST: handler, PUT: handler, PATCH: handler, DELETE: handler, OPTIONS: handler };
};

const serve = serveResources(
  '/api/v2',
  {
    '/clips': named('clips'),
    '/clips/facets': named('facets'),
    '/clips/{clip_id}': named('clip'),
    '/clips/{clip_id}/{file}': named('file'),
    '/openapi.json': named('document'),
  },
  named('nowhere'),
);
const ask = async (path: string, method = 'GET') =>
  (await serve(new Request(`http://portal/api/v2${path}`, { method }))).json();

describe('a path', () => {
  it.each([
    ['/clips', ['clips', {}]],
    ['/clips/', ['clips', {}]],
    ['/clips?limit=1', ['clips', {}]],
    // A plain segment comes before a parameter.
    ['/clips/facets', ['facets', {}]],
    ['/clips/facets2', ['clip', { clip_id: 'facets2' }]],
    ['/clips/a/720.m3u8', ['file', { clip_id: 'a', file: '720.m3u8' }]],
    ['/openapi.json', ['document', {}]],
    // Each segment is decoded once, after the path was taken apart.
    ['/clips/a%2Fb', ['clip', { clip_id: 'a/b' }]],
    ['/clips/%25C3', ['clip', { clip_id: '%C3' }]],
    ['/clips/%C3%A9+x', ['clip', { clip_id: 'é+x' }]],
    ['/clips/a;b', ['clip', { clip_id: 'a;b' }]],
    ['/clips/__proto__', ['clip', { clip_id: '__proto__' }]],
    [`/clips/${'a'.repeat(8000)}`, ['clip', { clip_id: 'a'.repeat(8000) }]],
    ['', ['nowhere', {}]],
    ['/', ['nowhere', {}]],
    ['//clips', ['nowhere', {}]],
    ['/Clips', ['nowhere', {}]],
    ['/clips/a/b/c', ['nowhere', {}]],
    ['/clips/../../../signin', ['nowhere', {}]],
  ])('%s is answered by %j', async (path, answer) => {
    expect(await ask(path)).toEqual(answer);
  });

  it('is answered by method, HEAD as GET', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      expect(await ask('/clips', method)).toEqual(['clips', {}]);
    }
    expect((await serve(new Request('http://portal/api/v2/clips', { method: 'HEAD' }))).status).toBe(200);
  });
});
