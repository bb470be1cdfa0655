import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A line to a server that can be cut: whoever is on it loses the connection, and may come back at once. */
export interface CutLine {
  origin: string;
  /** Cuts every connection that there is, and lets nobody on until it is mended. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

/** A line to the server of an address, on a free port. */
export async function openLine(url: string): Promise<CutLine> {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((near) => {
    if (isCut) {
      near.destroy();
      return;
    }
    const far = connect(Number(port), hostname);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.once('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    // By the server's own name: its cookies are that one's.
    origin: `http://${hostname}:${(server.address() as AddressInfo).port}`,
    cut: () => {
      isCut = true;
      drop();
    },
    mend: () => {
      isCut = false;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        drop();
      }),
  };
}
