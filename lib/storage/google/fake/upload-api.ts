import { readUploadClaim } from '#lib/storage/port/content-range.ts';
import { corsHeaders, preflightHeaders } from './bucket-cors.ts';
import type { FakeBucket, FakeSession, FakeState } from './bucket-state.ts';
import { crcOf } from './bucket-state.ts';
import type { Exchange } from './exchange.ts';
import { readBody, send, sendJson, sendJsonError } from './exchange.ts';
import { resourceOf } from './json-api.ts';
import { readMultipart } from './multipart-body.ts';

type Headers = Record<string, string>;

const UNIT = 262_144;

const numberOf = (text: string | string[] | undefined) =>
  typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : null;

async function simpleUpload(exchange: Exchange, state: FakeState, name: string, bucket: FakeBucket): Promise<void> {
  const { bytes: body, complete } = await readBody(exchange);
  if (!complete) return;
  const parts = readMultipart(exchange.request.headers['content-type'] ?? '', body);
  const key = exchange.query.get('name') ?? parts?.metadata.name;
  if (!parts || !key) return sendJsonError(exchange, 400, 'invalid');
  const { metadata, content } = parts;
  if (metadata.crc32c !== undefined && metadata.crc32c !== crcOf(content))
    return sendJsonError(exchange, 400, 'invalid');
  if (!state.preconditionHolds(bucket, key, exchange.query.get('ifGenerationMatch'))) {
    return sendJsonError(exchange, 412, 'conditionNotMet');
  }
  const { contentType = 'application/octet-stream', cacheControl } = metadata;
  sendJson(exchange, 200, resourceOf(name, key, state.put(bucket, key, content, { contentType, cacheControl })));
}

async function startSession(exchange: Exchange, state: FakeState, name: string): Promise<void> {
  const { request, query, origin } = exchange;
  const { bytes, complete } = await readBody(exchange);
  if (!complete) return;
  const metadata = bytes.length > 0 ? JSON.parse(bytes.toString()) : {};
  const key = query.get('name') ?? metadata.name;
  if (!key) return sendJsonError(exchange, 400, 'required');
  const type = request.headers['x-upload-content-type'] ?? metadata.contentType;
  const session = state.openSession({
    ...{ bucket: name, key, origin: request.headers.origin },
    metadata: { contentType: type?.toString() ?? 'application/octet-stream', cacheControl: metadata.cacheControl },
    totalBytes: numberOf(request.headers['x-upload-content-length']),
    ifGenerationMatch: query.get('ifGenerationMatch'),
  });
  const address = `${origin}/upload/storage/v1/b/${name}/o?uploadType=resumable&name=${encodeURIComponent(key)}`;
  send(exchange, 200, { Location: `${address}&upload_id=${session.id}` });
}

/** Where a session stands: 308 with what is stored, or the object once all of it is. */
function sendState(
  exchange: Exchange,
  state: FakeState,
  session: FakeSession,
  bucket: FakeBucket,
  cors: Headers,
): void {
  const { key, storedBytes, totalBytes } = session;
  const isWhole = totalBytes !== null && storedBytes === totalBytes;
  if (!session.result && isWhole && state.preconditionHolds(bucket, key, session.ifGenerationMatch)) {
    session.result = state.put(bucket, key, Buffer.concat(session.parts), session.metadata);
  }
  if (session.result) {
    sendJson(exchange, 200, resourceOf(session.bucket, key, session.result), cors);
  } else if (isWhole) {
    sendJsonError(exchange, 412, 'conditionNotMet', cors);
  } else {
    send(exchange, 308, { ...cors, ...(storedBytes > 0 ? { Range: `bytes=0-${storedBytes - 1}` } : {}) });
  }
}

async function putChunk(exchange: Exchange, state: FakeState, session: FakeSession, bucket: FakeBucket, cors: Headers) {
  const range = exchange.request.headers['content-range'] ?? null;
  const claim = readUploadClaim(range);
  const bad = () => sendJsonError(exchange, 400, 'badRequest', cors);
  if (claim.kind === 'malformed') return bad();
  const total = claim.kind === 'whole' ? null : claim.total;
  if (total !== null && session.totalBytes !== null && total !== session.totalBytes) return bad();
  if (claim.kind === 'query') return sendState(exchange, state, session, bucket, cors);
  if (claim.kind === 'chunk' && claim.first !== session.storedBytes) {
    // Google ignores bytes that it has, and cannot take bytes after a gap.
    if (claim.first > session.storedBytes) return bad();
  }
  const { bytes, complete } = await readBody(exchange);
  session.totalBytes ??= total ?? (claim.kind === 'whole' && complete ? bytes.length : null);
  const declared = claim.kind === 'chunk' ? claim.last - claim.first + 1 : bytes.length;
  const isLast =
    session.totalBytes !== null && (claim.kind === 'chunk' ? claim.last + 1 : bytes.length) === session.totalBytes;
  if (complete && (bytes.length !== declared || (!isLast && bytes.length % UNIT !== 0))) return bad();
  if (session.result) return sendState(exchange, state, session, bucket, cors);
  const fresh = bytes.subarray(claim.kind === 'chunk' ? session.storedBytes - claim.first : 0);
  const limit = exchange.fault?.kind === 'commit-at-most' ? exchange.fault.bytes : Number.POSITIVE_INFINITY;
  const whole = complete && isLast && fresh.length <= limit;
  const kept = whole ? fresh.length : Math.floor(Math.min(fresh.length, limit) / UNIT) * UNIT;
  session.parts.push(fresh.subarray(0, kept));
  session.storedBytes += kept;
  if (complete) sendState(exchange, state, session, bucket, cors);
}

async function serveSession(exchange: Exchange, state: FakeState, bucket: FakeBucket, id: string): Promise<void> {
  const { request, fault } = exchange;
  const session = state.sessions.get(id);
  // Only the origin that the session was started for hears the answers.
  const isPage = session?.origin !== undefined && session.origin === request.headers.origin;
  if (request.method === 'OPTIONS') {
    return send(
      exchange,
      200,
      session?.origin === request.headers.origin ? preflightHeaders(bucket.cors, request.headers) : {},
    );
  }
  const cors = isPage ? corsHeaders(bucket.cors, request.headers.origin, 'PUT') : {};
  if (session && fault?.kind === 'session-gone') session.endedAs = fault.status;
  const ended = session ? session.endedAs : 404;
  if (ended) return sendJsonError(exchange, ended, 'uploadGone', cors);
  if (!session) return;
  if (request.method === 'DELETE') {
    session.endedAs = 499;
    return send(exchange, 499, cors);
  }
  if (request.method !== 'PUT') return sendJsonError(exchange, 405, 'methodNotAllowed', cors);
  await putChunk(exchange, state, session, bucket, cors);
}

/** `/upload/storage/v1/b/{bucket}/o`: simple and resumable uploads. */
export async function serveUploadApi(exchange: Exchange, state: FakeState): Promise<boolean> {
  const name = /^\/upload\/storage\/v1\/b\/([^/]+)\/o$/.exec(exchange.rawPath)?.[1];
  if (name === undefined) return false;
  const bucket = state.buckets.get(name);
  const id = exchange.query.get('upload_id');
  if (!bucket) sendJsonError(exchange, 404, 'notFound');
  else if (id !== null) await serveSession(exchange, state, bucket, id);
  else if (exchange.request.method !== 'POST') sendJsonError(exchange, 405, 'methodNotAllowed');
  else if (exchange.query.get('uploadType') === 'resumable') await startSession(exchange, state, name);
  else await simpleUpload(exchange, state, name, bucket);
  return true;
}
