'use client';

import { ImageOff } from 'lucide-react';
import { type RefObject, useState } from 'react';
import { useTranslations } from 'use-intl';
import { cn } from '#app/_ui/cn.ts';
import { StoryboardTile } from '#app/(portal)/_clips/storyboard-tile-client.tsx';
import type { AssetJson } from '#lib/clips/clip-schemas.ts';
import type { StoryboardCue } from './storyboard-cues.ts';
import type { Storyboard } from './storyboard-sheet.ts';

/** What to paint over the thumbnail: one picture of the sprite, and how far into the clip it lies, from 0 to 1. */
export interface StoryboardFrame {
  storyboard: Storyboard;
  cue: StoryboardCue;
  fraction: number;
}

interface ClipThumbnailProps {
  thumbnail: AssetJson | null;
  /** `first`: seen at once, loaded first; `eager`: likely in view; `lazy`: when it comes near. */
  loading: 'first' | 'eager' | 'lazy';
  frame?: StoryboardFrame | null;
  frameRef?: RefObject<HTMLDivElement | null>;
  className?: string;
}

/** A 16:9 box that never changes its size, with the clip's picture in it, and its storyboard over that on demand. */
export function ClipThumbnail({ thumbnail, loading, frame, frameRef, className }: ClipThumbnailProps) {
  return (
    <div
      ref={frameRef}
      className={cn('relative aspect-video overflow-hidden', thumbnail ? 'bg-black' : 'bg-raised', className)}
    >
      {thumbnail ? <Picture key={thumbnail.signed_url} thumbnail={thumbnail} loading={loading} /> : null}
      {frame ? <StoryboardPicture frame={frame} /> : null}
    </div>
  );
}

function Picture({ thumbnail, loading }: { thumbnail: AssetJson; loading: ClipThumbnailProps['loading'] }) {
  const t = useTranslations('clips');
  // The first pictures are there with the page; fading them in would only hold them back.
  const [state, setState] = useState<'waiting' | 'shown' | 'failed'>(loading === 'lazy' ? 'waiting' : 'shown');
  if (state === 'failed')
    return (
      <span className="absolute inset-0 flex items-center justify-center text-white/60">
        <ImageOff aria-hidden className="size-6" />
        <span className="sr-only">{t('noPreview')}</span>
      </span>
    );
  return (
    <img
      ref={(image) => {
        if (image?.complete && image.naturalWidth > 0) setState('shown');
      }}
      src={thumbnail.signed_url}
      alt=""
      width={thumbnail.width ?? 640}
      height={thumbnail.height ?? 360}
      loading={loading === 'lazy' ? 'lazy' : 'eager'}
      fetchPriority={loading === 'first' ? 'high' : 'auto'}
      decoding="async"
      draggable={false}
      onLoad={() => setState('shown')}
      onError={() => setState('failed')}
      className={cn(
        'absolute inset-0 size-full object-contain transition-opacity duration-200',
        state === 'waiting' && 'opacity-0',
      )}
    />
  );
}

/** What is on screen while somebody scrubs, and how far into the clip that is. */
function StoryboardPicture({ frame: { storyboard, cue, fraction } }: { frame: StoryboardFrame }) {
  return (
    <div aria-hidden className="absolute inset-0 bg-black">
      <StoryboardTile storyboard={storyboard} cue={cue} />
      <div className="absolute inset-x-0 bottom-0 h-0.5 bg-white/25">
        <div className="h-full bg-accent" style={{ width: `${fraction * 100}%` }} />
      </div>
    </div>
  );
}
