'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { cn } from './cn.ts';

interface PageTabsProps {
  label: string;
  tabs: readonly { href: string; text: string }[];
  className?: string;
}

/** Pages that belong together, as tabs: links, of which the one to this page stands out. */
export function PageTabs({ label, tabs, className }: PageTabsProps) {
  const pathname = usePathname();
  return (
    <nav aria-label={label} className={cn('flex gap-1 border-b border-line', className)}>
      {tabs.map(({ href, text }) => {
        const here = pathname === href;
        return (
          <Link
            key={href}
            href={href}
            aria-current={here ? 'page' : undefined}
            className={cn(
              '-mb-px flex h-10 items-center rounded-t-md border-b-2 px-3 text-sm font-medium whitespace-nowrap transition-colors pointer-coarse:min-h-11',
              here ? 'border-accent text-text' : 'border-transparent text-muted hover:text-text',
            )}
          >
            {text}
          </Link>
        );
      })}
    </nav>
  );
}
