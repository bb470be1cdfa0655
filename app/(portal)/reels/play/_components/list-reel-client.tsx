'use client';

import '#app/(portal)/reels/[id]/_components/reel-page.css';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { clipListOptions } from '#app/_client/clip-queries.ts';
import { type ClipQuery, clipsHref } from '#app/_client/clip-query.ts';
import { eventName } from '#app/_i18n/hockey-words.ts';
import { Button } from '#app/_ui/button.tsx';
import { isPlayable } from '#app/(portal)/_clips/clip-assets.ts';
import { ClipLine } from '#app/(portal)/_clips/clip-line-client.tsx';
import { startOfClips } from '#app/(portal)/_reels/clip-source.ts';
import type { DeckItem } from '#app/(portal)/_reels/deck-item.ts';
import { ReelPlayer, type ReelPlayerHandle } from '#app/(portal)/_reels/reel-player-client.tsx';
import type { ClipJson, ClipListJson } from '#lib/clips/clip-schemas.ts';

/** So many before the end of what is loaded, more is asked for. */
const MORE_AT = 10;

interface ListReelProps {
  query: ClipQuery;
  list: ClipListJson;
  servedAtMs: number;
}

/** The clips that a list finds, one after the other without a gap. */
export function ListReel({ query, list: first, servedAtMs }: ListReelProps) {
  const t = useTranslations('reels');
  const hockey = useTranslations('hockey');
  const client = useQueryClient();
  const playerRef = useRef<ReelPlayerHandle>(null);
  const [shownId, setShownId] = useState<string | null>(null);
  const list = useInfiniteQuery({
    ...clipListOptions(query),
    initialData: { pages: [first], pageParams: [null] },
    initialDataUpdatedAt: servedAtMs,
  });
  const clips = useMemo(() => {
    const all = list.data.pages.flatMap((page) => page.clips).filter(isPlayable);
    return [...new Map(all.map((clip) => [clip.clip_id, clip])).values()];
  }, [list.data]);
  const items = useMemo(() => clips.map(itemOf), [clips]);
  const [start] = useState(() => startOfClips(client));
  const at = items.findIndex(({ id }) => id === shownId);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && at >= items.length - MORE_AT) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, at, items.length]);
  const nameOf = (clip: ClipJson, place: number) =>
    t('item.name', {
      ...{ at: place + 1, event: eventName(hockey, clip.event_type) },
      player: clip.player_name ?? clip.player_id,
    });
  return (
    <div className="reel-page">
      <div className="reel-back">
        <Button asChild variant="ghost" size="sm">
          <Link href={clipsHref(query)}>
            <ArrowLeft aria-hidden />
            {t('list.toClips')}
          </Link>
        </Button>
      </div>
      <div className="reel-main">
        <ReelPlayer
          ref={playerRef}
          {...{ items, start, servedAtMs }}
          firstId={null}
          titleOf={({ id }) => clips.map(nameOf)[clips.findIndex(({ clip_id }) => clip_id === id)] ?? ''}
          onItem={setShownId}
          empty={<p className="px-4 text-center text-sm text-muted">{t('player.empty')}</p>}
        />
        <h1 className="mt-3 text-xl font-semibold tracking-tight">{t('list.asReel')}</h1>
        <p className="mt-1 text-xs text-muted">{t('items', { count: first.total })}</p>
      </div>
      <aside className="reel-side rounded-lg border border-line bg-surface">
        <h2 className="border-b border-line px-3 py-2 text-sm font-semibold">{t('item.list')}</h2>
        <ol aria-label={t('item.list')} className="scroll-thin min-h-0 flex-1 divide-y divide-line overflow-y-auto">
          {clips.map((clip, place) => (
            <li key={clip.clip_id}>
              <button
                type="button"
                aria-current={clip.clip_id === shownId || undefined}
                onClick={() => playerRef.current?.deck()?.show(clip.clip_id, true)}
                className="flex min-h-14 w-full items-center gap-3 px-3 py-1.5 text-left hover:bg-hover aria-[current]:bg-hover"
              >
                <ClipLine clip={clip} name={nameOf(clip, place)} />
              </button>
            </li>
          ))}
        </ol>
      </aside>
    </div>
  );
}

const itemOf = (clip: ClipJson): DeckItem => ({ id: clip.clip_id, clip, inS: 0, outS: null, note: null });
