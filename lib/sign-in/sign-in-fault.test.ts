import { describe, expect, it } from 'vitest';
import { secondsToWait, throttled, withRefusalStatus } from './sign-in-fault.ts';

const refused = (error: string, init: ResponseInit = { status: 401 }) =>
  Response.json({ url: `http://portal.example/api/auth/error?error=${encodeURIComponent(error)}` }, init);

describe('a refused sign-in', () => {
  it('that came too often is a 429 with the time to wait', async () => {
    const answer = await withRefusalStatus(refused(throttled(42).message));
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '42']);
    expect(await answer.json()).toMatchObject({ url: expect.stringContaining('TooManyAttempts.42') });
  });

  it('that could not be judged is a 503', async () => {
    expect((await withRefusalStatus(refused('Unavailable'))).status).toBe(503);
  });

  it.each([
    refused('CredentialsSignin'),
    refused('TooManyAttempts.x'),
    refused('TooManyAttempts.9', { status: 200 }),
    new Response('x', { status: 401 }),
    Response.json({}, { status: 401 }),
  ])('else stays as it is', async (response) => {
    expect(await withRefusalStatus(response)).toBe(response);
  });

  it('names no time that nobody wrote', () => {
    for (const error of ['', 'TooManyAttempts', 'TooManyAttempts.-1', 'TooManyAttempts.1e9', 'Other.5'])
      expect(secondsToWait(error)).toBeNull();
  });
});
