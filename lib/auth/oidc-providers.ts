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
  httpOptions: { timeout: TIMEOUT_MS },
  userinfo: { request: claimsOf as never },
  profile: (claims) => ({ id: claims.sub, name: null, email: null }),
});
