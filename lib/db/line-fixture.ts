import { connect, createServer, type Server, type Socket } from 'node:net';

/** A line to a database that can fail as lines do. */
export interface Line {
  /** The database's connection string, by this line. */
  url: string;
  /**
   * Swallows, both ways, whatever is sent from now on, new connections' words as well: nobody is told. What was
   * connected stays dead after `mend`.
   */
  freeze(): void;
  /** Cuts every connection and takes no more. */
  refuse(): Promise<void>;
  /** Cuts every connection; a new one goes through. */
  cut(): void;
  /** Takes connections as usual. */
  mend(): Promise<void>;
  /** Connections that are open. */
  connections(): number;
  /** How often the near end has spoken after it had heard something: each time it had waited for an answer. */
  turns(): number;
  close(): Promise<void>;
}

const listenOn = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', () => resolve());
  });

/** Opens a loopback line to a database, for tests. */
export async function openLine(databaseUrl: string): Promise<Line> {
  const target = new URL(databaseUrl);
  const pairs = new Set<[Socket, Socket]>();
  let isFrozen = false;
  let turns = 0;

  const join = (near: Socket) => {
    const far = connect(Number(target.port), target.hostname);
    const pair: [Socket, Socket] = [near, far];
    let isDead = isFrozen;
    const pass = (to: Socket) => (bytes: Buffer) => {
      isDead ||= isFrozen;
      if (!isDead) to.write(bytes);
    };
    pairs.add(pair);
    near.on('data', pass(far));
    far.on('data', pass(near));
    let hasHeard = true;
    near.on('data', () => {
      if (hasHeard) turns += 1;
      hasHeard = false;
    });
    far.on('data', () => {
      hasHeard = true;
    });
    for (const [one, other] of [pair, [far, near] as const]) {
      one.on('error', () => {});
      one.on('close', () => {
        // A dead line carries no goodbye either.
        if (!isDead && !isFrozen) other.destroy();
        if (near.destroyed && far.destroyed) pairs.delete(pair);
      });
    }
  };
  const server = createServer(join);
  await listenOn(server, 0);
  const address = server.address();
  if (!address || typeof address !== 'object') throw new Error('no port');
  const { port } = address;
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${port}`;
  const cut = () => {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
    pairs.clear();
  };
  const stop = async () => {
    const closed = server.listening ? new Promise((resolve) => server.close(resolve)) : undefined;
    cut();
    await closed;
  };
  return {
    url: url.href,
    freeze: () => {
      isFrozen = true;
    },
    refuse: stop,
    cut,
    mend: async () => {
      isFrozen = false;
      if (!server.listening) await listenOn(server, port);
    },
    connections: () => [...pairs].filter(([near]) => !near.destroyed).length,
    turns: () => turns,
    close: stop,
  };
}
