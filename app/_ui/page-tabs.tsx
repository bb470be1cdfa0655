'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { cn } from './cn.ts';

interface PageTabsProps {
  label: string;
  tabs: readonly { href: string; text: string }[];
  className?: string;
}

/** Where the tabs are wider than the screen, the one to this page is in it. */
const showWhole = (tab: HTMLElement | null) => tab?.scrollIntoView({ inline: 'nearest', block: 'nearest' });

/** Pages that belong together, as tabs: links, of which the one to this page stands out. */
export function PageTabs({ label, tabs, className }: PageTabsProps) {
  const pathname = usePathname();
  return (
    <nav
      aria-label={label}
      className={cn(
        'flex gap-1 overflow-x-auto overflow-y-hidden border-b border-line [scrollbar-width:none]',
        className,
      )}
    >
      {tabs.map(({ href, text }) => {
        const here = pathname === href;
        return (
          <Link
            key={href}
            href={href}
            ref={here ? showWhole : null}
            aria-current={here ? 'page' : undefined}
            className={cn(
              'flex h-10 shrink-0 items-center -outline-offset-2 rounded-t-md border-b-2 px-3 text-sm font-medium whitespace-nowrap transition-colors pointer-coarse:min-h-11',
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
