import { request } from 'node:http';
import { connect } from 'node:net';

export interface RawAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

interface RawRequest {
  method?: string;
  /** Sent as they are, `Host` too. */
  headers?: Record<string, string>;
  body?: string;
  /** The address on loopback that the request comes from. */
  from?: string;
}

/** One request over a socket of its own, with any path and any header: what no browser and no `fetch` would send. */
export function rawRequest(base: string, path: string, { method = 'GET', headers = {}, body, from }: RawRequest = {}) {
  const { hostname, port } = new URL(base);
  return new Promise<RawAnswer>((resolve, reject) => {
    const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
    const options = { hostname, port, path, method, agent: false as const, headers: { ...length, ...headers } };
    const sent = request({ ...options, ...(from ? { localAddress: from } : {}) }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text });
      });
      answer.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** What comes back over a socket for exactly these characters. */
export function rawText(base: string, text: string): Promise<string> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname, () => socket.write(text));
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      socket.end();
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('latin1')));
  });
}

/** What an answer sets, `name=value; Attribute…` each. */
export const setCookies = (answer: RawAnswer): string[] => [answer.headers['set-cookie'] ?? []].flat();

/** The cookies of several answers as a browser would send them back. */
export const cookieHeader = (...answers: RawAnswer[]): string =>
  answers
    .flatMap(setCookies)
    .map((cookie) => cookie.split(';')[0])
    .join('; ');

interface SignIn {
  email: string;
  password: string;
  callbackUrl?: string;
  headers?: Record<string, string>;
  from?: string;
  /** What the browser has from before, `name=value; …`. */
  cookies?: string;
}

/** Signs in with a password as the form does. The answer, and the cookies that a browser would have afterwards. */
export async function signInRaw(base: string, options: SignIn) {
  const { email, password, callbackUrl = '/clips', headers = {}, from, cookies } = options;
  const csrf = await rawRequest(base, '/api/auth/csrf', { headers });
  const source = from ? { from } : {};
  const { csrfToken } = JSON.parse(csrf.text) as { csrfToken: string };
  const answer = await rawRequest(base, '/api/auth/callback/credentials', {
    method: 'POST',
    ...source,
    headers: {
      ...headers,
      'Content-Type': 'application/x-www-form-urlencoded',
      Cookie: [cookieHeader(csrf), cookies].filter(Boolean).join('; '),
    },
    body: new URLSearchParams({ csrfToken, email, password, callbackUrl, json: 'true' }).toString(),
  });
  return { answer, csrfToken, cookies: cookieHeader(csrf, answer) };
}
