import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';

/** The request with a body that was read already. */
export function withBody(original: IncomingMessage, body: Buffer): IncomingMessage {
  const pieces = body.length > 0 ? [body] : [];
  const { method, url, headers, rawHeaders, httpVersion, httpVersionMajor, httpVersionMinor, socket } = original;
  const head = { method, url, headers, rawHeaders, httpVersion, httpVersionMajor, httpVersionMinor, socket };
  // Not an `IncomingMessage`: those read from their socket. What Next uses of a request is its head, and a stream.
  return Object.assign(Readable.from(pieces, { objectMode: false }), head) as unknown as IncomingMessage;
}
