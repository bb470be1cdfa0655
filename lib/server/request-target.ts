import { AppError } from '#lib/errors.ts';

/** Path and query of one request; the signed URLs and filters of this portal stay well below it. */
const MAX_TARGET_CHARACTERS = 8192;

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
export const ALLOW = METHODS.join(', ');

/** What a request asks for. */
export interface RequestTarget {
  method: string;
  /** As it was sent, still percent-encoded. */
  pathname: string;
  /** With its `?`, or empty. */
  search: string;
}

const malformed = (detail: string) => new AppError({ status: 400, code: 'malformed_url', detail });

/** 405 or 501: a method that nothing here has (RFC 9110 §15.5.6, §15.6.2). */
export const methodRefused = (status: 405 | 501) =>
  new AppError({
    status,
    code: 'method_not_allowed',
    detail: `This portal answers ${ALLOW}.`,
    headers: { Allow: ALLOW },
  });

/** Whether text decodes to UTF-8. */
function isSound(encoded: string): boolean {
  try {
    decodeURIComponent(encoded);
    return true;
  } catch {
    return false;
  }
}

/** NUL is in no text of ours, and in no name of a file. Routes of the API say which of their parameters has it. */
export function refuseNul({ pathname, search }: RequestTarget): void {
  if (`${pathname}${search}`.includes('%00')) throw malformed('NUL is in no URL.');
}

/**
 * Method, path and query of a request's first line. What comes through decodes as UTF-8 wherever it is decoded later.
 * @param url as Node gives it: the request target (RFC 9112 §3.2), in origin or absolute form.
 * @throws AppError 400 `malformed_url`, 405 `method_not_allowed`, 414 `url_too_long`.
 */
export function readTarget(method = '', url = ''): RequestTarget {
  if (!METHODS.includes(method)) throw methodRefused(405);
  if (url.length > MAX_TARGET_CHARACTERS) {
    const detail = `Path and query are at most ${MAX_TARGET_CHARACTERS} characters.`;
    throw new AppError({ status: 414, code: 'url_too_long', detail });
  }
  if (method === 'OPTIONS' && url === '*') return { method, pathname: '*', search: '' };
  const target = url.replace(/^https?:\/\/[^/?#]*/i, '');
  const [pathname = '', query] = target.split(/\?(.*)/s, 2);
  if (!pathname.startsWith('/')) throw malformed('The path begins with "/".');
  if (/[^!-~]/.test(target)) throw malformed('A URL is plain ASCII: percent-encode the rest.');
  if (!isSound(pathname)) throw malformed('The path is not percent-encoded UTF-8.');
  if (query !== undefined && !isSound(query)) throw malformed('The query is not percent-encoded UTF-8.');
  return { method, pathname, search: query === undefined ? '' : `?${query}` };
}
