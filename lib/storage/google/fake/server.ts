import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { CorsRule } from './bucket-cors.ts';
import { type BucketSettings, FakeState } from './bucket-state.ts';
import type { Exchange, RequestRecord } from './exchange.ts';
import { sendJsonError } from './exchange.ts';
import { FaultQueue } from './faults.ts';
import { serveJsonApi } from './json-api.ts';
import { serveUploadApi } from './upload-api.ts';
import type { KnownKeys } from './verify-v4.ts';
import { serveXmlApi } from './xml-api.ts';

export interface FakeGcsOptions {
  /** Buckets by name, each with its CORS rules. */
  buckets: Readonly<Record<string, CorsRule[]>>;
  /** Their other settings by name, with the fields of the JSON API's resource. */
  settings?: Readonly<Record<string, BucketSettings>>;
  keys: KnownKeys;
  port?: number;
  /** Its clock: judges signatures, and is told in the `Date` of every answer. */
  now?: () => Date;
}

/** Google Cloud Storage as far as this project speaks to it: JSON API, uploads, signed URLs of the XML API. */
export interface FakeGcs {
  /** `http://127.0.0.1:port`, for `STORAGE_EMULATOR_HOST` or `apiEndpoint`. */
  origin: string;
  state: FakeState;
  faults: FaultQueue;
  /** `METHOD /path?query` of every request so far. */
  requestLines: string[];
  /** The same requests, with what came of them. */
  requests: RequestRecord[];
  close(): Promise<void>;
}

async function answer(exchange: Exchange, state: FakeState, options: FakeGcsOptions): Promise<void> {
  const { fault, request } = exchange;
  if (fault?.kind === 'hang') return;
  if (fault?.kind === 'status') return sendJsonError(exchange, fault.status, 'backendError');
  if (fault?.kind === 'reset' && fault.afterBytes === 0) {
    request.socket.resetAndDestroy();
    return;
  }
  if (await serveUploadApi(exchange, state)) return;
  if (serveJsonApi(exchange, state)) return;
  serveXmlApi(exchange, state, options.keys, options.now?.() ?? new Date());
}

/** Starts the fake on a loopback port. Objects live in memory. */
export async function startFakeGcs(options: FakeGcsOptions): Promise<FakeGcs> {
  const state = new FakeState(options.buckets, options.settings);
  const faults = new FaultQueue();
  const requestLines: string[] = [];
  const requests: RequestRecord[] = [];
  let origin = '';
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const target = request.url ?? '/';
    const [rawPath = '/'] = target.split('?', 1);
    const rawQuery = target.slice(rawPath.length + 1);
    const { method = 'GET' } = request;
    const line = `${method} ${target}`;
    const { origin: pageOrigin, 'content-range': contentRange } = request.headers;
    const record = { method, line, pageOrigin, contentRange, storedRange: undefined, bodyBytes: 0, status: null };
    requestLines.push(line);
    requests.push(record);
    const fault = faults.take(line);
    if (options.now) response.setHeader('Date', options.now().toUTCString());
    const query = new URLSearchParams(rawQuery);
    const exchange = { record, request, response, origin, rawPath, rawQuery, query, fault };
    answer(exchange, state, options).catch((error: unknown) => {
      process.emitWarning(`The Google fake failed: ${error}`);
      request.socket.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The fake has no port.');
  origin = `http://127.0.0.1:${address.port}`;
  return {
    ...{ origin, state, faults, requestLines, requests },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
