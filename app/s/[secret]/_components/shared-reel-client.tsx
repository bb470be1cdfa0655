'use client';

import '#app/(portal)/reels/[id]/_components/reel-page.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Download, VideoOff } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { isApiError } from '#app/_client/api-fetch.ts';
import { sharedReelOptions, tellSharedPlay } from '#app/_client/shared-queries.ts';
import { formatGameDate } from '#app/_i18n/clip-formats.ts';
import { eventName, periodShortName } from '#app/_i18n/hockey-words.ts';
import { BrandMark } from '#app/_ui/brand-mark.tsx';
import { Button } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { ClubsProvider, GameTeams } from '#app/(portal)/_clubs/clubs-client.tsx';
import type { ShownNote } from '#app/(portal)/_notes/shown-note.ts';
import { ReelPlayer, type ReelPlayerHandle } from '#app/(portal)/_reels/reel-player-client.tsx';
import type { SharedItemJson, SharedReelJson } from '#lib/links/shared-schemas.ts';
import { SharedGone } from './shared-gone-client.tsx';
import { SharedItems, SharedNotes } from './shared-side-client.tsx';
import { deckItemsOf, notesOfItems, startOfLink } from './shared-source.ts';

const NO_NOTES: readonly ShownNote[] = [];

/** What an item is called: by its event and its player, as far as the link tells them. */
function useItemTitle(items: readonly SharedItemJson[]) {
  const t = useTranslations('links.shared');
  const hockey = useTranslations('hockey');
  return (item: SharedItemJson): string => {
    const words = [item.event_type && eventName(hockey, item.event_type), item.player_name].filter(Boolean);
    return words.length > 0 ? words.join(' · ') : t('clip', { number: items.indexOf(item) + 1 });
  };
}

/** A reel for whoever has a link: what the link shows now, until it shows nothing any more. */
export function SharedReel({ first }: { first: SharedReelJson }) {
  const { data, error } = useQuery({
    ...sharedReelOptions(first),
    initialData: first,
    initialDataUpdatedAt: Date.parse(first.served_at),
  });
  if (isApiError(error) && error.status === 404) return <SharedGone />;
  return (
    <ClubsProvider clubs={data.clubs}>
      <ShownReel first={first} reel={data} />
    </ClubsProvider>
  );
}

/** The picture, what is said of it, and what comes next. */
function ShownReel({ first, reel }: { first: SharedReelJson; reel: SharedReelJson }) {
  const t = useTranslations('links.shared');
  const { items } = reel;
  const titleOf = useItemTitle(items);
  const client = useQueryClient();
  const [start] = useState(() => startOfLink(client, first));
  const [shownId, setShownId] = useState<string | null>(null);
  const playerRef = useRef<ReelPlayerHandle>(null);
  const deckItems = useMemo(() => deckItemsOf(items), [items]);
  const notes = useMemo(() => notesOfItems(items), [items]);
  const itemOf = (itemId: string | null) => items.find(({ id }) => id === itemId);
  const shown = itemOf(shownId ?? deckItems[0]?.id ?? null);
  const hasNotes = items.some((item) => item.notes.length > 0);
  const hasSide = hasNotes || items.length > 1;

  const seePicture = () => playerRef.current?.container()?.scrollIntoView({ block: 'nearest' });
  const play = (id: string) => {
    playerRef.current?.deck()?.show(id, true);
    seePicture();
  };
  const goTo = ({ at_s }: ShownNote) => {
    const deck = playerRef.current?.deck();
    if (!deck || deck.item?.id !== shown?.id) return;
    deck.video.pause();
    deck.video.currentTime = at_s;
    seePicture();
  };
  return (
    <main className="reel-page reel-page-bare px-3 pt-2 pb-10 md:px-5" data-alone={hasSide ? undefined : ''}>
      <header className="reel-back flex items-center gap-2">
        <BrandMark />
        <h1 className="min-w-0 text-base font-semibold break-words">{reel.title ?? t('untitled')}</h1>
      </header>
      <div className="reel-main">
        {items.length > 0 ? (
          <ReelPlayer
            ref={playerRef}
            items={deckItems}
            start={start}
            servedAtMs={Date.parse(first.served_at)}
            firstId={null}
            titleOf={({ id }) => {
              const item = itemOf(id);
              return item ? titleOf(item) : '';
            }}
            onItem={setShownId}
            onPlaying={({ id, clip }) => clip.playback && void tellSharedPlay(id, clip.playback.url).catch(() => {})}
            watchedOf={({ id }) => ({ clipId: id, token: first.pass })}
            notesOf={({ id }) => notes.get(id) ?? NO_NOTES}
            empty={<EmptyState icon={<VideoOff />} title={t('notYet')} />}
          />
        ) : (
          <EmptyState icon={<VideoOff />} title={t('emptyTitle')} description={t('emptyDescription')} />
        )}
        {shown ? <ItemWords item={shown} team={reel.team_code} title={titleOf(shown)} /> : null}
        {reel.description ? (
          <p className="mt-4 text-sm break-words whitespace-pre-line text-muted">{reel.description}</p>
        ) : null}
      </div>
      {hasSide ? (
        <aside className="reel-side rounded-lg border border-line bg-surface">
          {hasNotes ? (
            <SharedNotes notes={(shown && notes.get(shown.id)) ?? NO_NOTES} beginsS={shown?.in_s ?? 0} onGoTo={goTo} />
          ) : null}
          {items.length > 1 ? <SharedItems {...{ items, titleOf }} shownId={shown?.id ?? null} onPlay={play} /> : null}
        </aside>
      ) : null}
    </main>
  );
}

interface ItemWordsProps {
  item: SharedItemJson;
  /** Whose the reel is; `null` where the link tells no names. */
  team: string | null;
  title: string;
}

function ItemWords({ item, team, title }: ItemWordsProps) {
  const t = useTranslations('links.shared');
  const hockey = useTranslations('hockey');
  const format = useFormatter();
  return (
    <div className="flex flex-wrap items-start justify-between gap-3 pt-3">
      <div className="min-w-0">
        <h2 className="text-lg font-semibold break-words">{title}</h2>
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
          {item.period === null ? null : <span>{periodShortName(hockey, item.period)}</span>}
          {team ? <GameTeams team={team} opponent={item.opponent_code} /> : null}
          {item.game_date ? <span>{formatGameDate(format, item.game_date)}</span> : null}
        </p>
        {item.note ? <p className="mt-2 max-w-prose text-base break-words whitespace-pre-line">{item.note}</p> : null}
      </div>
      {item.download_url ? (
        <Button asChild>
          <a href={item.download_url} download>
            <Download aria-hidden />
            {t('download')}
          </a>
        </Button>
      ) : null}
    </div>
  );
}
