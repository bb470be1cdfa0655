'use client';

import { Scissors } from 'lucide-react';
import Link from 'next/link';
import { memo } from 'react';
import { useTranslations } from 'use-intl';
import { clockText } from '#app/_i18n/clip-formats.ts';
import {
  eventName,
  type HockeyTranslator,
  outcomeName,
  periodShortName,
  strengthName,
  zoneName,
} from '#app/_i18n/hockey-words.ts';
import type { PlayJson } from '#lib/plays/play-field-schemas.ts';

interface PlayRowProps {
  play: PlayJson;
  index: number;
  isSelected: boolean;
  /** Whether Tab comes to it: of all rows the one that is looked at. */
  isReached: boolean;
  /** Whether it is marked; `null` for those who mark nothing. */
  isMarked: boolean | null;
  /** Whether it is to be said of a play that no film shows it: of a game without film that stands in the picture's place. */
  saysNoFilm: boolean;
  onPick: (play: PlayJson) => void;
  onMark: (play: PlayJson) => void;
}

const factsOf = ({ outcome, strength }: PlayJson, hockey: HockeyTranslator): string =>
  [strength && strengthName(hockey, strength), outcome && outcomeName(hockey, outcome)].filter(Boolean).join(' · ');

/** One play. A click looks at it; the keys go on from there, so that it keeps no focus of its own. */
export const PlayRow = memo(function PlayRow(props: PlayRowProps) {
  const { play, index, isSelected, isReached, isMarked, saysNoFilm, onPick, onMark } = props;
  const t = useTranslations('games.plays');
  const hockey = useTranslations('hockey');
  const { period, name, shorthand } = play;
  const who = play.player_name ?? play.player_id;
  const at = `${period === null ? '' : `${periodShortName(hockey, period)} `}${clockText(play.clock_s)}`;
  return (
    <tr
      aria-rowindex={index + 2}
      aria-current={isSelected ? 'true' : undefined}
      data-play={play.id}
      data-marked={isMarked || undefined}
      className="play-row"
      onMouseDown={(event) => event.preventDefault()}
    >
      {isMarked === null ? null : (
        <td className="play-mark">
          <label>
            <input
              type="checkbox"
              tabIndex={-1}
              checked={isMarked}
              aria-label={t('mark', { event: eventName(hockey, name), at })}
              onChange={() => onMark(play)}
            />
          </label>
        </td>
      )}
      <td className="play-clock">
        <span className="play-period">{period === null ? '' : periodShortName(hockey, period)}</span>
        {clockText(play.clock_s)}
      </td>
      <td className="play-what">
        <button type="button" tabIndex={isReached ? 0 : -1} onClick={() => onPick(play)} className="play-pick">
          {eventName(hockey, name)}
        </button>
        <span className="play-shorthand">{shorthand}</span>
        <span className="play-under">
          {[who, play.strength && strengthName(hockey, play.strength), play.acting_team, shorthand]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </td>
      <td className="play-who" title={who ?? undefined}>
        {who}
        <span className="play-shorthand">{play.acting_team}</span>
      </td>
      <td className="play-facts">
        {factsOf(play, hockey)}
        <span className="play-shorthand">{play.zone && zoneName(hockey, play.zone)}</span>
      </td>
      <td className="play-state">
        <PlayState play={play} saysNoFilm={saysNoFilm} />
      </td>
    </tr>
  );
});

/** What there is to see of a play, where it is not simply its moment. */
function PlayState({ play, saysNoFilm }: Pick<PlayRowProps, 'play' | 'saysNoFilm'>) {
  const { video, clip_id: clipId, name } = play;
  const t = useTranslations('games.plays');
  const hockey = useTranslations('hockey');
  return (
    <>
      {saysNoFilm && video === null && clipId === null ? <span title={t('noVideoLong')}>{t('noVideo')}</span> : null}
      {video && !video.is_exact ? <span title={t('aboutLong')}>{t('about')}</span> : null}
      {clipId === null ? null : (
        <Link
          href={`/clips/${encodeURIComponent(clipId)}`}
          prefetch={false}
          tabIndex={-1}
          aria-label={t('toClip', { event: eventName(hockey, name) })}
          title={t('isClip')}
          className="play-clip"
        >
          <Scissors aria-hidden />
        </Link>
      )}
    </>
  );
}
