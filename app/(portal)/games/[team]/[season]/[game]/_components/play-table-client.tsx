'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useEffectEvent, useRef } from 'react';
import { useTranslations } from 'use-intl';
import type { PlayJson } from '#lib/plays/play-field-schemas.ts';
import { PlayRow } from './play-row-client.tsx';

/** Of `game-page.css` too: `.play-row`. */
const ROW_PX = 40;
const HEAD_PX = 32;

interface PlayTableProps {
  plays: readonly PlayJson[];
  index: number;
  onPick: (play: PlayJson) => void;
}

/** The plays, of which those rows alone are there that are in view: a game has thousands. */
export function PlayTable({ plays, index, onPick }: PlayTableProps) {
  const t = useTranslations('games.plays');
  const scrollRef = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: plays.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
    scrollPaddingStart: HEAD_PX,
  });
  const toSelected = useEffectEvent((at: number) => rows.scrollToIndex(at, { align: 'auto' }));
  useEffect(() => {
    if (index < 0) return;
    toSelected(index);
    // Whoever is among the rows by Tab goes on with the keys.
    if (scrollRef.current?.contains(document.activeElement)) {
      requestAnimationFrame(() =>
        scrollRef.current?.querySelector<HTMLElement>('[aria-current] .play-pick')?.focus({ preventScroll: true }),
      );
    }
  }, [index]);
  const picked = useEffectEvent(onPick);
  const pick = useCallback((play: PlayJson) => picked(play), []);
  const items = rows.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = rows.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <section ref={scrollRef} className="play-scroll scroll-thin" aria-label={t('label')}>
      <table className="play-table" aria-rowcount={plays.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" className="play-clock">
              {t('clock')}
            </th>
            <th scope="col" className="play-what">
              {t('event')}
            </th>
            <th scope="col" className="play-who">
              {t('player')}
            </th>
            <th scope="col" className="play-facts">
              {t('facts')}
            </th>
            <th scope="col" className="play-state">
              <span className="sr-only">{t('state')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          <tr aria-hidden style={{ height: before }} />
          {items.map(({ index: at }) => {
            const play = plays[at];
            return play ? (
              <PlayRow
                key={play.id}
                play={play}
                index={at}
                isSelected={at === index}
                isReached={at === Math.max(0, index)}
                onPick={pick}
              />
            ) : null;
          })}
          <tr aria-hidden style={{ height: after }} />
        </tbody>
      </table>
    </section>
  );
}
