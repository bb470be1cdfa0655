'use client';

import { type ClipQuery, clipHref } from '#app/_client/clip-query.ts';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';
import { ClipCard } from './clip-card-client.tsx';
import { ClipCardSkeleton } from './clip-skeletons.tsx';
import type { ClipSelection } from './use-clip-selection.ts';

/** Pictures that are seen before any scrolling: the first row gets its bytes first. */
const FIRST = 4;
const EAGER = 12;

const loadingOf = (index: number) => (index < FIRST ? 'first' : index < EAGER ? 'eager' : 'lazy');

export const GRID_CLASSES = 'grid grid-cols-[repeat(auto-fill,minmax(min(100%,15rem),1fr))] gap-3';

interface ClipGridProps {
  clips: ClipJson[];
  query: ClipQuery;
  canRetry: boolean;
  /** `null` for those who may change nothing. */
  selection: ClipSelection | null;
  /** Cards that are on their way: their places are kept, so that nothing moves when they arrive. */
  coming: number;
}

/**
 * Every loaded clip is in the document, so that the browser's own search and screen readers find it; what is out of
 * view costs no layout (`content-visibility` in the card).
 */
export function ClipGrid({ clips, query, canRetry, selection, coming }: ClipGridProps) {
  return (
    <ul className={GRID_CLASSES}>
      {clips.map((clip, index) => (
        <li key={clip.clip_id} className="min-w-0">
          <ClipCard
            clip={clip}
            href={clipHref(clip.clip_id, query)}
            loading={loadingOf(index)}
            canRetry={canRetry}
            onSelect={selection?.onSelect}
            selected={selection?.isSelected(clip.clip_id) ?? false}
            ticks={selection?.ticks ?? 'hover'}
          />
        </li>
      ))}
      {Array.from({ length: coming }, (_, index) => clips.length + index).map((place) => (
        <li key={`place ${place}`} aria-hidden className="min-w-0">
          <ClipCardSkeleton />
        </li>
      ))}
    </ul>
  );
}
