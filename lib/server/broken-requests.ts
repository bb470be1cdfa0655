import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { AppError } from '#lib/errors.ts';
import { methodRefused } from './request-target.ts';

/** The other side has left, in the middle of a request perhaps: nobody is there to be told. */
const GONE = new Set<string | undefined>(['ECONNRESET', 'EPIPE', 'HPE_INVALID_EOF_STATE']);

/** What Node's parser says of a request that it could not read, as a fault of its sender. */
function parserFault(code: string | undefined): AppError {
  if (code === 'HPE_INVALID_METHOD') return methodRefused(501);
  if (code === 'HPE_HEADER_OVERFLOW') {
    return new AppError({ status: 431, code: 'headers_too_large', detail: 'URL and headers are at most 16 KiB.' });
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return new AppError({ status: 408, code: 'headers_too_slow', detail: 'The request did not come in time.' });
  }
  return new AppError({ status: 400, code: 'malformed_request', detail: 'This is no HTTP request.' });
}

/**
 * Tells of requests that never become one: what the parser refuses, and `CONNECT`, which asks for a tunnel.
 * @param refuse answers on the bare socket.
 */
export function onBrokenRequest(
  server: Server,
  refuse: (socket: Duplex, fault: AppError, method: string) => void,
): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (GONE.has(error.code) || !socket.writable) socket.destroy();
    else refuse(socket, parserFault(error.code), '');
  });
  server.on('connect', (_request, socket) => refuse(socket, methodRefused(405), 'CONNECT'));
}
