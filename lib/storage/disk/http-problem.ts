/** A problem document (RFC 9457) of the object routes. `code` is stable; clients switch on it. */
export interface ObjectProblem {
  status: number;
  code: string;
  detail: string;
  headers?: Record<string, string>;
}

const TITLES: Record<number, string> = {
  400: 'Bad request',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  410: 'Gone',
  412: 'Precondition failed',
  416: 'Range not satisfiable',
  499: 'Client closed request',
  503: 'Service unavailable',
  507: 'Insufficient storage',
};

/** The response of a problem. `instance` is a path without its query: queries hold signatures and upload ids. */
export function problemResponse(problem: ObjectProblem, instance: string): Response {
  const { status, code, detail, headers } = problem;
  const body = JSON.stringify({
    type: 'about:blank',
    title: TITLES[status] ?? 'Error',
    status,
    detail,
    instance,
    code,
  });
  return new Response(body, {
    status,
    headers: {
      'Content-Type': 'application/problem+json',
      'Content-Length': String(Buffer.byteLength(body)),
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      ...headers,
    },
  });
}
