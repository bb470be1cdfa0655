'use client';

import './reel-page.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowLeft, SquareStack } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { isApiError } from '#app/_client/api-fetch.ts';
import { queryKeys } from '#app/_client/query-keys.ts';
import { reelOptions, tellReelOpened } from '#app/_client/reel-queries.ts';
import { ReelLinks } from '#app/_links/reel-links-client.tsx';
import { Button } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { WhoWatched } from '#app/_watched/who-watched-client.tsx';
import { itemName } from '#app/(portal)/_open-reel/reel-words.ts';
import { KeptItems } from '#app/(portal)/_reels/kept-items.ts';
import type { ReelPlayerHandle } from '#app/(portal)/_reels/reel-player-client.tsx';
import type { ReelJson } from '#lib/reels/reel-schemas.ts';
import { ReelHead } from './reel-head-client.tsx';
import { ReelNotes } from './reel-notes-client.tsx';
import { ReelPicture } from './reel-picture-client.tsx';
import { ReelSide, type SidePanel } from './reel-side-client.tsx';
import { useReelEdits } from './use-reel-edits.ts';

/** Links, and who watched, have their places behind tabs beside the clips. */
const NO_PANELS: readonly SidePanel[] = [];

interface ReelPageProps {
  served: ReelJson;
  servedAtMs: number;
  /** The item that the address names. */
  firstId: string | null;
}

/** A reel: the picture left and large, its items right. Who may not change it sees the picture and the list. */
export function ReelPage({ served, servedAtMs, firstId }: ReelPageProps) {
  const { data, error } = useQuery({
    ...reelOptions(served.id),
    initialData: served,
    initialDataUpdatedAt: servedAtMs,
  });
  useOpening(served);
  // Taken back while one looks at it.
  if (isApiError(error) && error.status === 404) return <ReelGone />;
  return <ShownReel known={data} servedAtMs={servedAtMs} firstId={firstId} />;
}

/** Says once that the reader has opened the reel: it is new no more. */
function useOpening({ id, is_new: isNew }: ReelJson): void {
  const client = useQueryClient();
  useEffect(() => {
    if (!isNew) return;
    void tellReelOpened(id)
      .then(() => client.invalidateQueries({ queryKey: queryKeys.reelLists }))
      .catch(() => {});
  }, [client, id, isNew]);
}

function ShownReel({ known, servedAtMs, firstId }: { known: ReelJson; servedAtMs: number; firstId: string | null }) {
  const t = useTranslations('reels');
  const edits = useReelEdits(known);
  const { reel } = edits;
  const panels = useReachPanels(reel);
  const playerRef = useRef<ReelPlayerHandle>(null);
  const [kept] = useState(() => new KeptItems());
  const [shownId, setShownId] = useState<string | null>(null);
  /** The item whose ends are being set. */
  const [trimmedId, setTrimmedId] = useState<string | null>(null);
  const play = (id: string) => playerRef.current?.deck()?.show(id, true);
  const trim = (id: string | null) => {
    setTrimmedId(id);
    if (id !== null) playerRef.current?.deck()?.show(id, false);
  };
  return (
    <div className="reel-page">
      <div className="reel-back">
        <Button asChild variant="ghost" size="sm">
          <Link href="/reels">
            <ArrowLeft aria-hidden />
            {t('back')}
          </Link>
        </Button>
      </div>
      <div className="reel-main">
        <ReelPicture
          {...{ playerRef, edits, kept, servedAtMs, firstId, shownId, trim }}
          trimmedId={trimmedId === shownId ? trimmedId : null}
          onItem={setShownId}
        />
        <ReelHead edits={edits} kept={kept} playerRef={playerRef} key={reel.id} />
        <ReelNotes reelId={reel.id} shown={reel.items.find(({ id }) => id === shownId)} playerRef={playerRef} />
      </div>
      <ReelSide edits={edits} shownId={shownId} onPlay={play} onTrim={trim} panels={panels} />
    </div>
  );
}

/** Whom the reel has reached: who watched, and by which links it is shown. For those who may change it. */
function useReachPanels(reel: ReelJson): readonly SidePanel[] {
  const t = useTranslations('reels');
  const hockey = useTranslations('hockey');
  const views = useTranslations('views');
  const links = useTranslations('links');
  if (!reel.may_edit) return NO_PANELS;
  const nameOf = (clipId: string) => {
    const at = reel.items.findIndex((item) => item.clip_id === clipId);
    const item = reel.items[at];
    return item ? itemName({ t, hockey }, item, at) : clipId;
  };
  return [
    { name: 'watched', label: views('heading'), content: <WhoWatched of={{ reelId: reel.id }} nameOf={nameOf} /> },
    { name: 'links', label: links('heading'), content: <ReelLinks reelId={reel.id} /> },
  ];
}

function ReelGone() {
  const t = useTranslations('reels');
  return (
    <EmptyState
      heading="h1"
      icon={<SquareStack />}
      title={t('page.gone')}
      description={t('page.goneHint')}
      actions={
        <Button asChild>
          <Link href="/reels">{t('back')}</Link>
        </Button>
      }
    />
  );
}
