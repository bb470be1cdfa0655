import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const LOOK_EVERY_MS = 100;
/** One bad answer may be a busy moment. */
const BAD_LOOKS = 2;

export interface Balancer {
  url: string;
  /** Whether requests go to a web now. */
  isWell(origin: string): boolean;
  /** Faults between the balancer and the webs: each is a request that somebody lost. */
  faults: string[];
  close(): Promise<void>;
}

/**
 * Stands before some webs as load balancers do: it asks each for its health, sends requests in turn to those that are
 * well over connections that are kept, and repeats none.
 */
export async function startBalancer(origins: string[]): Promise<Balancer> {
  const faults: string[] = [];
  const agent = new Agent({ keepAlive: true, maxSockets: 20 });
  const well = new Set<string>();
  const bad = new Map<string, number>();
  let isOver = false;
  const answersWell = (origin: string) =>
    fetch(`${origin}/api/v2/clips/health`).then(
      ({ ok }) => ok,
      () => false,
    );
  const look = async (origin: string) => {
    const badLooks = (await answersWell(origin)) ? 0 : (bad.get(origin) ?? 0) + 1;
    bad.set(origin, badLooks);
    if (badLooks === 0) well.add(origin);
    else if (badLooks >= BAD_LOOKS) well.delete(origin);
  };
  await Promise.all(origins.map(look));
  const looking = origins.map(async (origin) => {
    while (!isOver) {
      await pause(LOOK_EVERY_MS);
      await look(origin);
    }
  });
  let turn = 0;
  const server = createServer((incoming, outgoing) => {
    const origin = [...well][turn++ % Math.max(1, well.size)];
    if (!origin) {
      faults.push('no web is well');
      outgoing.writeHead(502).end();
      return;
    }
    const { connection: _, ...headers } = incoming.headers;
    const { hostname, port } = new URL(origin);
    const onward = request({ hostname, port, agent, method: incoming.method, path: incoming.url, headers });
    onward.on('response', (answer) => {
      const { connection: _, ...kept } = answer.headers;
      outgoing.writeHead(answer.statusCode ?? 502, kept);
      answer.pipe(outgoing);
      answer.on('error', (error) => faults.push(`${incoming.method} ${incoming.url}: ${error.message}`));
    });
    onward.on('error', (error) => {
      faults.push(`${incoming.method} ${incoming.url}: ${error.message}`);
      if (!outgoing.headersSent) outgoing.writeHead(502);
      outgoing.end();
    });
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    faults,
    isWell: (origin) => well.has(origin),
    close: async () => {
      isOver = true;
      await Promise.all(looking);
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
