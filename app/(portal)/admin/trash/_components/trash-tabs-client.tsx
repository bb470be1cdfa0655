'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'use-intl';
import { cn } from '#app/_ui/cn.ts';

const TABS = { clips: '/admin/trash', masters: '/admin/trash/masters' } as const;

/** The two kinds of things that lie in the trash. */
export function TrashTabs() {
  const t = useTranslations('common.nav');
  const pathname = usePathname();
  return (
    <nav aria-label={t('trash')} className="flex gap-1 border-b border-line">
      {(['clips', 'masters'] as const).map((tab) => {
        const here = pathname === TABS[tab];
        return (
          <Link
            key={tab}
            href={TABS[tab]}
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
