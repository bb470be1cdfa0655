import { messageOf } from '#lib/errors.ts';
import type { UploadClaim } from '#lib/storage/port/content-range.ts';
import { readUploadClaim } from '#lib/storage/port/content-range.ts';
import type { ObjectRef } from '#lib/storage/port/object-store.ts';
import { isStoreError } from '#lib/storage/port/object-store.ts';
import { toStoreError } from './errors.ts';
import type { ObjectProblem } from './http-problem.ts';
import { problemResponse } from './http-problem.ts';
import type { DiskStore } from './store.ts';
import { COMMIT_BYTES } from './upload-blocks.ts';
import type { AppendResult, UploadHandle, UploadState } from './uploads.ts';

/** An unread body is read to its end up to here, so that its sender hears the answer; the rest is the server's. */
const DRAIN_BYTES = 16 * 1024 * 1024;

const badChunk = (detail: string): ObjectProblem => ({ status: 400, code: 'bad_chunk', detail });

const PROBLEMS = {
  unknown: { status: 404, code: 'session_not_found', detail: 'There is no such upload session; start a new one.' },
  expired: { status: 410, code: 'session_expired', detail: 'This upload session has expired; start a new one.' },
  conflict: {
    status: 412,
    code: 'precondition_failed',
    detail: 'An object lies under this key already; nothing was changed.',
  },
} as const satisfies Record<string, ObjectProblem>;

async function drain(body: ReadableStream<Uint8Array> | null): Promise<void> {
  if (!body || body.locked) return;
  const reader = body.getReader();
  try {
    for (let seen = 0; seen < DRAIN_BYTES; ) {
      const { done, value } = await reader.read();
      if (done) return;
      seen += value.length;
    }
  } catch {
    // The sender hung up: there is nobody to answer, and nothing of the body was wanted.
  } finally {
    reader.releaseLock();
  }
}

/** The object's resource, with the names and types of the GCS JSON API (sizes are text there). */
function storedResponse(upload: UploadHandle, stat: Extract<UploadState, { kind: 'stored' }>['stat']): Response {
  const { bucket, key } = upload.terms;
  const resource = {
    bucket,
    name: key,
    size: String(stat.sizeBytes),
    crc32c: stat.crc32c,
    generation: stat.generation,
    contentType: stat.contentType,
  };
  return Response.json(resource, { headers: { 'Cache-Control': 'no-store', ETag: `"${stat.generation}"` } });
}

function stateResponse(upload: UploadHandle, state: UploadState, path: string): Response {
  if (state.kind === 'stored') return storedResponse(upload, state.stat);
  if (state.kind === 'conflict') return problemResponse(PROBLEMS.conflict, path);
  const headers: Record<string, string> = { 'Cache-Control': 'no-store', 'Content-Length': '0' };
  if (state.storedBytes > 0) headers.Range = `bytes=0-${state.storedBytes - 1}`;
  return new Response(null, { status: 308, headers });
}

/** What is wrong with a chunk before its first byte is looked at; `null` when nothing is. */
function faultOf(claim: UploadClaim, sizeBytes: number, contentLength: string | null): ObjectProblem | null {
  if (claim.kind === 'malformed') return badChunk('Content-Range is malformed.');
  if (claim.kind === 'query') {
    if (contentLength !== null && contentLength !== '0') return badChunk('A status query has no body.');
  }
  if (claim.kind !== 'whole' && claim.total !== null && claim.total !== sizeBytes) {
    return badChunk(`This session is for ${sizeBytes} bytes, not for ${claim.total}.`);
  }
  if (claim.kind === 'query') return null;
  const declared = claim.kind === 'whole' ? sizeBytes : claim.last - claim.first + 1;
  if (contentLength !== null && contentLength !== String(declared)) {
    return badChunk(`Content-Length is ${contentLength}; this request announces ${declared} bytes.`);
  }
  if (claim.kind === 'whole') return null;
  if (claim.last >= sizeBytes) return badChunk(`This session is for ${sizeBytes} bytes.`);
  const isLast = claim.total !== null && claim.last + 1 === sizeBytes;
  if (!isLast && declared % COMMIT_BYTES !== 0) {
    return badChunk(`Every chunk but the last is a multiple of ${COMMIT_BYTES} bytes.`);
  }
  return null;
}

function appendResponse(upload: UploadHandle, { state, end }: AppendResult, path: string): Response {
  if (end === 'surplus') return problemResponse(badChunk('The body is longer than announced.'), path);
  if (end === 'short') return problemResponse(badChunk('The body is shorter than announced.'), path);
  if (typeof end === 'object') {
    const fault = toStoreError(end.failed);
    if (isStoreError(fault)) throw fault;
    const detail = `The body broke off (${messageOf(end.failed)}); ask where the session stands and go on from there.`;
    return problemResponse({ status: 503, code: 'interrupted', detail, headers: { 'Retry-After': '1' } }, path);
  }
  return stateResponse(upload, state, path);
}

const emptyBody = () =>
  new ReadableStream<Uint8Array>({
    start: (controller) => controller.close(),
  });

async function put(upload: UploadHandle, request: Request, path: string): Promise<Response> {
  const { sizeBytes } = upload.terms;
  const claim = readUploadClaim(request.headers.get('content-range'));
  const fault = faultOf(claim, sizeBytes, request.headers.get('content-length'));
  if (fault || claim.kind === 'malformed') {
    return problemResponse(fault ?? badChunk('Content-Range is malformed.'), path);
  }
  if (claim.kind === 'query') {
    return stateResponse(upload, await upload.status({ finish: claim.total !== null }), path);
  }
  const span =
    claim.kind === 'whole'
      ? { first: 0, end: sizeBytes, isLast: true }
      : { first: claim.first, end: claim.last + 1, isLast: claim.total === claim.last + 1 };
  return appendResponse(upload, await upload.append(span, request.body ?? emptyBody()), path);
}

/**
 * PUT and DELETE of a resumable session, as Google Cloud Storage answers them: 308 with `Range`, 200 with the object,
 * 499 for a cancelled session, 400, 404, 410 and 412 as problem documents.
 */
export async function serveUploadSession(store: DiskStore, request: Request, ref: ObjectRef): Promise<Response> {
  const url = new URL(request.url);
  const [uploadId, another] = url.searchParams.getAll('upload_id');
  const found =
    uploadId === undefined || another !== undefined
      ? ({ kind: 'unknown' } as const)
      : await store.uploads.find(uploadId, ref);
  try {
    if (found.kind !== 'open') return problemResponse(PROBLEMS[found.kind], url.pathname);
    if (request.method === 'DELETE') {
      await found.upload.cancel();
      return new Response(null, { status: 499, headers: { 'Cache-Control': 'no-store' } });
    }
    return await put(found.upload, request, url.pathname);
  } finally {
    await drain(request.body);
  }
}
