'use client';

import { VolumeX } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { AssetJson } from '#lib/clips/clip-schemas.ts';
import type { TouchJump } from './use-touch-jumps.ts';

/** What the clip looks like, out of focus: a promise of its picture that is not taken for its first frame. */
export function PictureToCome({ thumbnail }: { thumbnail: AssetJson | null }) {
  if (!thumbnail) return null;
  return (
    <img
      src={thumbnail.signed_url}
      alt=""
      crossOrigin="anonymous"
      fetchPriority="high"
      draggable={false}
      className="player-to-come"
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
