'use client';

import { Download, VideoOff } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { formatClock } from '#app/_client/timecode.ts';
import { eventName } from '#app/_i18n/hockey-words.ts';
import { BrandMark } from '#app/_ui/brand-mark.tsx';
import { Button } from '#app/_ui/button.tsx';
import { cn } from '#app/_ui/cn.ts';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { NO_MOMENT } from '#app/(portal)/watch/_components/clip-moment.ts';
import { FilmPlayer, type PlayerHandle } from '#app/(portal)/watch/_components/film-player-client.tsx';
import type { SharedItemJson, SharedReelJson } from '#lib/links/shared-schemas.ts';
import { beginsS, filmOfItem, lastsS } from './shared-film.ts';

const NOTHING = () => {};

/** What an item is called: by its event and its player, as far as the link tells them. */
function useItemTitle() {
  const t = useTranslations('links.shared');
  const hockey = useTranslations('hockey');
  return (item: SharedItemJson, place: number): string => {
    const words = [item.event_type && eventName(hockey, item.event_type), item.player_name].filter(Boolean);
    return words.length > 0 ? words.join(' · ') : t('clip', { number: place + 1 });
  };
}

/** A reel for whoever has a link: the picture, what is said of it, and what comes next. */
export function SharedReel({ first }: { first: SharedReelJson }) {
  const t = useTranslations('links.shared');
  const titleOf = useItemTitle();
  const [at, setAt] = useState(0);
  const [plays, setPlays] = useState<boolean>();
  const playerRef = useRef<PlayerHandle>(null);
  const { items, pass } = first;
  const item = items[at];
  const title = first.title ?? t('untitled');
  const go = (to: number, isPlaying?: boolean) => {
    if (to < 0 || to >= items.length) return;
    setPlays(isPlaying);
    setAt(to);
  };
  return (
    <main className="mx-auto flex max-w-[90rem] flex-col gap-4 pb-10 md:px-5 md:pt-4 lg:grid lg:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="min-w-0">
        <header className="flex items-center gap-2 px-3 py-2 md:px-0">
          <BrandMark />
          <h1 className="min-w-0 text-base font-semibold break-words">{title}</h1>
        </header>
        {item ? (
          <>
            <FilmPlayer
              ref={playerRef}
              film={filmOfItem(item, pass, plays)}
              title={titleOf(item, at)}
              servedAtMs={Date.parse(first.served_at)}
              moment={NO_MOMENT}
              waiting={<EmptyState icon={<VideoOff />} title={t('notYet')} />}
              onNeighbour={(which) => go(which === 'next' ? at + 1 : at - 1)}
              onEnd={() => go(at + 1, true)}
              onFrameRate={NOTHING}
              watched={{ clipId: item.id, token: pass, offsetS: beginsS(item) }}
            />
            <ItemWords
              item={item}
              title={titleOf(item, at)}
              place={t('place', { number: at + 1, count: items.length })}
            />
          </>
        ) : (
          <EmptyState icon={<VideoOff />} title={t('emptyTitle')} description={t('emptyDescription')} />
        )}
        {first.description ? (
          <p className="mt-4 px-3 text-sm break-words whitespace-pre-line text-muted md:px-0">{first.description}</p>
        ) : null}
      </div>
      {items.length > 1 ? (
        <nav aria-label={t('list')} className="px-3 md:px-0 lg:pt-12">
          <ol className="flex flex-col gap-2">
            {items.map((each, place) => (
              <li key={each.id}>
                <ItemButton
                  item={each}
                  title={titleOf(each, place)}
                  isCurrent={place === at}
                  onClick={() => go(place, true)}
                />
              </li>
            ))}
          </ol>
        </nav>
      ) : null}
    </main>
  );
}

function ItemWords({ item, title, place }: { item: SharedItemJson; title: string; place: string }) {
  const t = useTranslations('links.shared');
  const facts = [place, item.game_date, item.opponent_code].filter(Boolean).join(' · ');
  return (
    <div className="flex flex-wrap items-start justify-between gap-3 px-3 pt-3 md:px-0">
      <div className="min-w-0">
        <h2 className="text-lg font-semibold break-words">{title}</h2>
        <p className="text-sm text-muted">{facts}</p>
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

interface ItemButtonProps {
  item: SharedItemJson;
  title: string;
  isCurrent: boolean;
  onClick: () => void;
}

function ItemButton({ item, title, isCurrent, onClick }: ItemButtonProps) {
  return (
    <button
      type="button"
      aria-current={isCurrent ? 'true' : undefined}
      onClick={onClick}
      className={cn(
        'flex min-h-16 w-full items-center gap-3 rounded-lg border p-2 text-left transition-colors',
        isCurrent ? 'border-accent bg-accent-soft' : 'border-line bg-surface hover:bg-hover',
      )}
    >
      <span className="aspect-video w-24 shrink-0 overflow-hidden rounded bg-raised">
        {item.poster_url ? <img src={item.poster_url} alt="" className="size-full object-cover" /> : null}
      </span>
      <span className="min-w-0">
        <span className="block text-sm font-medium break-words">{title}</span>
        <span className="block text-xs text-muted tabular-nums">{formatClock(lastsS(item))}</span>
      </span>
    </button>
  );
}
