import type { TokenSet } from 'next-auth';
import type { OAuthConfig } from 'next-auth/providers/oauth';

export interface OidcClient {
  /** Part of the callback's URL, `/api/auth/callback/{id}`, which the provider has to know. */
  id: string;
  /** On the button. */
  name: string;
  issuer: string;
  clientId: string;
  clientSecret: string;
}

/** Claims that a checked ID token and the userinfo endpoint gave. */
export interface ProviderClaims extends Record<string, unknown> {
  iss: string;
  sub: string;
}

const TIMEOUT_MS = 10_000;

/**
 * What an ID token may be signed with: keys that the provider alone has. RS256 is what every provider must know (OpenID
 * Connect Core 1.0 §15.1); the others count where its discovery document names them.
 */
const SIGNING_ALGS = new Set([
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
]);

interface CodeExchange {
  provider: { callbackUrl: string };
  params: Record<string, unknown>;
  checks: Record<string, unknown>;
  client: {
    issuer: { metadata: { id_token_signing_alg_values_supported?: unknown } };
    validateJWT(jwt: string, expectedAlg: string, ...rest: unknown[]): Promise<unknown>;
    callback(redirectUri: string, params: object, checks: object): Promise<TokenSet>;
  };
}

/** What a token says that it is signed with; its signature is checked by it afterwards. */
function algOf(jwt: string): unknown {
  try {
    return JSON.parse(Buffer.from(jwt.split('.', 1)[0] ?? '', 'base64url').toString())?.alg;
  } catch {
    return null;
  }
}

/**
 * Redeems the code. openid-client expects one algorithm, RS256 unless it is told otherwise before it has seen a token;
 * which one a provider uses for us is up to its own settings, out of those that it names.
 */
async function redeem({ provider, params, checks, client }: CodeExchange): Promise<{ tokens: TokenSet }> {
  const named = client.issuer.metadata.id_token_signing_alg_values_supported;
  const offered = new Set(Array.isArray(named) ? named.filter((alg) => SIGNING_ALGS.has(alg)) : []);
  const validate = client.validateJWT.bind(client);
  client.validateJWT = (jwt, expectedAlg, ...rest) => {
    const alg = algOf(jwt);
    return validate(jwt, typeof alg === 'string' && offered.has(alg) ? alg : expectedAlg, ...rest);
  };
  return { tokens: await client.callback(provider.callbackUrl, params, checks) };
}

interface UserinfoContext {
  tokens: TokenSet;
  client: {
    issuer: { metadata: Record<string, unknown> };
    userinfo(accessToken: string): Promise<Record<string, unknown> & { sub: string }>;
  };
}

/**
 * The ID token's claims, over those of the userinfo endpoint: many providers put address and roles only there. They
 * count for the same subject alone (OpenID Connect Core 1.0 §5.3.2).
 */
async function claimsOf({ tokens, client }: UserinfoContext): Promise<ProviderClaims> {
  const token = (tokens as TokenSet & { claims(): ProviderClaims }).claims();
  if (!client.issuer.metadata.userinfo_endpoint || !tokens.access_token) return token;
  const info = await client.userinfo(tokens.access_token);
  if (info.sub !== token.sub) throw new Error('the userinfo is about another subject than the ID token');
  return { ...info, ...token };
}

/**
 * An OpenID Connect provider for next-auth: authorization code with PKCE, state and nonce; endpoints and keys from the
 * issuer's discovery document. next-auth checks the ID token's signature, issuer, audience, times and nonce.
 */
export const oidcProvider = ({ issuer, ...client }: OidcClient): OAuthConfig<ProviderClaims> => ({
  ...client,
  type: 'oauth',
  issuer,
  wellKnown: `${issuer.replace(/(?<!\/)\/+$/, '')}/.well-known/openid-configuration`,
  authorization: { params: { scope: 'openid email profile' } },
  checks: ['pkce', 'state', 'nonce'],
  idToken: true,
  token: { request: redeem as never },
  httpOptions: { timeout: TIMEOUT_MS },
  userinfo: { request: claimsOf as never },
  profile: (claims) => ({ id: claims.sub, name: null, email: null }),
});
