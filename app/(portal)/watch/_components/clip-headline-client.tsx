'use client';

import { useFormatter, useTranslations } from 'use-intl';
import { formatGameDate } from '#app/_i18n/clip-formats.ts';
import { outcomeName, periodShortName, strengthName, zoneName } from '#app/_i18n/hockey-words.ts';
import { Badge } from '#app/_ui/badge.tsx';
import { GameTeams } from '#app/(portal)/_clubs/clubs-client.tsx';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';
import type { ClipClock } from '#lib/plays/clip-clock-schemas.ts';
import { GameClock } from './game-clock-client.tsx';

const TONES: Readonly<Record<string, 'success' | 'danger'>> = { successful: 'success', failed: 'danger' };

interface ClipHeadlineProps {
  clip: ClipJson;
  /** The game's clock in it, where that is known. */
  clock: ClipClock | null;
  startS: number;
  videoOf: () => HTMLVideoElement | null;
}

/** What a coach asks first: when in the game, at what strength, and how it ended; then which game. */
export function ClipHeadline({ clip, clock, startS, videoOf }: ClipHeadlineProps) {
  const hockey = useTranslations('hockey');
  const format = useFormatter();
  const { team_code: team, opponent_code: opponent, period, strength, zone, outcome } = clip;
  return (
    <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1.5 text-sm">
      {clock ? (
        <GameClock clock={clock} startS={startS} videoOf={videoOf} />
      ) : period === null ? null : (
        <span className="font-semibold">{periodShortName(hockey, period)}</span>
      )}
      {strength ? <span className="font-semibold">{strengthName(hockey, strength)}</span> : null}
      {outcome ? <Badge tone={TONES[outcome] ?? 'neutral'}>{outcomeName(hockey, outcome)}</Badge> : null}
      {zone ? <span className="text-muted">{zoneName(hockey, zone)}</span> : null}
      <GameTeams team={team} opponent={opponent} />
      {clip.game_date ? <span className="text-muted">{formatGameDate(format, clip.game_date)}</span> : null}
    </div>
  );
}
