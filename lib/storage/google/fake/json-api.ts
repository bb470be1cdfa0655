import type { FakeBucket, FakeObject, FakeState } from './bucket-state.ts';
import { sendObject } from './download-answer.ts';
import type { Exchange } from './exchange.ts';
import { send, sendJson, sendJsonError } from './exchange.ts';

/** An object's resource; sizes and generations are text there. */
export const resourceOf = (bucket: string, key: string, object: FakeObject) => ({
  kind: 'storage#object',
  bucket,
  name: key,
  size: String(object.bytes.length),
  generation: object.generation,
  metageneration: '1',
  crc32c: object.crc32c,
  contentType: object.contentType,
  ...(object.cacheControl === undefined ? {} : { cacheControl: object.cacheControl }),
  timeCreated: object.updated,
  updated: object.updated,
});

const PAGE = 1000;

function sendList(exchange: Exchange, name: string, bucket: FakeBucket): void {
  const { query } = exchange;
  const after = Buffer.from(query.get('pageToken') ?? '', 'base64url').toString();
  const size = Math.min(Number(query.get('maxResults') ?? PAGE), PAGE);
  const keys = [...bucket.objects.keys()]
    .filter((key) => key.startsWith(query.get('prefix') ?? '') && key > after)
    .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const page = keys.slice(0, size);
  const last = page.at(-1);
  sendJson(exchange, 200, {
    kind: 'storage#objects',
    items: page.flatMap((key) => {
      const object = bucket.objects.get(key);
      return object ? [resourceOf(name, key, object)] : [];
    }),
    ...(keys.length > size && last ? { nextPageToken: Buffer.from(last).toString('base64url') } : {}),
  });
}

function serveObject(exchange: Exchange, state: FakeState, name: string, bucket: FakeBucket, key: string): void {
  const { query, request } = exchange;
  const object = bucket.objects.get(key);
  const wanted = query.get('generation');
  if (!object || (wanted !== null && wanted !== object.generation)) {
    sendJsonError(exchange, 404, 'notFound');
  } else if (!state.preconditionHolds(bucket, key, query.get('ifGenerationMatch'))) {
    sendJsonError(exchange, 412, 'conditionNotMet');
  } else if (request.method === 'DELETE') {
    bucket.objects.delete(key);
    send(exchange, 204, {});
  } else if (request.method !== 'GET') {
    sendJsonError(exchange, 405, 'methodNotAllowed');
  } else if (query.get('alt') === 'media') {
    sendObject(exchange, object, {});
  } else {
    sendJson(exchange, 200, resourceOf(name, key, object));
  }
}

function sendBucket(exchange: Exchange, name: string, { cors, denied, settings }: FakeBucket): void {
  if (exchange.request.method !== 'GET') sendJsonError(exchange, 405, 'methodNotAllowed');
  else if (denied.includes('storage.buckets.get')) sendJsonError(exchange, 403, 'forbidden');
  else sendJson(exchange, 200, { kind: 'storage#bucket', id: name, name, cors, ...settings });
}

/** `/storage/v1/b/{bucket}` and below: the JSON API, where Google and its own emulator have it, and nowhere else. */
export function serveJsonApi(exchange: Exchange, state: FakeState): boolean {
  const match = /^\/storage\/v1\/b\/([^/]+)(?:\/(o|o\/([^/]+)|iam\/testPermissions))?\/?$/.exec(exchange.rawPath);
  if (!match) return false;
  const [, name = '', what, encodedKey] = match;
  const bucket = state.buckets.get(name);
  if (!bucket) sendJsonError(exchange, 404, 'notFound');
  else if (what === undefined) sendBucket(exchange, name, bucket);
  else if (what === 'o') sendList(exchange, name, bucket);
  else if (what === 'iam/testPermissions') {
    const asked = exchange.query.getAll('permissions');
    sendJson(exchange, 200, { permissions: asked.filter((permission) => !bucket.denied.includes(permission)) });
  } else serveObject(exchange, state, name, bucket, decodeURIComponent(encodedKey ?? ''));
  return true;
}
