import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLogger } from '#lib/logger.ts';
import { type PortalFixture, portalFixture } from '#lib/runtime/portal-fixture.ts';
import { problemResponse } from './problem.ts';

let portal: PortalFixture;
beforeAll(async () => {
  portal = await portalFixture();
});
afterAll(() => portal.close());

const answerTo = (error: unknown) =>
  problemResponse(error, new Request('http://localhost/x'), 'request-1', createLogger('silent', 'test'));

it('a query of the web ends after 3.5 s; the worker’s may take longer', async () => {
  expect(await portal.deps.db.$queryRaw`SHOW statement_timeout`).toEqual([{ statement_timeout: '3500ms' }]);
  expect(await portal.db.$queryRaw`SHOW statement_timeout`).toEqual([{ statement_timeout: '0' }]);
});

it.each(['raw', 'model'])('a %s query that is broken off is 503, and may be tried again', async (kind) => {
  const held = Promise.withResolvers<void>();
  const done = Promise.withResolvers<void>();
  const slow = portal.deps.db.$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL statement_timeout = 50`;
    if (kind === 'raw') return tx.$queryRaw`SELECT pg_sleep(10)::text`;
    // A lock that somebody else holds keeps a statement waiting as well.
    await held.promise;
    return tx.user.updateMany({ data: { name: 'x' } });
  });
  const locked =
    kind === 'raw'
      ? undefined
      : portal.db.$transaction(async (tx) => {
          await tx.$executeRaw`LOCK TABLE media.users IN ACCESS EXCLUSIVE MODE`;
          held.resolve();
          await done.promise;
        });
  const error = await slow.catch((thrown: unknown) => thrown);
  done.resolve();
  await locked;
  const response = answerTo(error);
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
  expect(await response.json()).toMatchObject({ code: 'query_timeout' });
});
