import { judgeRange } from '#lib/storage/port/byte-range.ts';
import type { FakeObject } from './bucket-state.ts';
import type { Exchange } from './exchange.ts';
import { send, sendXmlError } from './exchange.ts';

/** Bytes of an object, whole or by range, with the headers that Google sends. */
export function sendObject(exchange: Exchange, object: FakeObject, extra: Record<string, string>): void {
  const { bytes, generation, crc32c, contentType } = object;
  const verdict = judgeRange(exchange.request.headers.range ?? null, bytes.length);
  if (verdict.kind === 'unsatisfiable') {
    sendXmlError(exchange, 416, 'InvalidRange', { ...extra, 'Content-Range': `bytes */${bytes.length}` });
    return;
  }
  const headers = {
    'Content-Type': contentType,
    'Cache-Control': object.cacheControl ?? 'private, max-age=0',
    'Accept-Ranges': 'bytes',
    ETag: `"${generation}"`,
    'Last-Modified': new Date(object.updated).toUTCString(),
    'x-goog-generation': generation,
    'x-goog-hash': `crc32c=${crc32c}`,
    'x-goog-stored-content-encoding': 'identity',
    ...extra,
  };
  if (verdict.kind === 'whole') send(exchange, 200, headers, bytes);
  else {
    const range = `bytes ${verdict.first}-${verdict.last}/${bytes.length}`;
    send(exchange, 206, { ...headers, 'Content-Range': range }, bytes.subarray(verdict.first, verdict.last + 1));
  }
}
