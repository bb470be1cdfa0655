import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { BodyGate } from '#lib/http/body-gate.ts';
import { type BodyOptions, IncomingBody } from './incoming-body.ts';

/** A request with the head of another one and a body of its own, which is read when it is asked for. */
function heldRequest(original: IncomingMessage, pull: () => Promise<Buffer | null>): IncomingMessage {
  const body = new Readable({
    read() {
      pull().then(
        (piece) => this.push(piece),
        (error) => this.destroy(error),
      );
    },
  });
  // Whoever reads is told; a fault of a body that nobody reads is nobody's.
  body.on('error', () => {});
  const { method, url, headers, rawHeaders, httpVersion, httpVersionMajor, httpVersionMinor, socket } = original;
  const head = { method, url, headers, rawHeaders, httpVersion, httpVersionMajor, httpVersionMinor, socket };
  // Not an `IncomingMessage`: those read from their socket. What Next uses of a request is its head, and a stream.
  return Object.assign(body, head) as unknown as IncomingMessage;
}

/** The request with a body that was read already. */
export function withBody(original: IncomingMessage, body: Buffer): IncomingMessage {
  const pieces = body.length > 0 ? [body] : [];
  return heldRequest(original, async () => pieces.shift() ?? null);
}

/** The request with a body that flows when its route asks for it, and no further than the route says. */
export function behindGate(
  original: IncomingMessage,
  options: BodyOptions,
): { request: IncomingMessage; gate: BodyGate } {
  const opened = Promise.withResolvers<IncomingBody>();
  const gate: BodyGate = { open: (maxBytes) => opened.resolve(new IncomingBody(original, maxBytes, options)) };
  return { request: heldRequest(original, async () => (await opened.promise).read()), gate };
}
