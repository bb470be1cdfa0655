import { afterEach, describe, expect, it, vi } from 'vitest';
import { type ApiError, apiFetch, isApiError } from './api-fetch.ts';

const answerWith = (body: string, init: ResponseInit) => {
  const fetcher = vi.fn<typeof fetch>(async () => new Response(body === '' ? null : body, init));
  vi.stubGlobal('fetch', fetcher);
  return fetcher;
};

const failure = async (call: Promise<unknown>): Promise<ApiError> => {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!isApiError(error)) throw new Error(`expected an ApiError, got ${String(error)}`);
  return error;
};

describe('apiFetch', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('sends JSON below the API and gives back the answer', async () => {
    const fetcher = answerWith('{"clip_id":"c1"}', { status: 201 });
    await expect(apiFetch('/clips', { method: 'POST', body: { period: 1 } })).resolves.toEqual({ clip_id: 'c1' });
    const [url, init] = fetcher.mock.calls[0] ?? [];
    expect(url).toBe('/api/v2/clips');
    expect(init).toMatchObject({ method: 'POST', body: '{"period":1}' });
    expect(new Headers(init?.headers).get('content-type')).toBe('application/json');
  });

  it('gives undefined for an empty answer', async () => {
    answerWith('', { status: 204 });
    await expect(apiFetch('/clips/c1', { method: 'DELETE' })).resolves.toBeUndefined();
  });

  it('carries the problem document', async () => {
    const problem = {
      title: 'Bad Request',
      status: 400,
      detail: 'The request has bad fields.',
      code: 'invalid_request',
      request_id: 'r-1',
      errors: [{ path: 'period', message: 'This is not a whole number.' }],
    };
    answerWith(JSON.stringify(problem), { status: 400 });
    const error = await failure(apiFetch('/clips?period=x'));
    expect(error.status).toBe(400);
    expect(error.message).toBe('The request has bad fields.');
    expect(error.problem).toEqual(problem);
  });

  it('makes a problem of an answer that is none, a proxy page say', async () => {
    answerWith('<h1>Bad gateway</h1>', { status: 502, statusText: 'Bad Gateway', headers: { 'x-request-id': 'r-2' } });
    const error = await failure(apiFetch('/clips'));
    expect(error.problem).toMatchObject({
      status: 502,
      title: 'Bad Gateway',
      code: 'unexpected_answer',
      request_id: 'r-2',
    });
  });

  it('does not take a page for JSON when the status says that all is well', async () => {
    answerWith('<h1>Captive portal</h1>', { status: 200 });
    expect((await failure(apiFetch('/clips'))).problem.code).toBe('unexpected_answer');
  });

  it('says that no answer came', async () => {
    vi.stubGlobal('fetch', async () => {
      throw new TypeError('Failed to fetch');
    });
    const error = await failure(apiFetch('/clips'));
    expect(error.problem).toMatchObject({ status: 0, code: 'network' });
  });

  it('lets an abort pass as an abort', async () => {
    const controller = new AbortController();
    vi.stubGlobal('fetch', async () => {
      controller.abort();
      throw controller.signal.reason;
    });
    await expect(apiFetch('/clips', { signal: controller.signal })).rejects.toMatchObject({ name: 'AbortError' });
  });
});
