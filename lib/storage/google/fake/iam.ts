import { createSign, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { json, text } from 'node:stream/consumers';

export interface FakeIamOptions {
  /** The service account of the machine, and the private key that only IAM has. */
  account: { email: string; privateKey: string };
  /** What an identity provider's token has to be, to be exchanged. */
  subjectToken?: string;
}

/** Google's metadata server, STS and IAM Credentials, as far as credentials without a key file need them. */
export interface FakeIam {
  /** `127.0.0.1:port`, for `GCE_METADATA_HOST`. */
  host: string;
  origin: string;
  /** `METHOD /path` of every request so far. */
  requestLines: string[];
  /** Statuses with which the next calls of signBlob are answered. */
  signBlobFaults: number[];
  close(): Promise<void>;
}

const METADATA = '/computeMetadata/v1';
const FLAVOR = { 'Metadata-Flavor': 'Google' };
const HOUR_S = 3600;

interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

const refused = (status: number): Answer => ({ status, body: { error: { code: status, message: 'refused' } } });
const bearerOf = (request: IncomingMessage) => /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';

function createAnswers({ account, subjectToken }: FakeIamOptions, signBlobFaults: number[]) {
  /** Access tokens of the account, and of federated identities that may impersonate it. */
  const tokens = { account: new Set<string>(), federated: new Set<string>() };
  const issue = (to: Set<string>): string => {
    const token = `ya29.${randomBytes(12).toString('base64url')}`;
    to.add(token);
    return token;
  };

  function metadata(request: IncomingMessage, path: string): Answer {
    if (request.headers['metadata-flavor'] !== 'Google') return refused(403);
    const token = () => ({ access_token: issue(tokens.account), expires_in: HOUR_S, token_type: 'Bearer' });
    const values: Record<string, () => unknown> = {
      '/instance': () => '',
      '/universe/universe-domain': () => 'googleapis.com',
      '/instance/service-accounts/default/email': () => account.email,
      '/instance/service-accounts/default/token': token,
    };
    const value = values[path];
    return value ? { status: 200, body: value(), headers: FLAVOR } : { ...refused(404), headers: FLAVOR };
  }

  /** RFC 8693: another provider's token for one of Google's. */
  async function exchange(request: IncomingMessage): Promise<Answer> {
    const form = new URLSearchParams(await text(request));
    if (subjectToken === undefined || form.get('subject_token') !== subjectToken) return refused(400);
    const issued_token_type = 'urn:ietf:params:oauth:token-type:access_token';
    const access_token = issue(tokens.federated);
    return { status: 200, body: { access_token, issued_token_type, token_type: 'Bearer', expires_in: HOUR_S } };
  }

  async function signBlob(request: IncomingMessage): Promise<Answer> {
    const { payload } = (await json(request)) as { payload: string };
    const fault = signBlobFaults.shift();
    if (fault !== undefined) return refused(fault);
    if (!tokens.account.has(bearerOf(request))) return refused(401);
    const signedBlob = createSign('RSA-SHA256')
      .update(Buffer.from(payload, 'base64'))
      .sign(account.privateKey, 'base64');
    return { status: 200, body: { keyId: 'fake', signedBlob } };
  }

  function impersonate(request: IncomingMessage): Answer {
    if (!tokens.federated.has(bearerOf(request))) return refused(403);
    const expireTime = new Date(Date.now() + HOUR_S * 1000).toISOString();
    return { status: 200, body: { accessToken: issue(tokens.account), expireTime } };
  }

  return async (request: IncomingMessage, path: string): Promise<Answer> => {
    const accountPath = `/v1/projects/-/serviceAccounts/${account.email}`;
    if (request.method === 'GET' && path.startsWith(METADATA)) {
      return metadata(request, path.slice(METADATA.length).replace(/\/$/, ''));
    }
    if (request.method !== 'POST') return refused(405);
    if (path === '/v1/token') return exchange(request);
    if (path === `${accountPath}:signBlob`) return signBlob(request);
    if (path === `${accountPath}:generateAccessToken`) return impersonate(request);
    return refused(404);
  };
}

/** Starts it on a loopback port. */
export async function startFakeIam(options: FakeIamOptions): Promise<FakeIam> {
  const requestLines: string[] = [];
  const signBlobFaults: number[] = [];
  const answer = createAnswers(options, signBlobFaults);
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const path = decodeURIComponent((request.url ?? '/').split('?', 1)[0] ?? '/');
    requestLines.push(`${request.method} ${path}`);
    const { status, body, headers } = await answer(request, path);
    const isText = typeof body === 'string';
    response.writeHead(status, { 'Content-Type': isText ? 'application/text' : 'application/json', ...headers });
    response.end(isText ? body : JSON.stringify(body));
  };
  const server = createServer((request, response) => {
    serve(request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The fake has no port.');
  const host = `127.0.0.1:${address.port}`;
  return {
    ...{ host, origin: `http://${host}`, requestLines, signBlobFaults },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
