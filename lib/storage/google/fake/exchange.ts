import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault } from './faults.ts';

/** What the fake remembers of a request. */
export interface RequestRecord {
  method: string;
  /** `METHOD /path?query`. */
  line: string;
  /** The page that asked, by its `Origin`. */
  pageOrigin: string | undefined;
  /** Of an upload: what the client says it sends. */
  contentRange: string | undefined;
  /** Of an upload that is not over: what the store says it has. */
  storedRange: string | undefined;
  /** What arrived of the request's body. */
  bodyBytes: number;
  /** `null` until it is answered, and for ever when the connection broke first. */
  status: number | null;
}

/** One request and its answer. */
export interface Exchange {
  record: RequestRecord;
  request: IncomingMessage;
  response: ServerResponse;
  origin: string;
  rawPath: string;
  rawQuery: string;
  query: URLSearchParams;
  fault: Fault | null;
}

type Headers = Record<string, string>;

/** What arrived of a body before it ended or broke; `complete` says which. */
export async function readBody(exchange: Exchange): Promise<{ bytes: Buffer; complete: boolean }> {
  const { request, fault, record } = exchange;
  const limit = fault?.kind === 'reset' ? fault.afterBytes : Number.POSITIVE_INFINITY;
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of request as AsyncIterable<Buffer>) {
      parts.push(part);
      length += part.length;
      record.bodyBytes = length;
      if (length >= limit) {
        request.socket.resetAndDestroy();
        return { bytes: Buffer.concat(parts).subarray(0, limit), complete: false };
      }
    }
  } catch {
    return { bytes: Buffer.concat(parts), complete: false };
  }
  return { bytes: Buffer.concat(parts), complete: true };
}

export function send(exchange: Exchange, status: number, headers: Headers, body?: Buffer): void {
  const { request, response, fault, record } = exchange;
  if (fault?.kind === 'lose-answer') {
    request.socket.resetAndDestroy();
    return;
  }
  record.status = status;
  record.storedRange = headers.Range;
  if (fault?.kind === 'reset' && request.method === 'GET' && body && body.length > fault.afterBytes) {
    response.writeHead(status, { 'Content-Length': String(body.length), ...headers });
    response.write(body.subarray(0, fault.afterBytes), () => setImmediate(() => request.socket.resetAndDestroy()));
    return;
  }
  // A 308 or an error may come before the body was read; the rest of it is thrown away.
  request.resume();
  const length = body === undefined ? '0' : String(body.length);
  response.writeHead(status, { 'Content-Length': length, ...headers });
  response.end(request.method === 'HEAD' ? undefined : body);
}

export function sendJson(exchange: Exchange, status: number, value: object, headers: Headers = {}): void {
  const { fault } = exchange;
  const json = fault?.kind === 'amend' ? fault.amend({ ...value }) : value;
  const type = { 'Content-Type': 'application/json; charset=UTF-8' };
  send(exchange, status, { ...type, ...headers }, Buffer.from(JSON.stringify(json)));
}

/** An error as the JSON API words it. */
export const sendJsonError = (exchange: Exchange, code: number, reason: string, headers: Headers = {}): void =>
  sendJson(
    exchange,
    code,
    { error: { code, message: reason, errors: [{ message: reason, domain: 'global', reason }] } },
    headers,
  );

/** An error as the XML API words it. */
export const sendXmlError = (exchange: Exchange, status: number, code: string, headers: Headers = {}): void =>
  send(
    exchange,
    status,
    { 'Content-Type': 'application/xml; charset=UTF-8', ...headers },
    Buffer.from(`<?xml version='1.0' encoding='UTF-8'?><Error><Code>${code}</Code></Error>`),
  );
