import { isSafeKey } from '#lib/storage/port/object-keys.ts';
import type { ObjectRef, StoreErrorCode } from '#lib/storage/port/object-store.ts';
import { isStoreError } from '#lib/storage/port/object-store.ts';
import { toStoreError } from './errors.ts';
import { serveSignedGet } from './http-get.ts';
import type { ObjectProblem } from './http-problem.ts';
import { problemResponse } from './http-problem.ts';
import { serveUploadSession } from './http-put.ts';
import type { DiskStore } from './store.ts';

const ALLOW = 'GET, HEAD, PUT, DELETE, OPTIONS';
/** Pages elsewhere may read with what video players send. Uploads are the portal's own pages' and programs'. */
const PREFLIGHT = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'GET, HEAD',
  'Access-Control-Allow-Headers': 'Range, If-Range, If-None-Match, If-Modified-Since',
  'Access-Control-Max-Age': '86400',
};
const NOT_FOUND: ObjectProblem = { status: 404, code: 'not_found', detail: 'There is no such object.' };

/** Faults of the store that a client can do something about. */
const STORE_PROBLEMS: Partial<Record<StoreErrorCode, ObjectProblem>> = {
  not_found: NOT_FOUND,
  bad_key: NOT_FOUND,
  foreign_bucket: NOT_FOUND,
  precondition_failed: { status: 412, code: 'precondition_failed', detail: 'The object is another generation.' },
  out_of_space: { status: 507, code: 'out_of_space', detail: 'The disk of the object store is full.' },
  unavailable: {
    status: 503,
    code: 'store_unavailable',
    detail: 'The object store cannot answer now; try again.',
    headers: { 'Retry-After': '2' },
  },
};

function dispatch(store: DiskStore, request: Request, ref: ObjectRef, path: string): Promise<Response> | Response {
  switch (request.method) {
    case 'GET':
    case 'HEAD':
      return serveSignedGet(store, request, ref);
    case 'PUT':
    case 'DELETE':
      return serveUploadSession(store, request, ref);
    case 'OPTIONS':
      return new Response(null, { status: 204, headers: { Allow: ALLOW, ...PREFLIGHT } });
    default: {
      const detail = 'Objects are read with GET and uploaded with PUT.';
      return problemResponse({ status: 405, code: 'method_not_allowed', detail, headers: { Allow: ALLOW } }, path);
    }
  }
}

/**
 * The disk store over HTTP: signed GET with ranges, and the resumable sessions that `startUpload` hands out. Knows no
 * framework: Web `Request` in, `Response` out. Bodies stream both ways. Throws only what is nobody's request's fault.
 */
export async function handleObjectRequest(store: DiskStore, request: Request, ref: ObjectRef): Promise<Response> {
  const path = new URL(request.url).pathname;
  if (!isSafeKey(ref.key)) return problemResponse(NOT_FOUND, path);
  try {
    return await dispatch(store, request, ref, path);
  } catch (error) {
    const fault = toStoreError(error);
    const problem = isStoreError(fault) ? STORE_PROBLEMS[fault.code] : undefined;
    if (!problem) throw error;
    return problemResponse(problem, path);
  }
}
