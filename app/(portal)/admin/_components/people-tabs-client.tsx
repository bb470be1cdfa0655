'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'use-intl';
import { cn } from '#app/_ui/cn.ts';

const TABS = ['users', 'keys', 'audit'] as const;

/** The three places of those who manage people. */
export function PeopleTabs() {
  const t = useTranslations('people.nav');
  const pathname = usePathname();
  return (
    <nav aria-label={t('label')} className="mb-4 flex gap-1 border-b border-line">
      {TABS.map((tab) => {
        const here = pathname === `/admin/${tab}`;
        return (
          <Link
            key={tab}
            href={`/admin/${tab}`}
            aria-current={here ? 'page' : undefined}
            className={cn(
              '-mb-px flex h-10 items-center rounded-t-md border-b-2 px-3 text-sm font-medium whitespace-nowrap transition-colors pointer-coarse:min-h-11',
              here ? 'border-accent text-text' : 'border-transparent text-muted hover:text-text',
            )}
          >
            {t(tab)}
          </Link>
        );
      })}
    </nav>
  );
}
