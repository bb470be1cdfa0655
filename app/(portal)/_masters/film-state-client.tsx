'use client';

import { useTranslations } from 'use-intl';
import { formatDuration } from '#app/_i18n/clip-formats.ts';
import { Badge, type BadgeTone } from '#app/_ui/badge.tsx';
import type { PreparationJson } from '#lib/masters/master-schemas.ts';

type State = 'none' | 'pending' | 'running' | 'ready' | 'cutShort' | 'failed';

const TONES: Record<State, BadgeTone> = {
  none: 'neutral',
  pending: 'neutral',
  running: 'info',
  ready: 'neutral',
  cutShort: 'warning',
  failed: 'danger',
};

/** Its ladder may be made still; all of it plays. */
const END_S = 0.5;

/** Whether all of a film can be watched. */
export const isWatchableWhole = (preparation: PreparationJson, durationS: number | null): boolean =>
  preparation.status === 'ready' || (durationS !== null && preparation.playable_to_s >= durationS - END_S);

function stateOf(preparation: PreparationJson | null, durationS: number | null): State {
  if (!preparation) return 'none';
  if (isWatchableWhole(preparation, durationS)) return 'ready';
  const { status, playable_to_s } = preparation;
  return status === 'failed' && playable_to_s > 0 ? 'cutShort' : status;
}

interface FilmStateProps {
  preparation: PreparationJson | null;
  durationS: number | null;
}

/** How far a film can be watched, in a word. */
export function FilmState({ preparation, durationS }: FilmStateProps) {
  const t = useTranslations('film.state');
  const state = stateOf(preparation, durationS);
  const at = formatDuration(preparation?.playable_to_s ?? 0);
  return (
    <Badge tone={TONES[state]} title={preparation?.error_message ?? undefined}>
      {t(state, { at })}
    </Badge>
  );
}
