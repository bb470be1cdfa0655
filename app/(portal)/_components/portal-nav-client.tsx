'use client';

import { useQuery } from '@tanstack/react-query';
import {
  ChartColumn,
  Clapperboard,
  Film,
  ListVideo,
  Menu,
  MonitorPlay,
  SquareStack,
  Trash2,
  Upload,
  Users,
} from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { newReelsOptions } from '#app/_client/reel-queries.ts';
import { Badge } from '#app/_ui/badge.tsx';
import { IconButton } from '#app/_ui/button.tsx';
import { cn } from '#app/_ui/cn.ts';
import { Sheet } from '#app/_ui/late-sheet.tsx';

const PLACES = [
  { name: 'clips', href: '/clips', icon: Clapperboard, needs: null },
  { name: 'games', href: '/games', icon: ListVideo, needs: null },
  { name: 'reels', href: '/reels', icon: SquareStack, needs: null },
  { name: 'film', href: '/masters', icon: MonitorPlay, needs: 'canWatchMasters' },
  { name: 'stats', href: '/stats', icon: ChartColumn, needs: null },
  { name: 'upload', href: '/admin/upload', icon: Upload, needs: 'canManageMasters' },
  { name: 'masters', href: '/admin/masters', icon: Film, needs: 'canManageMasters' },
  { name: 'trash', href: '/admin/trash', icon: Trash2, needs: 'canManageMasters' },
  { name: 'people', href: '/admin/users', icon: Users, needs: 'canManagePeople' },
] as const;

/** Places that have no entry of their own, under the one that leads to them. */
const UNDER: Record<string, readonly string[]> = { '/admin/users': ['/admin/clubs', '/admin/keys', '/admin/audit'] };

const isInside = (pathname: string, href: string) =>
  [href, ...(UNDER[href] ?? [])].some((place) => pathname === place || pathname.startsWith(`${place}/`));

interface NavCapabilities {
  canWatchMasters: boolean;
  canManageMasters: boolean;
  canManagePeople: boolean;
}

function NavLinks({ can, tall, onGo }: { can: NavCapabilities; tall?: boolean; onGo?: () => void }) {
  const t = useTranslations('common');
  const pathname = usePathname();
  return PLACES.filter(({ needs }) => needs === null || can[needs]).map(({ name, href, icon: Icon }) => {
    const here = isInside(pathname, href);
    return (
      <Link
        key={name}
        href={href}
        aria-current={here ? 'page' : undefined}
        {...(onGo ? { onClick: onGo } : {})}
        className={cn(
          'flex items-center gap-2 rounded-md text-sm font-medium transition-colors',
          tall ? 'h-11 px-3' : 'h-9 px-3 pointer-coarse:min-h-11',
          here ? 'bg-hover text-text' : 'text-muted hover:bg-hover hover:text-text',
        )}
      >
        {/* In a row, words alone have room on a small screen. */}
        <Icon aria-hidden className={cn('size-4', !tall && 'max-xl:hidden', here && 'text-accent-text')} />
        {t(`nav.${name}`)}
        {name === 'reels' ? <NewReels /> : null}
      </Link>
    );
  });
}

/** How many reels others show to the reader that were not opened yet. */
function NewReels() {
  const t = useTranslations('common');
  const { data: count = 0 } = useQuery(newReelsOptions());
  if (count === 0) return null;
  return (
    <Badge tone="accent" className="tabular-nums">
      <span aria-hidden>{count > 99 ? '99+' : count}</span>
      <span className="sr-only">{t('nav.newReels', { count })}</span>
    </Badge>
  );
}

/** The portal's places: a row on a wide screen, a sheet behind a button on a phone. */
export function PortalNav({ can }: { can: NavCapabilities }) {
  const t = useTranslations('common');
  return (
    <nav aria-label={t('nav.label')} className="hidden items-center gap-1 lg:flex">
      <NavLinks can={can} />
    </nav>
  );
}

export function PortalNavSheet({ can }: { can: NavCapabilities }) {
  const t = useTranslations('common');
  const [open, setOpen] = useState(false);
  return (
    <div className="lg:hidden">
      <IconButton label={t('nav.open')} aria-haspopup="dialog" aria-expanded={open} onClick={() => setOpen(true)}>
        <Menu aria-hidden />
      </IconButton>
      <Sheet open={open} onOpenChange={setOpen} side="left" title={t('nav.title')} closeLabel={t('action.close')}>
        <nav aria-label={t('nav.label')} className="flex flex-col gap-1">
          <NavLinks can={can} tall onGo={() => setOpen(false)} />
        </nav>
      </Sheet>
    </div>
  );
}
