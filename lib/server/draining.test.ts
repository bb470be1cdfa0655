import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { exchange, hearAll, parseAnswer, type ServerFixture, say, serverFixture } from './web-server-fixture.ts';

const opened: ServerFixture[] = [];
const open = async (options: Parameters<typeof serverFixture>[0] = {}) => {
  const fixture = await serverFixture(options);
  opened.push(fixture);
  return fixture;
};
afterEach(async () => {
  for (const fixture of opened.splice(0)) await fixture.close();
});

const KEPT = 'GET /clips HTTP/1.1\r\nHost: portal\r\n\r\n';
const OPTIONS = { graceMs: 0, boundMs: 10_000, onClosed: () => {} };

describe('a server that is stopped', () => {
  it('still answers while it drains, asks its clients to go, and then takes nothing new', async () => {
    const { port, draining } = await open();
    const kept = await say(port, KEPT);
    await once(kept, 'data');
    expect(draining.isDraining()).toBe(false);
    const stopped = draining.drain({ ...OPTIONS, graceMs: 300 });
    expect(draining.isDraining()).toBe(true);
    kept.write(KEPT);
    const last = parseAnswer(await hearAll(kept));
    expect([last.status, last.headers.get('connection')]).toEqual([200, 'close']);
    expect(await exchange(port, KEPT)).toMatchObject({ status: 200 });
    await stopped;
    await expect(say(port, KEPT)).rejects.toThrow(/ECONNREFUSED/);
  });

  it('lets an answer, and a body that still comes, go on to its end', async () => {
    const answers: ServerResponse[] = [];
    const { port, draining } = await open({
      next: async (request, response) => {
        for await (const _ of request);
        response.write('first');
        answers.push(response);
      },
    });
    const reading = await say(port, KEPT);
    await expect.poll(() => answers.length).toBe(1);
    const sending = await say(port, 'POST /signin HTTP/1.1\r\nHost: portal\r\nContent-Length: 10\r\n\r\n12345');
    const stopped = draining.drain(OPTIONS);
    await pause(600);
    sending.write('67890');
    await expect.poll(() => answers.length).toBe(2);
    for (const answer of answers) answer.end('last');
    for (const socket of [reading, sending]) expect(await hearAll(socket)).toContain('last');
    await stopped;
  });

  it('closes at once who is silent, and ends what never ends by itself', async () => {
    const streams: ServerResponse[] = [];
    const { port, draining } = await open({
      next: async (_request, response) => {
        response.write(': open\n\n');
        streams.push(response);
      },
    });
    const stream = await say(port, KEPT);
    await once(stream, 'data');
    const heard = hearAll(stream);
    const silent = await say(port, '');
    const startMs = performance.now();
    await draining.drain({ ...OPTIONS, onClosed: () => streams[0]?.end('retry: 1\n\n') });
    expect(performance.now() - startMs).toBeLessThan(5000);
    expect(await heard).toContain('retry: 1');
    await hearAll(silent);
  });

  it('waits no longer than its bound', async () => {
    const { port, draining } = await open({ next: async (_request, response) => void response.write('and so on') });
    const endless = await say(port, KEPT);
    await draining.drain({ ...OPTIONS, boundMs: 200 });
    await hearAll(endless);
  });
});
