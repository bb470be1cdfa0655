'use client';

import { Maximize, Pause, Play, SkipBack, SkipForward, Volume2, VolumeX } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { formatDuration } from '#app/_i18n/clip-formats.ts';
import { NoteMarks } from '#app/(portal)/_notes/notes-layer-client.tsx';
import type { ShownNote } from '#app/(portal)/_notes/shown-note.ts';
import type { PlayerAction } from '#app/(portal)/watch/_components/player-keys.ts';
import { type DeckItem, endOf } from './deck-item.ts';
import type { DeckClock } from './use-deck-clock.ts';

interface ReelBarProps {
  item: DeckItem;
  clock: DeckClock;
  /** Of the clip, by its own clock. */
  notes: readonly ShownNote[];
  /** Whether the bar is the whole clip's. */
  isFree: boolean;
  place: { at: number; of: number };
  perform: (action: PlayerAction) => void;
  /** Called with a moment of the clip, in seconds. */
  onSeek: (atS: number) => void;
  onStep: (by: 1 | -1) => void;
  onFullscreen: () => void;
}

/** The bar over the picture: where one is in the item, and which of the items it is. */
export function ReelBar(props: ReelBarProps) {
  const { item, clock, notes, isFree, place, perform, onSeek, onStep, onFullscreen } = props;
  const t = useTranslations('reels.player');
  const [fromS, toS] = isFree ? [0, item.clip.duration_s] : [item.inS, endOf(item)];
  const lengthS = Math.max(0.01, toS - fromS);
  const shownS = Math.min(lengthS, Math.max(0, clock.atS - fromS));
  const marks = notes
    .filter(({ at_s }) => at_s >= fromS && at_s <= toS)
    .map((note) => ({ ...note, at_s: note.at_s - fromS }));
  const partOf = (atS: number) => `${(Math.min(Math.max(atS, 0), lengthS) / lengthS) * 100}%`;
  return (
    <div className="player-bar reel-bar">
      <div className="player-seek reel-seek">
        {isFree ? (
          <div
            aria-hidden
            className="reel-kept"
            style={{ left: partOf(item.inS), right: `calc(100% - ${partOf(endOf(item))})` }}
          />
        ) : null}
        <input
          type="range"
          aria-label={t('seek')}
          aria-valuetext={t('time', { at: formatDuration(shownS), of: formatDuration(lengthS) })}
          min={0}
          max={lengthS}
          step={0.01}
          value={shownS}
          onChange={(event) => onSeek(fromS + Math.min(Number(event.target.value), lengthS - 0.02))}
        />
        <NoteMarks notes={marks} durationS={lengthS} />
      </div>
      <div className="reel-buttons">
        <BarButton label={t('previous')} disabled={place.at <= 0} onClick={() => onStep(-1)}>
          <SkipBack aria-hidden />
        </BarButton>
        <BarButton label={clock.isPaused ? t('play') : t('pause')} onClick={() => perform({ kind: 'toggle-play' })}>
          {clock.isPaused ? <Play aria-hidden /> : <Pause aria-hidden />}
        </BarButton>
        <BarButton label={t('next')} disabled={place.at >= place.of - 1} onClick={() => onStep(1)}>
          <SkipForward aria-hidden />
        </BarButton>
        <span className="reel-time">{t('time', { at: formatDuration(shownS), of: formatDuration(lengthS) })}</span>
        <span className="player-gap" />
        <span className="reel-time" data-testid="reel-place">
          {t('place', { at: place.at + 1, of: place.of })}
        </span>
        {clock.rate === 1 ? null : <span className="reel-time">{clock.rate}×</span>}
        <BarButton label={clock.isMuted ? t('unmute') : t('mute')} onClick={() => perform({ kind: 'toggle-mute' })}>
          {clock.isMuted ? <VolumeX aria-hidden /> : <Volume2 aria-hidden />}
        </BarButton>
        <BarButton label={t('fullscreen')} onClick={onFullscreen}>
          <Maximize aria-hidden />
        </BarButton>
      </div>
    </div>
  );
}

function BarButton(props: { label: string; disabled?: boolean; onClick: () => void; children: ReactNode }) {
  const { label, disabled = false, onClick, children } = props;
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={onClick}
      className="reel-button"
    >
      {children}
    </button>
  );
}
