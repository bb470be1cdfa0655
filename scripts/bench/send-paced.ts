import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

interface PacedAnswer {
  status: number;
  body: string;
  /** From the moment that the request was due: what it had to wait for its turn counts. */
  waitedMs: number;
}

interface PacedOptions {
  url: string;
  perSecond: number;
  seconds: number;
  connections: number;
  /** Headers and body of the next request. */
  next(): { headers: Record<string, string>; body: string };
}

/**
 * Sends POST requests at even distances, each when it is due and whatever became of those before, as many people do who
 * know nothing of one another. (autocannon's `overallRate` sends all of a second at the second's beginning.)
 */
export async function sendPaced({ url, perSecond, seconds, connections, next }: PacedOptions): Promise<PacedAnswer[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const startMs = performance.now();
  const send = (dueMs: number) =>
    new Promise<PacedAnswer>((resolve) => {
      const settle = (status: number, body: string) => resolve({ status, body, waitedMs: performance.now() - dueMs });
      const { headers, body } = next();
      const sent = request(url, { method: 'POST', agent, headers }, async (response) => {
        const text = await response.setEncoding('utf8').toArray();
        settle(response.statusCode ?? 0, text.join(''));
      });
      sent.on('error', () => settle(0, '')).end(body);
    });
  const answers: Promise<PacedAnswer>[] = [];
  const total = perSecond * seconds;
  while (answers.length < total) {
    const due = Math.min(total, Math.floor(((performance.now() - startMs) / 1000) * perSecond) + 1);
    while (answers.length < due) answers.push(send(startMs + (answers.length / perSecond) * 1000));
    await pause(1);
  }
  const all = await Promise.all(answers);
  agent.destroy();
  return all;
}
