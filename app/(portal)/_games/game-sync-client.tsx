'use client';

import { Link2, Link2Off, SlidersHorizontal } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { periodName } from '#app/_i18n/hockey-words.ts';
import { Button } from '#app/_ui/button.tsx';
import { Kbd } from '#app/_ui/kbd.tsx';
import { Skeleton } from '#app/_ui/skeleton.tsx';
import type { GameSync as Sync } from './use-game-sync.ts';

interface GameSyncProps {
  sync: Sync;
  /** Opens what corrects it. */
  onAdjust: () => void;
}

/** What is known of a period's clock and the film on screen. */
type TieState = 'tied' | 'presumed' | 'noPlays' | 'untiedHere' | 'untied';

function stateOf({ own, isPresumed, hasPlays, checks, masterId }: Sync, placesElsewhere: boolean): TieState {
  if (own.length > 0) return 'tied';
  if (isPresumed && checks.length > 0) return 'presumed';
  if (!hasPlays) return 'noPlays';
  return placesElsewhere && masterId ? 'untiedHere' : 'untied';
}

/** One line about the period's clock and the film, with one button; another opens what corrects it. */
export function GameSync({ sync, onAdjust }: GameSyncProps) {
  const t = useTranslations('playSync');
  const hockey = useTranslations('hockey');
  if (!sync.canTie || !sync.masterId) return null;
  if (!sync.isKnown) return <Skeleton className="game-sync game-sync-line" />;
  const isElsewhere = sync.all.some(({ period, video }) => period === sync.period && video !== null);
  const state = stateOf(sync, isElsewhere);
  const period = periodName(hockey, sync.period);
  return (
    <section aria-label={t('label')} className="game-sync">
      <div className="game-sync-line" data-state={state}>
        {state === 'tied' ? <Link2 aria-hidden /> : <Link2Off aria-hidden />}
        <p role="status" className="min-w-0 flex-1">
          {t(state, { period })}
        </p>
        {state === 'presumed' ? (
          <Button size="sm" variant="primary" onClick={() => void sync.confirm()}>
            {t('confirm')}
          </Button>
        ) : state === 'tied' ? null : (
          <Button size="sm" variant="primary" onClick={() => void sync.tie()}>
            {sync.target === 'play' ? t('tiePlay') : t('tieOpening')}
            <Kbd>S</Kbd>
          </Button>
        )}
        <Button size="sm" variant="ghost" onClick={onAdjust}>
          <SlidersHorizontal aria-hidden />
          {t('adjust')}
        </Button>
      </div>
    </section>
  );
}
