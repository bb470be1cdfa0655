'use client';

import { ExternalLink, Pencil } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { clipHref, DEFAULT_SORT } from '#app/_client/clip-query.ts';
import { formatDuration } from '#app/_i18n/clip-formats.ts';
import { eventName, outcomeName } from '#app/_i18n/hockey-words.ts';
import { Badge } from '#app/_ui/badge.tsx';
import { IconButton } from '#app/_ui/button.tsx';
import { cn } from '#app/_ui/cn.ts';
import { IntoReelButton } from '#app/(portal)/_open-reel/into-reel-button-client.tsx';
import type { IntoReel } from '#app/(portal)/_open-reel/use-into-reel.tsx';
import { EditClipDialog } from '#app/(portal)/watch/_components/edit-clip-dialog-client.tsx';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';

interface FilmClipsProps {
  masterId: string;
  /** In order of time. */
  clips: readonly ClipJson[];
  total: number;
  /** How far the film can be watched: clips behind it play later. */
  playableToS: number;
  /** The one that is played. */
  playedId: string | null;
  /** The one that was marked last. */
  newestId: string | null;
  /** Puts the one that is played, or the newest, into the open reel. */
  into: IntoReel;
  onPlay: (clipId: string) => void;
}

/** The clips that were marked in the film, in order of time; the newest is in sight. */
export function FilmClips({ masterId, clips, total, playableToS, playedId, newestId, into, onPlay }: FilmClipsProps) {
  const t = useTranslations('film.clips');
  const [edited, setEdited] = useState<ClipJson | null>(null);
  const listRef = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const list = listRef.current;
    const row = newestId && list?.querySelector<HTMLElement>(`[data-clip-id="${newestId}"]`);
    // The list alone is scrolled: the page keeps the film in sight.
    if (list && row) list.scrollTop = row.offsetTop - list.offsetTop - (list.clientHeight - row.offsetHeight) / 2;
  }, [newestId]);
  return (
    <section aria-labelledby="film-clips" className="overflow-hidden rounded-lg border border-line bg-surface">
      <div className="flex flex-wrap items-center justify-between gap-2 border-b border-line py-1.5 pr-2 pl-4">
        <h2 id="film-clips" className="text-sm font-semibold">
          {t('heading')}
          <span className="ml-2 font-normal text-muted">{total}</span>
        </h2>
        {clips.length > 0 ? <IntoReelButton into={into} disabled={playedId === null && newestId === null} /> : null}
      </div>
      {clips.length === 0 ? (
        <p className="px-4 py-5 text-sm text-muted">{t('empty')}</p>
      ) : (
        <ul ref={listRef} className="film-list scroll-thin divide-y divide-line">
          {clips.map((clip) => (
            <ClipRow
              key={clip.clip_id}
              clip={clip}
              masterId={masterId}
              isLater={clip.processing_status !== 'ready' && clip.end_timecode_s > playableToS + 0.05}
              isPlayed={clip.clip_id === playedId}
              isNewest={clip.clip_id === newestId}
              onPlay={() => onPlay(clip.clip_id)}
              onEdit={() => setEdited(clip)}
            />
          ))}
        </ul>
      )}
      {total > clips.length ? (
        <p className="border-t border-line px-4 py-2 text-xs text-muted">{t('more', { count: clips.length })}</p>
      ) : null}
      {edited ? <EditClipDialog clip={edited} onClose={() => setEdited(null)} /> : null}
    </section>
  );
}

interface ClipRowProps {
  clip: ClipJson;
  masterId: string;
  isLater: boolean;
  isPlayed: boolean;
  isNewest: boolean;
  onPlay: () => void;
  onEdit: () => void;
}

function ClipRow({ clip, masterId, isLater, isPlayed, isNewest, onPlay, onEdit }: ClipRowProps) {
  const t = useTranslations('film.clips');
  const hockey = useTranslations('hockey');
  const at = formatDuration(clip.start_timecode_s);
  const event = eventName(hockey, clip.event_type);
  const who = [
    clip.player_name ?? clip.player_id,
    clip.outcome ? outcomeName(hockey, clip.outcome) : null,
    clip.strength,
  ];
  return (
    <li
      data-clip-id={clip.clip_id}
      className={cn('flex items-center pr-1 hover:bg-hover', isNewest && 'bg-accent-soft', isPlayed && 'bg-hover')}
    >
      <button
        type="button"
        aria-current={isPlayed || undefined}
        title={isLater ? t('later') : undefined}
        onClick={onPlay}
        className="flex min-h-11 min-w-0 flex-1 items-center gap-3 px-4 py-1 text-left outline-offset-[-2px]"
      >
        <span className="sr-only">{t('play')}</span>
        <span className={cn('w-11 shrink-0 text-right text-xs tabular-nums', isLater ? 'text-faint' : 'text-muted')}>
          {at}
        </span>
        <span className="min-w-0 flex-1">
          <span className="block truncate text-sm">{event}</span>
          <span className="block truncate text-xs text-muted">{who.filter(Boolean).join(' · ')}</span>
        </span>
        {clip.processing_status === 'failed' ? <Badge tone="danger">{t('failed')}</Badge> : null}
      </button>
      <IconButton size="sm" label={t('edit', { event, at })} onClick={onEdit}>
        <Pencil aria-hidden />
      </IconButton>
      <IconButton asChild size="sm" label={t('page', { event, at })}>
        <Link href={clipHref(clip.clip_id, { filters: { master_id: masterId }, sort: DEFAULT_SORT })} prefetch={false}>
          <ExternalLink aria-hidden />
        </Link>
      </IconButton>
    </li>
  );
}
