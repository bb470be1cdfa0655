import { get, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LoadJob, StreamsResult } from './load-jobs.ts';

/** Streams that are opened at the same moment: listeners come one by one, not in one heap. */
const OPENED_AT_ONCE = 20;

interface Listener {
  answer: IncomingMessage;
  heard: number;
  hasEnded: boolean;
}

const open = (url: string, key: string): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${key}`, accept: 'text/event-stream' };
    get(url, { headers, agent: false }, resolve).once('error', reject);
  });

async function listen(url: string, key: string): Promise<Listener | null> {
  const answer = await open(url, key).catch(() => null);
  if (answer?.statusCode !== 200) {
    answer?.destroy();
    return null;
  }
  const listener: Listener = { answer, heard: 0, hasEnded: false };
  const end = () => {
    listener.hasEnded = true;
  };
  answer.setEncoding('utf8').on('data', (part: string) => {
    listener.heard += part.split('\ndata: ').length - 1;
  });
  answer.once('end', end).once('error', end);
  return listener;
}

/** Opens the streams of all keys, and tells after some seconds how many are still there and what they heard. */
export async function listenToStreams(job: Extract<LoadJob, { kind: 'streams' }>): Promise<StreamsResult> {
  const url = `${job.origin}/api/v2/events`;
  const wanted = job.keys.flatMap((key) => Array.from({ length: job.streamsPerKey }, () => key));
  const found: (Listener | null)[] = [];
  const open = async () => {
    for (let key = wanted.pop(); key !== undefined; key = wanted.pop()) found.push(await listen(url, key));
  };
  await Promise.all(Array.from({ length: OPENED_AT_ONCE }, open));
  await sleep(job.seconds * 1000);
  const listeners = found.filter((listener) => listener !== null);
  const lasting = listeners.filter(({ hasEnded }) => !hasEnded);
  const heard = lasting.map((listener) => listener.heard);
  for (const { answer } of listeners) answer.destroy();
  return {
    opened: listeners.length,
    broken: found.length - lasting.length,
    fewest: heard.length > 0 ? Math.min(...heard) : 0,
    most: Math.max(0, ...heard),
  };
}
