'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import type { PlayJson } from '#lib/plays/play-field-schemas.ts';
import { PlayRow } from './play-row-client.tsx';

/** Of `game-page.css` too: `.play-row` and the head. */
const ROW_PX = 44;
const HEAD_PX = 32;

const ROWS_TO_COME = Array.from({ length: 12 }, (_, row) => row);

interface PlayTableProps {
  plays: readonly PlayJson[];
  /** The one that is looked at; -1 for none. */
  index: number;
  /** `null` for those who mark nothing. */
  marks: ReadonlySet<number> | null;
  /** Whether some film shows plays of the game. */
  isFilmed: boolean;
  onPick: (play: PlayJson) => void;
  onMark: (play: PlayJson) => void;
}

/** The same function from one rendering to the next, so that rows are drawn anew only when their play changes. */
function useSame(act: (play: PlayJson) => void): (play: PlayJson) => void {
  const latest = useRef(act);
  useLayoutEffect(() => {
    latest.current = act;
  });
  return useCallback((play) => latest.current(play), []);
}

/** The plays, of which those rows alone are there that are in view: a game has thousands. */
export function PlayTable({ plays, index, marks, isFilmed, onPick, onMark }: PlayTableProps) {
  const scrollRef = useRef<HTMLElement>(null);
  const t = useTranslations('games.plays');
  const rows = useVirtualizer({
    count: plays.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => ROW_PX,
    overscan: 10,
    scrollPaddingStart: HEAD_PX,
    // Rows before the head's height are under it.
    paddingStart: HEAD_PX,
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
  const pick = useSame(onPick);
  const mark = useSame(onMark);
  const items = rows.getVirtualItems();
  const before = (items[0]?.start ?? HEAD_PX) - HEAD_PX;
  const after = rows.getTotalSize() - (items.at(-1)?.end ?? HEAD_PX);
  return (
    <section ref={scrollRef} className="play-scroll scroll-thin" aria-label={t('label')}>
      <table className="play-table" aria-rowcount={plays.length + 1}>
        <PlayHead canMark={marks !== null} />
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
                isMarked={marks?.has(play.id) ?? null}
                saysNoFilm={isFilmed}
                onPick={pick}
                onMark={mark}
              />
            ) : null;
          })}
          <tr aria-hidden style={{ height: after }} />
        </tbody>
      </table>
    </section>
  );
}

function PlayHead({ canMark }: { canMark: boolean }) {
  const t = useTranslations('games.plays');
  const columns = ['clock', 'what', 'who', 'facts'] as const;
  return (
    <thead>
      <tr aria-rowindex={1}>
        {canMark ? (
          <th scope="col" className="play-mark">
            <span className="sr-only">{t('marked')}</span>
          </th>
        ) : null}
        {columns.map((column) => (
          <th key={column} scope="col" className={`play-${column}`}>
            {t(column)}
          </th>
        ))}
        <th scope="col" className="play-state">
          <span className="sr-only">{t('state')}</span>
        </th>
      </tr>
    </thead>
  );
}

/** What stands there while the plays are on their way: rows of the final size. */
export function PlayTableToCome() {
  const common = useTranslations('common');
  return (
    <section className="play-scroll" aria-busy aria-label={common('loading')}>
      {ROWS_TO_COME.map((row) => (
        <div key={row} className="play-to-come" />
      ))}
    </section>
  );
}
