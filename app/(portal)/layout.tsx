import { cookies } from 'next/headers';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { readTheme, THEME_COOKIE } from '#app/_client/theme.ts';
import { getTranslator } from '#app/_i18n/server.ts';
import { findPageUser } from '#app/_session/page-user.ts';
import { BrandMark } from '#app/_ui/brand-mark.tsx';
import { Watcher } from '#app/_watched/watcher-client.tsx';
import { capabilitiesOf } from '#lib/auth/permissions.ts';
import { listClubs } from '#lib/clubs/manage-clubs.ts';
import { getWebRuntime } from '#lib/runtime/web.ts';
import { ClubLine, ClubMark, ClubsProvider } from './_clubs/clubs-client.tsx';
import { LiveEvents } from './_components/live-events-client.tsx';
import { OfflineLine } from './_components/offline-line-client.tsx';
import { PortalNav, PortalNavSheet } from './_components/portal-nav-client.tsx';
import { UserMenu } from './_components/user-menu-client.tsx';

/**
 * The signed-in shell: one bar, then the page. Each page asks for its reader itself and knows where to come back to
 * after signing in; the shell only leaves its bar out when there is nobody.
 */
export default async function PortalLayout({ children }: { children: ReactNode }) {
  const [user, t, jar] = await Promise.all([findPageUser(), getTranslator('common'), cookies()]);
  if (!user) return children;
  const can = capabilitiesOf(user);
  const { deps } = await getWebRuntime();
  const [only, ...others] = user.teamAccess;
  const team = only === 'ALL' || others.length > 0 ? null : (only ?? null);
  return (
    <ClubsProvider clubs={await listClubs(deps)}>
      <a
        href="#content"
        className="sr-only rounded-md bg-accent px-4 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50"
      >
        {t('skipToContent')}
      </a>
      <header className="sticky top-0 z-30 border-b border-line bg-bg/95 backdrop-blur-sm">
        <ClubLine team={team} />
        <div className="flex h-14 items-center gap-2 px-3 md:gap-5 md:px-5">
          <PortalNavSheet can={can} />
          <Link href="/clips" className="flex min-h-11 items-center gap-2 rounded-md font-semibold tracking-tight">
            <BrandMark />
            <span>{t('appName')}</span>
            <ClubMark team={team} className="ml-1 max-sm:hidden" />
          </Link>
          <PortalNav can={can} />
          <div className="ml-auto">
            <UserMenu name={user.name} role={user.role} theme={readTheme(jar.get(THEME_COOKIE)?.value)} />
          </div>
        </div>
        <OfflineLine />
      </header>
      <main id="content" tabIndex={-1} className="px-3 py-4 outline-none md:px-5 md:py-5">
        <Watcher userId={user.userId}>{children}</Watcher>
      </main>
      <LiveEvents userId={user.userId} />
    </ClubsProvider>
  );
}
