import { createSignInThrottle } from '#lib/auth/sign-in-throttle.ts';
import { type Env, isHttps } from '#lib/config/env.ts';
import type { Database } from '#lib/db/prisma-client.ts';
import type { AuthSettings } from '#lib/sign-in/next-auth-options.ts';
import type { OidcClient } from '#lib/sign-in/oidc-providers.ts';

/** The OpenID Connect providers that the environment names whole. */
export function providersOf(env: Env): OidcClient[] {
  const providers: OidcClient[] = [];
  if (env.GOOGLE_CLIENT_ID && env.GOOGLE_CLIENT_SECRET) {
    const client = { clientId: env.GOOGLE_CLIENT_ID, clientSecret: env.GOOGLE_CLIENT_SECRET };
    providers.push({ id: 'google', name: 'Google', issuer: 'https://accounts.google.com', ...client });
  }
  if (env.OIDC_ISSUER && env.OIDC_CLIENT_ID && env.OIDC_CLIENT_SECRET) {
    const client = { clientId: env.OIDC_CLIENT_ID, clientSecret: env.OIDC_CLIENT_SECRET };
    providers.push({ id: 'oidc', name: env.OIDC_NAME, issuer: env.OIDC_ISSUER, ...client });
  }
  return providers;
}

/** How people sign in to this portal. */
export const authSettingsOf = (env: Env, db: Database): AuthSettings => ({
  secret: env.NEXTAUTH_SECRET,
  secureCookie: isHttps(env),
  throttle: createSignInThrottle(db),
  providers: providersOf(env),
  policy: {
    allowedDomains: env.SIGNIN_ALLOWED_DOMAINS,
    roleClaim: env.OIDC_ROLE_CLAIM,
    rules: env.SIGNIN_ROLES,
  },
});
