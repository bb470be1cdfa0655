'use client';

import { Play } from 'lucide-react';
import { useId } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#app/_ui/button.tsx';
import { MAX_BESIDE_S } from '#lib/plays/lead-lag-schemas.ts';
import { SecondsInput } from './seconds-input-client.tsx';
import type { GameUrlState } from './use-game-url-state.ts';

/** How far a play's window reaches, for playing it and for its clip: an emptied field goes by the kind of play again. */
export function WindowFields({ state, onPlay }: { state: GameUrlState; onPlay: (() => void) | null }) {
  const t = useTranslations('games.window');
  const id = useId();
  const { leadS, lagS } = state.window;
  const field = (name: 'lead' | 'lag', value: number) => (
    <span className="flex items-center gap-1.5">
      <label htmlFor={`${id}-${name}`} className="text-[0.8125rem] text-muted">
        {t(name)}
      </label>
      <SecondsInput
        id={`${id}-${name}`}
        value={value}
        max={MAX_BESIDE_S}
        className="h-8 w-16 px-2"
        onChange={(seconds) => state.setHere({ [name]: seconds })}
        onEmpty={() => state.setHere({ [name]: null })}
      />
    </span>
  );
  return (
    <fieldset className="flex flex-wrap items-center gap-3" aria-label={t('label')}>
      <Button size="sm" disabled={onPlay === null} onClick={() => onPlay?.()}>
        <Play aria-hidden />
        {t('play')}
      </Button>
      {field('lead', leadS)}
      {field('lag', lagS)}
    </fieldset>
  );
}
