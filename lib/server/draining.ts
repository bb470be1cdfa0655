import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What is answered within this time still tells its client that the connection ends; idle ones are closed after it. */
const SETTLE_MS = 250;
const LOOK_EVERY_MS = 25;

export interface DrainOptions {
  /** How long everything is still taken while health says "draining", so that a load balancer turns away. */
  graceMs: number;
  /** How long what is under way may take after that. */
  boundMs: number;
  /** Called when nothing new is taken any more, to end answers that never end by themselves. */
  onClosed(): void;
}

export interface Draining {
  isDraining(): boolean;
  /** To be told of each answer before it is given. */
  track(response: ServerResponse): void;
  /** Stops the server without cutting off a request, as far as the bound goes. */
  drain(options: DrainOptions): Promise<void>;
}

/**
 * Stops a server so that no request is lost: first its clients hear by `Connection: close` that they should go elsewhere,
 * then the listener goes, then what is under way may end. A keep-alive connection that is cut just as a request comes in
 * on it is a reset; one that the client was asked to close is none (RFC 9112 §9.6).
 */
export function createDraining(server: Server): Draining {
  const underWay = new Set<ServerResponse>();
  /** Browsers open connections ahead of need; Node counts one as idle only after its first request. */
  const unused = new Set<Socket>();
  let draining = false;

  const sayGoodbye = (response: ServerResponse) => {
    if (!response.headersSent) response.setHeader('Connection', 'close');
  };

  server.on('connection', (socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });

  const closeIdle = () => {
    server.closeIdleConnections();
    for (const socket of unused) if (socket.bytesRead === 0) socket.destroy();
  };

  return {
    isDraining: () => draining,
    track(response) {
      underWay.add(response);
      unused.delete(response.req.socket);
      response.once('close', () => underWay.delete(response));
      if (draining) sayGoodbye(response);
    },
    async drain({ graceMs, boundMs, onClosed }) {
      draining = true;
      for (const response of underWay) sayGoodbye(response);
      await sleep(graceMs + SETTLE_MS);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      onClosed();
      // An answer that had begun before said nothing of closing: its connection is idle afterwards.
      const look = setInterval(closeIdle, LOOK_EVERY_MS);
      const bound = setTimeout(() => server.closeAllConnections(), boundMs);
      await closed;
      clearInterval(look);
      clearTimeout(bound);
    },
  };
}
