'use client';

import { VolumeX } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { pickAssets } from '#app/(portal)/_clips/clip-assets.ts';
import { loadStoryboard, type Storyboard } from '#app/(portal)/_clips/storyboard-sheet.ts';
import { StoryboardTile } from '#app/(portal)/_clips/storyboard-tile-client.tsx';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';
import type { TouchJump } from './use-touch-jumps.ts';

/**
 * The frame that playing begins with, as small as the storyboard has it, until the film is there; before that the card's
 * picture out of focus, so that nobody takes it for the first frame.
 * @param atS where playing begins, in seconds of the clip.
 */
export function PictureToCome({ clip, atS }: { clip: ClipJson; atS: number }) {
  const [storyboard, setStoryboard] = useState<Storyboard | null>(null);
  useEffect(() => {
    // A master's small pictures are none of the frame that the clip begins with.
    if (!pickAssets(clip).storyboardImage) return;
    const leaving = new AbortController();
    // Without it the card's picture stays.
    loadStoryboard(clip, { priority: 'low', signal: leaving.signal }).then(
      (loaded) => leaving.signal.aborted || setStoryboard(loaded),
      () => {},
    );
    return () => leaving.abort();
  }, [clip]);
  const cue = storyboard?.cues.findLast(({ startS }) => startS <= atS);
  if (storyboard && cue) {
    return (
      <div aria-hidden className="player-to-come">
        <StoryboardTile storyboard={storyboard} cue={cue} />
      </div>
    );
  }
  const { thumbnail } = pickAssets(clip);
  if (!thumbnail) return null;
  return (
    <img
      src={thumbnail.signed_url}
      alt=""
      crossOrigin="anonymous"
      fetchPriority="high"
      draggable={false}
      className="player-to-come player-unfocused"
    />
  );
}

/** Says that the browser has taken the sound away, and gives it back. */
export function SoundOff({ onSound }: { onSound: () => void }) {
  const t = useTranslations('watch');
  return (
    <button type="button" className="player-sound" onClick={onSound}>
      <VolumeX aria-hidden />
      {t('tapForSound')}
    </button>
  );
}

/** Confirms a jump where the finger was. */
export function JumpMark({ jump }: { jump: TouchJump | null }) {
  const t = useTranslations('watch');
  if (!jump) return null;
  return (
    <span key={jump.count} aria-hidden className="player-jump" data-side={jump.seconds < 0 ? 'left' : 'right'}>
      {t(jump.seconds < 0 ? 'jumpBack' : 'jumpForward', { seconds: Math.abs(jump.seconds) })}
    </span>
  );
}
