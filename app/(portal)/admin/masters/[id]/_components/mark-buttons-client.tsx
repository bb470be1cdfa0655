'use client';

import { ArrowLeftToLine, ArrowRightToLine } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { LAG_S, LEAD_S } from '#app/_client/cut-range.ts';
import { Button, IconButton } from '#app/_ui/button.tsx';
import { Kbd } from '#app/_ui/kbd.tsx';
import type { PageKey } from '#app/(portal)/watch/_components/use-player-keys.ts';

export type Mark = 'in' | 'out' | 'around';

export interface MarkButtonsProps {
  /** The moments that are set, for jumping back to them. */
  marks: { inS: number | null; outS: number | null };
  onMark: (mark: Mark) => void;
  onGoTo: (atS: number | null) => void;
}

/** The keys that mark, as the player hears them and its table tells of them. */
export function useMarkKeys(mark: (mark: Mark) => void): PageKey[] {
  const t = useTranslations('masters.preview');
  const around = t('around', { lead: String(LEAD_S), lag: String(LAG_S) });
  return [
    { key: 'i', cap: 'I', text: t('setIn'), act: () => mark('in') },
    { key: 'o', cap: 'O', text: t('setOut'), act: () => mark('out') },
    { key: 'e', cap: 'E', text: around, act: () => mark('around') },
  ];
}

/** What marks the frame on screen, and leads back to what is marked. */
export function MarkButtons({ marks, onMark, onGoTo }: MarkButtonsProps) {
  const t = useTranslations('masters.preview');
  return (
    <>
      <Button size="sm" onClick={() => onMark('in')}>
        {t('setIn')} <Kbd>I</Kbd>
      </Button>
      <Button size="sm" onClick={() => onMark('out')}>
        {t('setOut')} <Kbd>O</Kbd>
      </Button>
      <Button size="sm" onClick={() => onMark('around')}>
        {t('around', { lead: String(LEAD_S), lag: String(LAG_S) })} <Kbd>E</Kbd>
      </Button>
      <span className="flex-1" />
      <IconButton label={t('goIn')} size="sm" disabled={marks.inS === null} onClick={() => onGoTo(marks.inS)}>
        <ArrowLeftToLine aria-hidden />
      </IconButton>
      <IconButton label={t('goOut')} size="sm" disabled={marks.outS === null} onClick={() => onGoTo(marks.outS)}>
        <ArrowRightToLine aria-hidden />
      </IconButton>
    </>
  );
}
