/** One fault in one field of a request: `path` is dotted (`tags.0`), `message` is for the person who sent it. */
export interface FieldFault {
  path: string;
  message: string;
}

const TAG: unique symbol = Symbol.for('heartbeat.error');

/**
 * An error that says by a tag what it is. Next loads each route as a bundle with classes of its own, so an error that
 * one bundle threw is no instance of another's class; the tag is the same everywhere (docs/adr/0028).
 */
export abstract class TaggedError extends Error {
  readonly [TAG]: string;

  protected constructor(tag: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = tag;
    this[TAG] = tag;
  }
}

/** The guard that stands for `instanceof` on one class of the portal's own: tells its errors, whoever threw them. */
export const guardOf =
  <E extends TaggedError>(tag: string) =>
  (error: unknown): error is E =>
    typeof error === 'object' && error !== null && TAG in error && error[TAG] === tag;

interface AppErrorInit {
  /** HTTP status that the fault maps to. */
  status: number;
  /** Stable machine-readable name, snake_case. Clients switch on it, so it never changes its meaning. */
  code: string;
  /** What happened and what to do about it, safe to show to the caller. */
  detail: string;
  errors?: FieldFault[];
  cause?: unknown;
  headers?: Record<string, string>;
}

/** The only kind of error whose message reaches a caller; anything else becomes an anonymous 500. */
export class AppError extends TaggedError {
  readonly status: number;
  readonly code: string;
  readonly errors: FieldFault[] | undefined;
  readonly headers: Record<string, string> | undefined;

  constructor(init: AppErrorInit) {
    super('AppError', init.detail, { cause: init.cause });
    this.status = init.status;
    this.code = init.code;
    this.errors = init.errors;
    this.headers = init.headers;
  }
}
export const isAppError = guardOf<AppError>('AppError');

/** 401: no credentials, or credentials that do not hold. */
export const unauthenticated = (detail = 'Sign in, or send an API key as "Authorization: Bearer hb_…".') =>
  new AppError({
    status: 401,
    code: 'unauthenticated',
    detail,
    headers: { 'WWW-Authenticate': 'Bearer realm="heartbeat-media"' },
  });

/** 403: the resource is known to the caller, the verb is not theirs. */
export const forbidden = (detail = 'Your role does not allow this.', code = 'forbidden') =>
  new AppError({ status: 403, code, detail });

/** 404: not there, or outside the caller's reach; the two are indistinguishable on purpose. */
export const notFound = (what: string) =>
  new AppError({ status: 404, code: 'not_found', detail: `${what} not found.` });

/** 409: the request is sound but the state of the thing refuses it. */
export const conflict = (code: string, detail: string) => new AppError({ status: 409, code, detail });

/** 400: the request cannot be understood; `errors` names each bad field. */
export const badRequest = (errors: FieldFault[], detail = 'The request has bad fields.') =>
  new AppError({ status: 400, code: 'invalid_request', detail, errors });

/** 422: the request is well-formed, and what it asks for is impossible. */
export const unprocessable = (code: string, detail: string, errors?: FieldFault[], cause?: unknown) =>
  new AppError({ status: 422, code, detail, ...(errors ? { errors } : {}), cause });

/** 503: a service that the portal needs does not answer, and may again shortly. */
export const unavailable = (
  cause?: unknown,
  detail = 'A service that this needs does not answer; try again shortly.',
) => new AppError({ status: 503, code: 'unavailable', detail, cause, headers: { 'Retry-After': '5' } });

/** The text of anything thrown, for logs and for `cause` chains. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
