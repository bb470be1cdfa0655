import type { NextAuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import type { PortalDeps } from '#lib/deps.ts';
import { userContextOf } from '#lib/users/user-context-of.ts';
import { findUserByEmail } from '#lib/users/user-repo.ts';
import { verifyPassword } from './password.ts';
import { authCookies } from './session-cookie.ts';

const SESSION_SECONDS = 30 * 24 * 60 * 60;

interface AuthSettings {
  secret: string;
  secureCookie: boolean;
}

/** next-auth with e-mail and password. A wrong password and an unknown account get the same answer, as fast. */
export function nextAuthOptions(deps: Pick<PortalDeps, 'db' | 'logger'>, settings: AuthSettings): NextAuthOptions {
  return {
    secret: settings.secret,
    useSecureCookies: settings.secureCookie,
    cookies: authCookies(settings.secureCookie),
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    pages: { signIn: '/signin', error: '/signin' },
    providers: [
      CredentialsProvider({
        credentials: { email: { type: 'email' }, password: { type: 'password' } },
        async authorize(credentials) {
          const email = String(credentials?.email ?? '').slice(0, 254);
          const user = email ? await findUserByEmail(deps.db, email) : null;
          const matches = await verifyPassword(user?.passwordHash, String(credentials?.password ?? ''));
          if (!matches || !user || !userContextOf(user)) {
            deps.logger.info({ user_id: user?.id }, 'sign-in refused');
            return null;
          }
          return { id: user.id, name: user.name, email: user.email, sessionVersion: user.sessionVersion };
        },
      }),
    ],
    callbacks: {
      jwt({ token, user }) {
        if (!user) return token;
        return { sub: user.id, name: user.name, sv: (user as { sessionVersion?: number }).sessionVersion };
      },
      session: ({ session, token }) => ({ expires: session.expires, user: { name: token.name ?? null } }),
      redirect({ url, baseUrl }) {
        // Only this origin: anything else, or anything that a browser could read as another host, goes home.
        const target = URL.canParse(url, baseUrl) ? new URL(url, baseUrl) : null;
        return target?.origin === new URL(baseUrl).origin ? target.href : baseUrl;
      },
    },
    logger: {
      error: (code, metadata) =>
        deps.logger.error({ code, err: 'error' in metadata ? metadata.error : metadata }, 'next-auth'),
      warn: (code) => deps.logger.debug({ code }, 'next-auth'),
      debug: () => undefined,
    },
  };
}
