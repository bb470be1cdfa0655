import { guardOf, TaggedError } from '#lib/errors.ts';
import { isStoreError, StoreError } from '#lib/storage/port/object-store.ts';

const NETWORK_FAULTS = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'ENOTFOUND',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_SOCKET_CONNECTION_TIMEOUT',
  'UND_ERR_SOCKET',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** No answer within the time that a call has. */
export class GcsTimeout extends TaggedError {
  constructor(timeoutMs: number) {
    super('GcsTimeout', `Google Cloud Storage did not answer within ${timeoutMs} ms.`);
  }
}
const isGcsTimeout = guardOf<GcsTimeout>('GcsTimeout');

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** The client library says the HTTP status as `code`, `status` or `response.status`, as number or text. */
export function statusOf(error: unknown): number | undefined {
  if (!isRecord(error)) return undefined;
  const response = isRecord(error.response) ? error.response.status : undefined;
  for (const value of [error.code, error.status, response]) {
    const status = Number(value);
    if (Number.isInteger(status) && status >= 300 && status < 600) return status;
  }
  return undefined;
}

const NETWORK_WORDS =
  /socket hang up|ECONNRESET|premature close|ETIMEDOUT|EAI_AGAIN|fetch failed|network timeout|Retry (total time )?limit exceeded/i;

function isNetworkFault(error: unknown): boolean {
  if (isGcsTimeout(error)) return true;
  if (!isRecord(error)) return false;
  if (typeof error.code === 'string' && NETWORK_FAULTS.has(error.code)) return true;
  if (typeof error.message === 'string' && NETWORK_WORDS.test(error.message)) return true;
  return error.cause !== undefined && error.cause !== error && isNetworkFault(error.cause);
}

/** Whether the same call may go through later: 408, 429, 5xx, and a network that failed on the way. */
export function isRetryable(error: unknown): boolean {
  if (isStoreError(error)) return error.retryable;
  const status = statusOf(error);
  if (status !== undefined) return status === 408 || status === 429 || status >= 500;
  return isNetworkFault(error);
}

/** Query strings hold signatures, session ids and tokens: of a URL only its start may be told. */
export const withoutSecrets = (text: string): string =>
  text
    .replace(/(https?:\/\/[^\s?"'<>]+)(\?[^\s"'<>]*)?/g, (_, url, query) => (query ? `${url}?…` : url))
    .replace(/(upload_id|X-Goog-Signature|X-Goog-Credential|Signature|access_token)=[^\s&"'<>]+/gi, '$1=…')
    .replace(/Bearer [\w.~+/=-]+/g, 'Bearer …');

/** A copy that keeps what helps and drops request, response and configuration, where tokens and URLs lie. */
function cleanCause(error: unknown): Error {
  const source = error instanceof Error ? error : new Error(String(error));
  const copy = new Error(withoutSecrets(source.message).slice(0, 2000));
  copy.name = source.name;
  if (source.stack) copy.stack = withoutSecrets(source.stack).slice(0, 4000);
  const code = 'code' in source ? source.code : undefined;
  return typeof code === 'string' || typeof code === 'number' ? Object.assign(copy, { code }) : copy;
}

/** A failure of the client library as the store's own error. Errors of the store and of the caller pass unchanged. */
export function toGcsStoreError(error: unknown): StoreError {
  if (isStoreError(error)) return error;
  const cause = cleanCause(error);
  const status = statusOf(error);
  switch (status) {
    case 404:
      return new StoreError('not_found', 'There is no such object.', { cause });
    case 412:
      return new StoreError('precondition_failed', 'The object is another generation.', { cause });
    case 416:
      return new StoreError('bad_range', "The range lies outside the object's bytes.", { cause });
    case 401:
      return new StoreError('unavailable', 'Google Cloud Storage refused the credentials.', {
        cause,
        retryable: false,
      });
    case 403:
      return new StoreError('forbidden', 'The credentials for Google Cloud Storage lack a permission on the bucket.', {
        cause,
      });
    default: {
      const what =
        status === undefined ? `did not work: ${cause.message.split('\n', 1)[0]}` : `answered with status ${status}.`;
      return new StoreError('unavailable', `Google Cloud Storage ${what}`, { cause, retryable: isRetryable(error) });
    }
  }
}
