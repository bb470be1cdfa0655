'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button, IconButton } from '#app/_ui/button.tsx';
import { Kbd } from '#app/_ui/kbd.tsx';
import type { ReelItemJson } from '#lib/reels/reel-schemas.ts';
import { type Trim, withEnd } from './trim.ts';

interface TrimPanelProps {
  item: ReelItemJson;
  framesPerSecond: number;
  /** Sets an end at the frame on screen. */
  onEnd: (end: 'in' | 'out') => void;
  onChange: (trim: Trim) => void;
  onGoTo: (atS: number) => void;
  onClose: () => void;
}

/** The ends of an item, by key, by the frame on screen and by single frames; the clip itself stays as it is. */
export function TrimPanel({ item, framesPerSecond, onEnd, onChange, onGoTo, onClose }: TrimPanelProps) {
  const t = useTranslations('reels.trim');
  const inS = item.in_s ?? 0;
  const outS = item.out_s ?? item.clip?.duration_s ?? 0;
  const nudge = (end: 'in' | 'out', frames: number) => {
    const atS = (end === 'in' ? inS : outS) + frames / framesPerSecond;
    const trim = withEnd(item, end, atS);
    if (!trim) return;
    onChange(trim);
    // The last frame that is shown, not the first one behind it.
    onGoTo(end === 'in' ? atS : atS - 1 / framesPerSecond);
  };
  const step = (end: 'in' | 'out', frames: 1 | -1, label: string) => (
    <IconButton size="sm" label={label} onClick={() => nudge(end, frames)}>
      {frames < 0 ? <ChevronLeft aria-hidden /> : <ChevronRight aria-hidden />}
    </IconButton>
  );
  return (
    <section
      aria-label={t('label')}
      className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border border-line bg-surface px-3 py-2"
    >
      <span className="flex items-center gap-1">
        <Button size="sm" onClick={() => onEnd('in')}>
          {t('in')} <Kbd>I</Kbd>
        </Button>
        {step('in', -1, t('inBack'))}
        <output className="min-w-16 text-center font-mono text-xs">{t('inAt', { at: inS.toFixed(2) })}</output>
        {step('in', 1, t('inForward'))}
      </span>
      <span className="flex items-center gap-1">
        <Button size="sm" onClick={() => onEnd('out')}>
          {t('out')} <Kbd>O</Kbd>
        </Button>
        {step('out', -1, t('outBack'))}
        <output className="min-w-16 text-center font-mono text-xs">{t('outAt', { at: outS.toFixed(2) })}</output>
        {step('out', 1, t('outForward'))}
      </span>
      <span className="flex-1" />
      <Button size="sm" variant="ghost" onClick={() => onChange({ in_s: null, out_s: null })}>
        {t('reset')}
      </Button>
      <Button size="sm" variant="primary" onClick={onClose}>
        {t('done')}
      </Button>
    </section>
  );
}
