import { type FieldFault, guardOf, TaggedError } from '#lib/errors.ts';
import { tellReachable } from './reachability.ts';

/** RFC 9457, with the portal's own members. */
export interface ProblemDocument {
  title: string;
  status: number;
  detail: string;
  code: string;
  request_id: string | null;
  errors?: FieldFault[];
}

/** Every failed call: `problem.code` to switch on, `problem.detail` to show, `problem.request_id` to quote. */
export class ApiError extends TaggedError {
  readonly problem: ProblemDocument;

  constructor(problem: ProblemDocument, options?: { cause?: unknown }) {
    super('ApiError', problem.detail, options);
    this.problem = problem;
  }

  get status(): number {
    return this.problem.status;
  }
}
export const isApiError = guardOf<ApiError>('ApiError');

const textOr = (value: unknown, fallback: string): string => (typeof value === 'string' && value ? value : fallback);

/** Makes a problem of whatever a server or a proxy answered. */
const problemOf = (response: Response, body: unknown): ProblemDocument => {
  const fields: Record<string, unknown> = typeof body === 'object' && body !== null ? { ...body } : {};
  const requestId = fields.request_id ?? response.headers.get('x-request-id');
  return {
    title: textOr(fields.title, response.statusText || 'Error'),
    status: response.status,
    detail: textOr(fields.detail, `The server answered ${response.status}.`),
    code: textOr(fields.code, 'unexpected_answer'),
    request_id: typeof requestId === 'string' ? requestId : null,
    ...(Array.isArray(fields.errors) ? { errors: fields.errors as FieldFault[] } : {}),
  };
};

interface ApiRequest {
  method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is, in the body's place; `content-type` says what it is. */
  file?: Blob;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/**
 * Calls the portal's own API: `apiFetch<ClipJson>('/clips/abc')`, the path being relative to `/api/v2`.
 * The answer was validated where it was made, so it is not checked again. An empty answer is `undefined`.
 * Throws `ApiError`; when no answer comes at all, one with status 0 and code `network`. Aborts pass through.
 */
export const apiFetch = async <T>(path: string, request: ApiRequest = {}): Promise<T> => {
  const { method = 'GET', body, file, headers, signal } = request;
  let response: Response;
  try {
    response = await fetch(`/api/v2${path}`, {
      method,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(file === undefined ? {} : { body: file }),
      ...(signal ? { signal } : {}),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    tellReachable(false);
    const problem = {
      title: 'Network',
      status: 0,
      detail: 'No answer from the server.',
      code: 'network',
      request_id: null,
    };
    throw new ApiError(problem, { cause });
  }
  tellReachable(true);
  const text = await response.text();
  const parsed = parseJson(text);
  if (!response.ok) throw new ApiError(problemOf(response, parsed));
  if (text !== '' && parsed === undefined) throw new ApiError(problemOf(response, undefined));
  return parsed as T;
};

const parseJson = (text: string): unknown => {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
};
