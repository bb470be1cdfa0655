import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { oidcProvider } from './oidc-providers.ts';

const CALLBACK = 'http://portal.example/api/auth/callback/oidc';
const require = createRequire(import.meta.url);
// next-auth's own way to make its client, which its exports do not name.
const { openidClient } = require(path.join(path.dirname(require.resolve('next-auth')), 'core/lib/oauth/client.js')) as {
  openidClient(options: { provider: object }): Promise<object>;
};

const KEYS = {
  RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  EdDSA: generateKeyPairSync('ed25519'),
};

const RSA_PSS = { padding: 6, saltLength: 32 };
const signatureOf = (alg: string, text: string): Buffer => {
  const bytes = Buffer.from(text);
  const key = (name: keyof typeof KEYS): KeyObject => KEYS[name].privateKey;
  if (alg === 'ES256') return sign('sha256', bytes, { key: key('ES256'), dsaEncoding: 'ieee-p1363' });
  if (alg === 'EdDSA') return sign(null, bytes, key('EdDSA'));
  if (alg === 'HS256') return createHmac('sha256', 'secret').update(bytes).digest();
  if (alg === 'none') return Buffer.alloc(0);
  return sign('sha256', bytes, { key: key('RS256'), ...(alg === 'PS256' ? RSA_PSS : {}) });
};

let server: Server;
afterEach(() => server.close());

/** Signs in at a provider that names these algorithms, and signs its tokens with this one. */
async function signIn(alg: string, named: string[] | undefined, forged = false) {
  let issuer = '';
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const idToken = () => {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: issuer, sub: 'coach', aud: 'portal', iat: now, exp: now + 60, nonce: 'n' };
    const text = `${part({ alg })}.${part(claims)}`;
    return `${text}.${signatureOf(alg, forged ? `${text}x` : text).toString('base64url')}`;
  };
  const answers: Record<string, () => object> = {
    '/.well-known/openid-configuration': () => ({
      ...{ issuer, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/jwks` },
      ...(named ? { id_token_signing_alg_values_supported: named } : {}),
    }),
    '/jwks': () => ({ keys: Object.values(KEYS).map(({ publicKey }) => publicKey.export({ format: 'jwk' })) }),
    '/token': () => ({ access_token: 'a', token_type: 'Bearer', id_token: idToken() }),
  };
  server = createServer((request, response) => {
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify(answers[request.url ?? '']?.() ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = oidcProvider({ id: 'oidc', name: 'Club', issuer, clientId: 'portal', clientSecret: 'secret' });
  const client = await openidClient({ provider: { ...provider, callbackUrl: CALLBACK } });
  const { request } = provider.token as unknown as {
    request(context: object): Promise<{ tokens: { claims(): { sub: string } } }>;
  };
  const checks = { state: 's', nonce: 'n', code_verifier: 'v', response_type: 'code' };
  const context = { provider: { callbackUrl: CALLBACK }, params: { code: 'c', state: 's' }, checks, client };
  return (await request(context)).tokens.claims().sub;
}

it.each([
  ['RS256', ['RS256']],
  ['RS256', undefined],
  ['ES256', ['ES256']],
  ['ES256', ['RS256', 'ES256']],
  ['PS256', ['RS256', 'PS256']],
  ['EdDSA', ['EdDSA', 'HS256']],
])('takes an ID token signed with %s from a provider that names %j', async (alg, named) => {
  expect(await signIn(alg, named)).toBe('coach');
});

it.each([
  ['ES256', ['RS256']],
  ['ES256', undefined],
  ['none', ['RS256', 'none']],
  ['HS256', ['RS256', 'HS256']],
])('takes none signed with %s from a provider that names %j', async (alg, named) => {
  await expect(signIn(alg, named)).rejects.toThrow(/unexpected JWT alg/);
});

it.each(['RS256', 'ES256', 'PS256', 'EdDSA'])('takes none whose %s signature is not of the token', async (alg) => {
  await expect(signIn(alg, [alg], true)).rejects.toThrow(/signature|failed to validate/);
});
