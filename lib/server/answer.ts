import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { ProblemAnswer } from '#lib/http/problem.ts';
import { hasBody } from './incoming-body.ts';

/**
 * A connection that is cut while its client still sends loses the answer on the way (RFC 9112 §9.6): it is kept for so
 * long, and so much of what comes is thrown away, so that whoever sends a little too much need not connect anew.
 */
const LINGER_MS = 2000;
const LINGER_BYTES = 4 * 1024 * 1024;
const LOOK_EVERY_MS = 20;

/** Throws the rest of a body away, as far as it goes. Calls back when it has ended, its client has left, or time is up. */
function discardBody(request: IncomingMessage, done: () => void): void {
  const { socket } = request;
  const startMs = performance.now();
  const startBytes = socket.bytesRead;
  const look = setInterval(() => {
    if (!request.complete && !socket.destroyed && performance.now() - startMs < LINGER_MS) {
      // More is not read: whoever cannot write any more looks for the answer.
      if (socket.bytesRead - startBytes > LINGER_BYTES) socket.pause();
      return;
    }
    clearInterval(look);
    // What ended just as it was held up: the next request on this line is to be heard.
    if (request.complete) socket.resume();
    done();
  }, LOOK_EVERY_MS);
  request.removeAllListeners('readable').resume();
}

/**
 * Once a request was answered whose body nobody read to its end: its connection goes on after the rest, or is cut. Where
 * the answer is the connection's last, only our half is closed until then.
 */
export function settleUnreadBody(request: IncomingMessage, response: ServerResponse): void {
  if (!hasBody(request)) return;
  const { socket } = request;
  // Before Node, which cuts a connection with its last answer.
  response.prependOnceListener('finish', () => {
    if (request.complete) {
      request.resume();
      return;
    }
    socket.destroySoon = () => socket.end();
    discardBody(request, () => {
      if (!request.complete || socket.writableEnded) socket.destroy();
      else Reflect.deleteProperty(socket, 'destroySoon');
    });
  });
}

/** Sends a problem document. Where more of a body is to come, it closes the connection without taking it in. */
export function sendProblem(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, json }: ProblemAnswer,
): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const body = JSON.stringify(json);
  if (hasBody(request) && !request.complete) response.setHeader('Connection', 'close');
  response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) }).end(body);
}

/** The same on a socket where Node could read no request. */
export function sendRawProblem(
  socket: Socket,
  { status, headers, json }: ProblemAnswer,
  more: Record<string, string>,
): void {
  const body = JSON.stringify(json);
  const fields = { ...more, ...headers, 'Content-Length': String(Buffer.byteLength(body)), Connection: 'close' };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`);
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
}
