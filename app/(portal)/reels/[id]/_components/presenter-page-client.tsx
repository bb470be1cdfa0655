'use client';

import { useQuery } from '@tanstack/react-query';
import { Pause, Play, SkipBack, SkipForward } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { reelOptions } from '#app/_client/reel-queries.ts';
import { formatDuration } from '#app/_i18n/clip-formats.ts';
import { Button } from '#app/_ui/button.tsx';
import { itemName } from '#app/(portal)/_open-reel/reel-words.ts';
import { useArrowKeys } from '#app/(portal)/_reels/use-arrow-keys.ts';
import type { ReelItemJson, ReelJson } from '#lib/reels/reel-schemas.ts';
import { type Asked, channelOf, nowAndNext, type Presented } from './presentation.ts';

const ASKS_EVERY_MS = 1000;

/** What the window of the presentation tells, and a way to ask of it. */
function usePresented(reelId: string) {
  const [shown, setShown] = useState<Presented | null>(null);
  const channelRef = useRef<BroadcastChannel | null>(null);
  useEffect(() => {
    const channel = new BroadcastChannel(channelOf(reelId));
    channelRef.current = channel;
    channel.onmessage = ({ data }: MessageEvent<Presented | Asked>) => {
      if (data.kind === 'shown') setShown(data);
    };
    const ask = () => channel.postMessage({ kind: 'ask' } satisfies Asked);
    ask();
    // The reel's window may open later than this one, or be loaded anew.
    const timer = setInterval(ask, ASKS_EVERY_MS);
    return () => {
      clearInterval(timer);
      channelRef.current = null;
      channel.close();
    };
  }, [reelId]);
  const ask = (asked: Asked) => channelRef.current?.postMessage(asked);
  return { shown, ask };
}

function useClock(): Date | null {
  const [now, setNow] = useState<Date | null>(null);
  useEffect(() => {
    setNow(new Date());
    const timer = setInterval(() => setNow(new Date()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** The presenter's view: what is shown and what is said of it, what comes next, and the time. */
export function PresenterPage({ served, servedAtMs }: { served: ReelJson; servedAtMs: number }) {
  const { data: reel } = useQuery({
    ...reelOptions(served.id),
    initialData: served,
    initialDataUpdatedAt: servedAtMs,
  });
  const t = useTranslations('reels');
  const format = useFormatter();
  const { shown, ask } = usePresented(reel.id);
  const now = useClock();
  const places = nowAndNext(reel.items, shown?.itemId ?? null);
  useArrowKeys((by) => ask({ kind: 'step', by }));
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-4">
      <header className="flex flex-wrap items-baseline justify-between gap-3">
        <h1 className="text-lg font-semibold">{reel.title}</h1>
        <time className="text-2xl font-semibold tabular-nums">
          <span className="sr-only">{t('present.clock')} </span>
          {now ? format.dateTime(now, { timeStyle: 'medium' }) : '–'}
        </time>
      </header>
      {shown ? (
        <>
          <PresentedItem
            heading={`${t('present.now')} · ${t('present.left', { left: formatDuration(shown.leftS) })}`}
            item={places.now}
            at={places.at}
            isLarge
          />
          <div className="flex gap-2">
            <Button size="lg" onClick={() => ask({ kind: 'step', by: -1 })}>
              <SkipBack aria-hidden />
              {t('player.previous')}
            </Button>
            <Button size="lg" onClick={() => ask({ kind: 'toggle' })}>
              {shown.isPaused ? <Play aria-hidden /> : <Pause aria-hidden />}
              {shown.isPaused ? t('player.play') : t('player.pause')}
            </Button>
            <Button size="lg" variant="primary" onClick={() => ask({ kind: 'step', by: 1 })}>
              <SkipForward aria-hidden />
              {t('player.next')}
            </Button>
          </div>
          <PresentedItem heading={t('present.next')} item={places.next} at={places.at + 1} />
        </>
      ) : (
        <p className="text-sm text-muted">{t('present.waiting')}</p>
      )}
    </div>
  );
}

function PresentedItem(props: { heading: string; item: ReelItemJson | null; at: number; isLarge?: boolean }) {
  const { heading, item, at, isLarge = false } = props;
  const t = useTranslations('reels');
  const hockey = useTranslations('hockey');
  return (
    <section className="rounded-lg border border-line bg-surface p-4">
      <h2 className="text-xs font-medium text-muted">{heading}</h2>
      <p className="mt-1 text-base font-semibold">{item ? itemName({ t, hockey }, item, at) : t('present.nothing')}</p>
      {item ? (
        <p className={isLarge ? 'mt-2 text-xl whitespace-pre-line' : 'mt-1 text-sm whitespace-pre-line text-muted'}>
          {item.note ?? t('present.noNote')}
        </p>
      ) : null}
    </section>
  );
}
