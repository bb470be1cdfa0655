'use client';

import { ChartColumn, Clapperboard, Film, Menu, Trash2, Upload } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { IconButton } from '#app/_ui/button.tsx';
import { cn } from '#app/_ui/cn.ts';
import { Sheet } from '#app/_ui/sheet.tsx';

const PLACES = [
  { name: 'clips', href: '/clips', icon: Clapperboard, needsMasters: false },
  { name: 'stats', href: '/stats', icon: ChartColumn, needsMasters: false },
  { name: 'upload', href: '/admin/upload', icon: Upload, needsMasters: true },
  { name: 'masters', href: '/admin/masters', icon: Film, needsMasters: true },
  { name: 'trash', href: '/admin/trash', icon: Trash2, needsMasters: true },
] as const;

const isInside = (pathname: string, href: string) => pathname === href || pathname.startsWith(`${href}/`);

function NavLinks({ canManageMasters, tall, onGo }: { canManageMasters: boolean; tall?: boolean; onGo?: () => void }) {
  const t = useTranslations('common');
  const pathname = usePathname();
  return PLACES.filter((place) => canManageMasters || !place.needsMasters).map(({ name, href, icon: Icon }) => {
    const here = isInside(pathname, href);
    return (
      <Link
        key={name}
        href={href}
        aria-current={here ? 'page' : undefined}
        {...(onGo ? { onClick: onGo } : {})}
        className={cn(
          'flex items-center gap-2 rounded-md text-sm font-medium transition-colors',
          tall ? 'h-11 px-3' : 'h-9 px-3',
          here ? 'bg-hover text-text' : 'text-muted hover:bg-hover hover:text-text',
        )}
      >
        <Icon aria-hidden className={cn('size-4', here && 'text-accent-text')} />
        {t(`nav.${name}`)}
      </Link>
    );
  });
}

/** The portal's places: a row on a wide screen, a sheet behind a button on a phone. */
export function PortalNav({ canManageMasters }: { canManageMasters: boolean }) {
  const t = useTranslations('common');
  return (
    <nav aria-label={t('nav.label')} className="hidden items-center gap-1 md:flex">
      <NavLinks canManageMasters={canManageMasters} />
    </nav>
  );
}

export function PortalNavSheet({ canManageMasters }: { canManageMasters: boolean }) {
  const t = useTranslations('common');
  const [open, setOpen] = useState(false);
  return (
    <div className="md:hidden">
      <IconButton label={t('nav.open')} aria-haspopup="dialog" aria-expanded={open} onClick={() => setOpen(true)}>
        <Menu aria-hidden />
      </IconButton>
      <Sheet open={open} onOpenChange={setOpen} side="left" title={t('nav.title')} closeLabel={t('action.close')}>
        <nav aria-label={t('nav.label')} className="flex flex-col gap-1">
          <NavLinks canManageMasters={canManageMasters} tall onGo={() => setOpen(false)} />
        </nav>
      </Sheet>
    </div>
  );
}
