import { randomUUID } from 'node:crypto';
import type { Account, NextAuthOptions, Profile, User } from 'next-auth';
import type { JWT } from 'next-auth/jwt';
import CredentialsProvider from 'next-auth/providers/credentials';
import type { SignInThrottle } from '#lib/auth/sign-in-throttle.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { requestFacts } from '#lib/request-facts.ts';
import { endSession } from '#lib/users/end-sessions.ts';
import { findUserByIdentity } from '#lib/users/identity-repo.ts';
import { resolveSession } from '#lib/users/resolve-caller.ts';
import { SESSION_SECONDS, sessionClaimsOf } from '#lib/users/session-claims.ts';
import { type OidcClient, oidcProvider, type ProviderClaims } from './oidc-providers.ts';
import { type SignedInUser, signInByPassword } from './password-sign-in.ts';
import { recordSessionStart } from './record-sign-in.ts';
import { authCookies } from './session-cookie.ts';
import { type ProviderPolicy, signInByProvider } from './sign-in-by-provider.ts';

type Deps = Pick<PortalDeps, 'db' | 'logger' | 'now'>;

export interface AuthSettings {
  secret: string;
  secureCookie: boolean;
  throttle: SignInThrottle;
  providers: OidcClient[];
  policy: ProviderPolicy;
}

const passwordProvider = (deps: Deps, { throttle }: AuthSettings) =>
  CredentialsProvider({
    credentials: { email: { type: 'email' }, password: { type: 'password' } },
    authorize: (credentials, request) =>
      signInByPassword(
        deps,
        throttle,
        { email: String(credentials?.email ?? ''), password: String(credentials?.password ?? '') },
        { address: String(request.headers?.['x-forwarded-for'] ?? ''), device: requestFacts()?.device ?? null },
      ),
  });

/** The account that a session is made for: next-auth's `user` is the account itself, or what a provider says. */
async function accountOf(deps: Deps, user: User, account: Account | null, profile?: Profile) {
  if (account?.type !== 'oauth') return user as SignedInUser;
  const { iss, sub } = profile as unknown as ProviderClaims;
  return findUserByIdentity(deps.db, { provider: iss, subject: sub });
}

/** A cookie is made anew for a session that has not ended, and for no other: a copy would outlive it. */
async function holds(deps: Deps, token: JWT): Promise<boolean> {
  const session = sessionClaimsOf(token);
  return session !== null && (await resolveSession(deps, session)) !== null;
}

/** What a provider's library throws quotes the secrets of the exchange: its kind and its words are enough. */
const wordsOf = (error: unknown): unknown =>
  error instanceof Error && error.name === 'OAuthCallbackError'
    ? { type: error.name, message: error.message.replace(/[\w~.-]{16,}/g, '…') }
    : error;

/** next-auth: e-mail and password, and the OpenID Connect providers that are configured. */
export function nextAuthOptions(deps: Deps, settings: AuthSettings): NextAuthOptions {
  return {
    secret: settings.secret,
    useSecureCookies: settings.secureCookie,
    cookies: authCookies(settings.secureCookie),
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    pages: { signIn: '/signin', error: '/signin' },
    providers: [passwordProvider(deps, settings), ...settings.providers.map(oidcProvider)],
    callbacks: {
      async signIn({ account, profile }) {
        if (account?.type !== 'oauth') return true;
        const outcome = await signInByProvider(deps, settings.policy, profile);
        return 'user' in outcome ? true : `/signin?error=${outcome.refusal}`;
      },
      async jwt({ token, user, account, profile }) {
        if (!user) return (await holds(deps, token)) ? token : {};
        const signedIn = await accountOf(deps, user, account, profile);
        if (!signedIn) return {};
        await recordSessionStart(deps, signedIn.id, account?.provider);
        return { sub: signedIn.id, name: signedIn.name, sv: signedIn.sessionVersion, sid: randomUUID() };
      },
      session: ({ session, token }) => ({ expires: session.expires, user: { name: token.name ?? null } }),
      redirect({ url, baseUrl }) {
        // Only this origin: anything else, or anything that a browser could read as another host, goes home.
        const target = URL.canParse(url, baseUrl) ? new URL(url, baseUrl) : null;
        return target?.origin === new URL(baseUrl).origin ? target.href : baseUrl;
      },
    },
    events: {
      async signOut({ token }) {
        const session = sessionClaimsOf(token);
        if (session) await endSession(deps, session);
      },
    },
    logger: {
      error: (code, metadata) =>
        deps.logger.error({ code, err: wordsOf('error' in metadata ? metadata.error : metadata) }, 'next-auth'),
      warn: (code) => deps.logger.debug({ code }, 'next-auth'),
      debug: () => undefined,
    },
  };
}
