import { corsHeaders, preflightHeaders } from './bucket-cors.ts';
import type { FakeState } from './bucket-state.ts';
import { sendObject } from './download-answer.ts';
import type { Exchange } from './exchange.ts';
import { send, sendXmlError } from './exchange.ts';
import type { KnownKeys } from './verify-v4.ts';
import { verifyV4 } from './verify-v4.ts';

function decodeKey(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/** `/{bucket}/{object}` of the XML API: signed GET and HEAD, and preflights by the bucket's rules. */
export function serveXmlApi(exchange: Exchange, state: FakeState, keys: KnownKeys, now: Date): void {
  const { request, rawPath, rawQuery, query } = exchange;
  const [, name = '', encodedKey = ''] = /^\/([^/]+)\/(.+)$/.exec(rawPath) ?? [];
  const bucket = state.buckets.get(name);
  const method = request.method ?? '';
  if (method === 'OPTIONS') {
    send(exchange, 200, preflightHeaders(bucket?.cors ?? [], request.headers));
    return;
  }
  const cors = corsHeaders(bucket?.cors ?? [], request.headers.origin, method);
  const verdict = verifyV4({ method, rawPath, rawQuery, headers: request.headers }, keys, now);
  if (!verdict.ok) {
    sendXmlError(exchange, verdict.status, verdict.code, cors);
    return;
  }
  const object = bucket?.objects.get(decodeKey(encodedKey));
  const wanted = query.get('generation');
  if (method !== 'GET' && method !== 'HEAD') sendXmlError(exchange, 405, 'MethodNotAllowed', cors);
  else if (!bucket || !object || (wanted !== null && wanted !== object.generation)) {
    sendXmlError(exchange, 404, 'NoSuchKey', cors);
  } else {
    const disposition = query.get('response-content-disposition');
    sendObject(exchange, object, { ...cors, ...(disposition === null ? {} : { 'Content-Disposition': disposition }) });
  }
}
