'use client';

import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import { clipDetailOptions } from '#app/_client/clip-queries.ts';
import { type ClipQuery, clipHref, clipsHref } from '#app/_client/clip-query.ts';
import { type FrameRate, formatClock, formatTimecode } from '#app/_client/timecode.ts';
import { eventName } from '#app/_i18n/hockey-words.ts';
import { pickAssets } from '#app/(portal)/clips/_components/clip-assets.ts';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';
import { ClipActions, type ClipRights } from './clip-actions-client.tsx';
import { ClipFacts } from './clip-facts-client.tsx';
import { ClipPlayer } from './clip-player-client.tsx';
import { ClipTags } from './clip-tags-client.tsx';
import { ClipWaiting } from './clip-waiting-client.tsx';
import { type NeighbourLinks, Neighbours } from './neighbours-client.tsx';

export interface ClipPageProps {
  /** As the server knew it when it made the page. */
  clip: ClipJson;
  servedAtMs: number;
  neighbours: NeighbourLinks;
  query: ClipQuery;
  rights: ClipRights;
}

/** The video first, the facts beside it, tags below. */
export function ClipPage({ clip: served, servedAtMs, neighbours, query, rights }: ClipPageProps) {
  const t = useTranslations('clip');
  const hockey = useTranslations('hockey');
  const router = useRouter();
  const [frameRate, setFrameRate] = useState<FrameRate | null>(null);
  const { data: clip } = useQuery({
    ...clipDetailOptions(served.clip_id),
    initialData: served,
    initialDataUpdatedAt: servedAtMs,
    // A page that was fetched ahead may show a clip as unfinished that is ready by now; nobody would tell it again.
    ...(served.processing_status === 'ready' ? {} : { staleTime: 0 }),
  });
  const player = clip.player_name ?? t('unknownPlayer', { id: clip.player_id });
  const title = t('title', { event: eventName(hockey, clip.event_type), player });
  const listHref = clipsHref(query);
  const isPlayable = clip.processing_status === 'ready' && pickAssets(clip).playlist !== null;

  const goTo = (which: 'previous' | 'next') => {
    const clipId = neighbours[which];
    if (clipId === null) toast(t('neighbours.none'));
    else router.replace(clipHref(clipId, query));
  };
  const timecode = (seconds: number) => (frameRate ? formatTimecode(seconds, frameRate) : formatClock(seconds));
  return (
    <div className="mx-auto max-w-[100rem]">
      <Neighbours neighbours={neighbours} query={query} />
      <div className="mt-3 grid grid-cols-1 gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="min-w-0">
          {isPlayable ? (
            <ClipPlayer
              key={clip.clip_id}
              clip={clip}
              title={title}
              servedAtMs={servedAtMs}
              onNeighbour={goTo}
              onFrameRate={setFrameRate}
            />
          ) : (
            <ClipWaiting clip={clip} canEdit={rights.canEdit} />
          )}
          <div className="mt-4 flex flex-wrap items-start justify-between gap-3">
            <h1 className="min-w-0 text-xl font-semibold tracking-tight break-words">{title}</h1>
            <ClipActions clip={clip} rights={rights} listHref={listHref} />
          </div>
          <ClipTags clip={clip} canEdit={rights.canEdit} />
        </div>
        <ClipFacts clip={clip} timecode={timecode} />
      </div>
    </div>
  );
}
