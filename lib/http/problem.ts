import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { z } from 'zod';
import { isConnectionFault, isQueryTimeout } from '#lib/db/database-faults.ts';
import { AppError, type FieldFault, isAppError, unavailable } from '#lib/errors.ts';
import type { Logger } from '#lib/logger.ts';
import { isStoreError } from '#lib/storage/port/object-store.ts';
import type { ItemProblem, Problem } from './problem-schemas.ts';
import { textResponse } from './whole-text.ts';

const REQUEST_ID = /^[A-Za-z0-9_-]{8,64}$/;

/** The caller's own request id when it is a plain one, else a new one. */
export const requestIdOf = (given: string | null | undefined): string =>
  given && REQUEST_ID.test(given) ? given : randomUUID();

/** Faults that are nobody's input: the store's and the database's map to 503 when they may pass, else to 500. */
function toAppError(error: unknown): AppError {
  if (isAppError(error)) return error;
  if (isStoreError(error) && error.code === 'out_of_space') {
    return new AppError({ status: 507, code: 'out_of_space', detail: 'The object store is full.', cause: error });
  }
  if (isQueryTimeout(error)) {
    return new AppError({
      status: 503,
      code: 'query_timeout',
      detail: 'This took too long and was broken off; narrow the request, or try again later.',
      cause: error,
      headers: { 'Retry-After': '5' },
    });
  }
  const passing = (isStoreError(error) && error.retryable) || isConnectionFault(error);
  return passing
    ? unavailable(error)
    : new AppError({ status: 500, code: 'internal_error', detail: 'Something went wrong on our side.', cause: error });
}

/** Where a fault happened: what its document and its line in the log say of the request. */
export interface ProblemPlace {
  method: string;
  /** Without the query, which may hold signatures. */
  pathname: string;
  requestId: string;
}

/** A problem document with its status and headers, for whatever sends it. */
export interface ProblemAnswer {
  status: number;
  headers: Record<string, string>;
  json: Problem;
}

/** The problem document of anything thrown, logged once: callers' faults at `info`, ours at `error`. */
export function problemAnswer(error: unknown, place: ProblemPlace, logger: Logger): ProblemAnswer {
  const fault = toAppError(error);
  const { method, pathname, requestId } = place;
  const facts = { request_id: requestId, method, path: pathname, status: fault.status, code: fault.code };
  // 501 is a caller who asks for what HTTP does not have.
  if (fault.status >= 500 && fault.status !== 501) logger.error({ ...facts, err: error }, 'request failed');
  else logger.info(facts, 'request refused');
  return {
    status: fault.status,
    headers: {
      'Content-Type': 'application/problem+json',
      'Cache-Control': 'private, no-store',
      'X-Request-Id': requestId,
      ...fault.headers,
    },
    json: toProblem(fault, pathname, requestId),
  };
}

/** The same as a `Response`. */
export function problemResponse(error: unknown, request: Request, requestId: string, logger: Logger): Response {
  const { pathname } = new URL(request.url);
  const { json, ...init } = problemAnswer(error, { method: request.method, pathname, requestId }, logger);
  return textResponse(JSON.stringify(json), init);
}

const toProblem = (fault: AppError, pathname: string, requestId: string): Problem => ({
  ...toItemProblem(fault),
  instance: pathname,
  request_id: requestId,
});

export const toItemProblem = (fault: AppError): ItemProblem => ({
  type: `urn:heartbeat:problem:${fault.code}`,
  title: STATUS_CODES[fault.status] ?? 'Error',
  status: fault.status,
  detail: fault.message,
  code: fault.code,
  ...(fault.errors ? { errors: fault.errors } : {}),
});

/** Zod's issues as field faults: a dotted path and a sentence each. */
export const toFieldFaults = (error: z.ZodError, at = ''): FieldFault[] =>
  error.issues.slice(0, 50).flatMap((issue) => {
    const prefix = [at, ...issue.path].filter((part) => part !== '').join('.');
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.slice(0, 20).map((key) => ({
        path: [prefix, key.slice(0, 100)].filter(Boolean).join('.'),
        message: 'This is not a known field.',
      }));
    }
    return [{ path: prefix, message: issue.message }];
  });
