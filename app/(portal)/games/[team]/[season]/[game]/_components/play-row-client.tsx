'use client';

import { memo } from 'react';
import { useTranslations } from 'use-intl';
import {
  eventName,
  type HockeyTranslator,
  outcomeName,
  periodShortName,
  strengthName,
  zoneName,
} from '#app/_i18n/hockey-words.ts';
import type { PlayJson } from '#lib/plays/play-field-schemas.ts';
import { clockText } from './play-words.ts';

interface PlayRowProps {
  play: PlayJson;
  index: number;
  isSelected: boolean;
  /** Whether Tab comes to it: of all rows the one that is looked at. */
  isReached: boolean;
  onPick: (play: PlayJson) => void;
}

const factsOf = ({ acting_team, zone, outcome, strength }: PlayJson, hockey: HockeyTranslator): string =>
  [
    acting_team,
    zone && zoneName(hockey, zone),
    outcome && outcomeName(hockey, outcome),
    strength && strengthName(hockey, strength),
  ]
    .filter(Boolean)
    .join(' · ');

/** One play. A click looks at it; the keys go on from there, so that it keeps no focus of its own. */
export const PlayRow = memo(function PlayRow({ play, index, isSelected, isReached, onPick }: PlayRowProps) {
  const hockey = useTranslations('hockey');
  const { period, name, shorthand, video } = play;
  return (
    <tr
      aria-rowindex={index + 2}
      aria-current={isSelected ? 'true' : undefined}
      data-play={play.id}
      className="play-row"
      onMouseDown={(event) => event.preventDefault()}
    >
      <td className="play-clock">
        <span className="play-period">{period === null ? '' : periodShortName(hockey, period)}</span>
        {clockText(play.clock_s)}
      </td>
      <td className="play-what">
        <button type="button" tabIndex={isReached ? 0 : -1} onClick={() => onPick(play)} className="play-pick">
          {eventName(hockey, name)}
        </button>
        <span className="play-shorthand">{shorthand}</span>
      </td>
      <td className="play-who">{play.player_name ?? play.player_id}</td>
      <td className="play-facts">{factsOf(play, hockey)}</td>
      <td className="play-state">
        <PlayState video={video} />
      </td>
    </tr>
  );
});

/** What there is to see of a play, where it is not simply its moment. */
function PlayState({ video }: Pick<PlayJson, 'video'>) {
  const t = useTranslations('games.plays');
  if (video === null) return <span title={t('noVideoLong')}>{t('noVideo')}</span>;
  return video.is_exact ? null : <span title={t('aboutLong')}>{t('about')}</span>;
}
