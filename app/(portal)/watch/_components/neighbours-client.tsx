'use client';

import { ArrowLeft, ChevronLeft, ChevronRight } from 'lucide-react';
import Link from 'next/link';
import type { ComponentProps, ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { type ClipQuery, clipQueryText, clipsHref } from '#app/_client/clip-query.ts';
import { type ListPlace, queuedHref } from '#app/_client/clip-queue.ts';
import { Button } from '#app/_ui/button.tsx';
import { Tooltip, TooltipProvider } from '#app/_ui/tooltip.tsx';
import { leaveForList, listLeft } from '#app/(portal)/_clips/use-list-memory.ts';

interface NeighboursProps {
  place: ListPlace;
  /** The list that one came from. */
  query: ClipQuery;
  queueName: string | null;
}

/** Back to the list, and to the clips before and after this one in it. Both pages are fetched ahead. */
export function Neighbours({ place, query, queueName }: NeighboursProps) {
  const t = useTranslations('clip.neighbours');
  const { previous, next, position, total } = place;
  const hrefOf = (clipId: string | null) => (clipId === null ? null : queuedHref(clipId, query, queueName));
  return (
    <nav aria-label={t('label')} className="clip-neighbours">
      <Button asChild variant="ghost" size="sm">
        <BackToList query={query}>
          <ArrowLeft aria-hidden />
          {t('back')}
        </BackToList>
      </Button>
      <span className="flex-1" />
      {position === null ? null : (
        <span className="px-1 text-xs whitespace-nowrap text-muted">
          {total === null ? t('place', { position }) : t('position', { position, total })}
        </span>
      )}
      <TooltipProvider>
        <NeighbourLink href={hrefOf(previous)} label={t('previous')}>
          <ChevronLeft aria-hidden />
        </NeighbourLink>
        <NeighbourLink href={hrefOf(next)} label={t('next')}>
          <ChevronRight aria-hidden />
        </NeighbourLink>
      </TooltipProvider>
    </nav>
  );
}

interface BackToListProps extends Omit<ComponentProps<typeof Link>, 'href'> {
  query: ClipQuery;
}

/** Leads to the list as it was left: its view, its loaded pages, its place. */
function BackToList({ query, onClick, ...rest }: BackToListProps) {
  const href = listLeft(clipQueryText(query)) ?? clipsHref(query);
  return (
    <Link
      {...rest}
      href={href}
      scroll={false}
      onClick={(event) => {
        onClick?.(event);
        leaveForList(href);
      }}
    />
  );
}

interface NeighbourLinkProps {
  href: string | null;
  label: string;
  children: ReactNode;
}

function NeighbourLink({ href, label, children }: NeighbourLinkProps) {
  if (href === null) {
    return (
      <Button size="sm" className="size-8 px-0 pointer-coarse:min-w-11" disabled aria-label={label}>
        {children}
      </Button>
    );
  }
  return (
    <Tooltip text={label}>
      <Button asChild size="sm" className="size-8 px-0 pointer-coarse:min-w-11">
        <Link href={href} replace prefetch scroll={false} aria-label={label}>
          {children}
        </Link>
      </Button>
    </Tooltip>
  );
}
