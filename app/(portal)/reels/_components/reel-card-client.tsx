'use client';

import { SquareStack } from 'lucide-react';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'use-intl';
import { reelHref } from '#app/_client/reel-query.ts';
import { formatDuration } from '#app/_i18n/clip-formats.ts';
import { Badge } from '#app/_ui/badge.tsx';
import { ClubMark } from '#app/(portal)/_clubs/clubs-client.tsx';
import { audienceName, countName } from '#app/(portal)/_open-reel/reel-words.ts';
import type { ReelSummaryJson } from '#lib/reels/reel-schemas.ts';

/** One reel: what it is called, how much there is of it, who made it, who sees it. */
export function ReelCard({ reel, isOwn }: { reel: ReelSummaryJson; isOwn: boolean }) {
  const t = useTranslations('reels');
  const format = useFormatter();
  const made = format.dateTime(new Date(reel.created_at), { dateStyle: 'medium' });
  const facts = [reel.team_code, countName(t, reel), isOwn ? null : t('by', { name: reel.owner.name }), made];
  return (
    <li>
      <Link
        href={reelHref(reel.id)}
        prefetch={false}
        className="flex h-full flex-col overflow-hidden rounded-lg border border-line bg-surface transition-colors hover:bg-hover"
      >
        <span className="relative block aspect-video w-full bg-raised">
          {reel.poster_url ? (
            <img
              src={reel.poster_url}
              alt=""
              crossOrigin="anonymous"
              loading="lazy"
              className="absolute inset-0 size-full object-cover"
            />
          ) : (
            <span className="absolute inset-0 flex items-center justify-center text-faint">
              <SquareStack aria-hidden className="size-8" />
            </span>
          )}
          {reel.is_new ? (
            <Badge tone="accent" className="absolute top-2 left-2">
              {t('newMark')}
            </Badge>
          ) : null}
          <Badge tone="overlay" className="absolute right-2 bottom-2 tabular-nums">
            {formatDuration(reel.duration_s)}
          </Badge>
        </span>
        <span className="flex flex-1 flex-col gap-1 px-3 py-2.5">
          <span className="flex items-start justify-between gap-2">
            <span title={reel.title} className="line-clamp-2 min-w-0 text-sm font-semibold break-words">
              {reel.title}
            </span>
            <Badge className="shrink-0">{audienceName(t, reel.audience, reel.may_edit)}</Badge>
          </span>
          <span className="mt-auto flex items-center gap-1.5 text-xs text-muted">
            <ClubMark team={reel.team_code} size="small" />
            {facts.filter(Boolean).join(' · ')}
          </span>
        </span>
      </Link>
    </li>
  );
}
