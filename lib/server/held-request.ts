import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';

/** The request with a body that was read already. */
export function withBody(original: IncomingMessage, body: Buffer): IncomingMessage {
  const pieces = body.length > 0 ? [body] : [];
  // Not `Readable.from`: Next puts another stream's methods over this one's, and that one would not end then.
  const stream = new Readable({
    read() {
      this.push(pieces.shift() ?? null);
    },
  });
  const { method, url, headers, rawHeaders, httpVersion, httpVersionMajor, httpVersionMinor, socket } = original;
  const head = { method, url, headers, rawHeaders, httpVersion, httpVersionMajor, httpVersionMinor, socket };
  // Not an `IncomingMessage`: those read from their socket. What Next uses of a request is its head, and a stream.
  return Object.assign(stream, head) as unknown as IncomingMessage;
}
