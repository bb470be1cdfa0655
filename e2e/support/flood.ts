import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

interface Flood {
  method?: string;
  headers?: Record<string, string>;
  /** What the request announces; without it the body comes in chunks and has no end. */
  announcedBytes?: number;
}

const PIECE = Buffer.alloc(65_536, 'x');

/** Sends a body as fast as it is taken, until the answer comes or the line is cut. */
export function flood(base: string, path: string, { method = 'POST', headers = {}, announcedBytes }: Flood) {
  const { hostname, port } = new URL(base);
  const length: Record<string, string> =
    announcedBytes === undefined ? { 'Transfer-Encoding': 'chunked' } : { 'Content-Length': String(announcedBytes) };
  return new Promise<{ status: number; code: unknown; sentBytes: number }>((resolve, reject) => {
    let sentBytes = 0;
    let isAnswered = false;
    const sent = request({ hostname, port, path, method, agent: false, headers: { ...length, ...headers } });
    const send = () => {
      while (!isAnswered && sentBytes < (announcedBytes ?? Number.POSITIVE_INFINITY)) {
        sentBytes += PIECE.length;
        if (!sent.write(PIECE)) return;
      }
    };
    sent.on('drain', send);
    sent.on('response', async (answer) => {
      isAnswered = true;
      const text = (await answer.setEncoding('utf8').toArray()).join('');
      sent.destroy();
      resolve({ status: answer.statusCode ?? 0, code: JSON.parse(text).code, sentBytes });
    });
    sent.on('error', (error) => {
      if (!isAnswered) reject(error);
    });
    send();
  });
}

/** What a process holds in memory now. */
export async function residentBytes(pid: number): Promise<number> {
  const kib = /VmRSS:\s+(\d+) kB/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1];
  if (kib === undefined) throw new Error(`There is no memory of process ${pid}.`);
  return Number(kib) * 1024;
}

/** By how much a process grew at its largest, beside what it held before, while this went on. */
export async function growthOf(pid: number, work: () => Promise<unknown>): Promise<number> {
  const before = await residentBytes(pid);
  let largest = before;
  let isDone = false;
  const working = work().finally(() => {
    isDone = true;
  });
  while (!isDone) {
    largest = Math.max(largest, await residentBytes(pid));
    await pause(10);
  }
  await working;
  return largest - before;
}
