import http from 'node:http';
import https from 'node:https';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { UploadReply, UploadTransport } from './transport.ts';

/** A piece is told as sent when the line has taken it. */
const PIECE_BYTES = 64 * 1024;

async function* pieces(body: Blob, onSent: (bytes: number) => void): AsyncGenerator<Buffer> {
  for (let first = 0; first < body.size; first += PIECE_BYTES) {
    yield Buffer.from(await body.slice(first, first + PIECE_BYTES).arrayBuffer());
    onSent(Math.min(first + PIECE_BYTES, body.size));
  }
}

async function replyOf(response: http.IncomingMessage): Promise<UploadReply> {
  const { statusCode: status = 0, headers } = response;
  const { range = null, 'retry-after': retryAfter = null } = headers as Record<string, string | undefined>;
  return { status, range, retryAfter, body: await text(response) };
}

/** The transport of commands. `fetch` would not tell how much of a chunk has left the machine. */
export const nodeTransport: UploadTransport = ({ url, contentRange, body, signal, onSent }) =>
  new Promise((resolve, reject) => {
    const { request } = new URL(url).protocol === 'https:' ? https : http;
    const headers = {
      'Content-Length': body?.size ?? 0,
      ...(contentRange === null ? {} : { 'Content-Range': contentRange }),
    };
    let isAnswered = false;
    // A store that refuses a body may answer and close before it has read all of it.
    const fail = (error: unknown) => {
      if (!isAnswered || signal.aborted) reject(signal.aborted ? signal.reason : error);
    };
    const put = request(url, { method: 'PUT', headers, signal }, (response) => {
      isAnswered = true;
      replyOf(response).then(resolve, (error) => reject(signal.aborted ? signal.reason : error));
    });
    put.on('error', fail);
    if (body) pipeline(Readable.from(pieces(body, onSent)), put).catch(fail);
    else put.end();
  });
