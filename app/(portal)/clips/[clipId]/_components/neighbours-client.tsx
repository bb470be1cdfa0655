'use client';

import { ArrowLeft, ChevronLeft, ChevronRight } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { type ClipQuery, clipHref, clipsHref } from '#app/_client/clip-query.ts';
import { Button } from '#app/_ui/button.tsx';
import { Tooltip } from '#app/_ui/tooltip.tsx';

export interface NeighbourLinks {
  previous: string | null;
  next: string | null;
  position: number | null;
  total: number | null;
}

interface NeighboursProps {
  neighbours: NeighbourLinks;
  /** The list that one came from. */
  query: ClipQuery;
}

/** Back to the list, and to the clips before and after this one in it. Both pages are fetched ahead. */
export function Neighbours({ neighbours, query }: NeighboursProps) {
  const t = useTranslations('clip.neighbours');
  const { previous, next, position, total } = neighbours;
  return (
    <nav aria-label={t('label')} className="flex items-center gap-1.5">
      <Button asChild variant="ghost" size="sm">
        <Link href={clipsHref(query)}>
          <ArrowLeft aria-hidden />
          {t('back')}
        </Link>
      </Button>
      <span className="flex-1" />
      {position === null ? null : (
        <span className="px-1 text-xs whitespace-nowrap text-muted">
          {total === null ? t('place', { position }) : t('position', { position, total })}
        </span>
      )}
      <NeighbourLink clipId={previous} query={query} label={t('previous')}>
        <ChevronLeft aria-hidden />
      </NeighbourLink>
      <NeighbourLink clipId={next} query={query} label={t('next')}>
        <ChevronRight aria-hidden />
      </NeighbourLink>
    </nav>
  );
}

interface NeighbourLinkProps {
  clipId: string | null;
  query: ClipQuery;
  label: string;
  children: ReactNode;
}

function NeighbourLink({ clipId, query, label, children }: NeighbourLinkProps) {
  if (clipId === null) {
    return (
      <Button size="sm" className="size-8 px-0" disabled aria-label={label}>
        {children}
      </Button>
    );
  }
  return (
    <Tooltip text={label}>
      <Button asChild size="sm" className="size-8 px-0">
        <Link href={clipHref(clipId, query)} replace prefetch aria-label={label}>
          {children}
        </Link>
      </Button>
    </Tooltip>
  );
}
