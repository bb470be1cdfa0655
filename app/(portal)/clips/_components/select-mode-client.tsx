'use client';

import { ListChecks } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from '#app/_ui/button.tsx';
import type { ClipSelection } from './use-clip-selection.ts';

/** Says that one selects now: the cards are ticks then. Without a mouse there is no other way to begin. */
export function SelectMode({ selection }: { selection: ClipSelection }) {
  const t = useTranslations('clips.bulk');
  return (
    <Button
      size="sm"
      aria-pressed={selection.isMode}
      onClick={() => selection.onMode(!selection.isMode)}
      className="ml-auto pointer-coarse:min-w-11 aria-pressed:border-accent-text aria-pressed:text-accent-text"
    >
      <ListChecks aria-hidden />
      <span className="max-sm:sr-only">{t('mode')}</span>
    </Button>
  );
}
