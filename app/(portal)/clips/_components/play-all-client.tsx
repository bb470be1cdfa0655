'use client';

import { Play, SquareStack } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'use-intl';
import { type ClipQuery, clipHref, clipQueryText } from '#app/_client/clip-query.ts';
import { inListOrder, keepQueue, queuedHref } from '#app/_client/clip-queue.ts';
import { remember } from '#app/_client/remembered.ts';
import { Button } from '#app/_ui/button.tsx';
import { isPlayable } from '#app/(portal)/_clips/clip-assets.ts';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';

/** Opens the first clip of a list that can be played; the others follow it. */
export function PlayAll({ clips, query }: { clips: readonly ClipJson[]; query: ClipQuery }) {
  const t = useTranslations('watch');
  const first = clips.find(isPlayable);
  if (!first) return null;
  return (
    <Button asChild size="sm">
      <Link href={clipHref(first.clip_id, query)} prefetch={false} onClick={() => remember('play-on', 'on')}>
        <Play aria-hidden />
        {t('playAll')}
      </Link>
    </Button>
  );
}

/** Plays what the list finds as a reel that nobody has to make: without a gap, with a reel's keys. */
export function PlayAsReel({ clips, query }: { clips: readonly ClipJson[]; query: ClipQuery }) {
  const t = useTranslations('reels.list');
  if (!clips.some(isPlayable)) return null;
  const text = clipQueryText(query);
  return (
    <Button asChild size="sm" variant="ghost" className="pointer-coarse:min-w-11" title={t('playAsReel')}>
      <Link href={`/reels/play${text && `?${text}`}`} prefetch={false}>
        <SquareStack aria-hidden />
        <span className="max-sm:sr-only">{t('playAsReel')}</span>
      </Link>
    </Button>
  );
}

interface PlayPickedProps {
  picked: ReadonlySet<string>;
  /** The list's clips that are loaded, in its order. */
  loaded: readonly string[];
  query: ClipQuery;
}

/** Plays the ticked clips one after the other, in the order of the list. */
export function PlayPicked({ picked, loaded, query }: PlayPickedProps) {
  const t = useTranslations('watch');
  const router = useRouter();
  const play = () => {
    const clipIds = inListOrder(picked, loaded);
    const [first] = clipIds;
    if (first === undefined) return;
    remember('play-on', 'on');
    router.push(queuedHref(first, query, keepQueue(clipIds)));
  };
  return (
    <Button size="sm" disabled={picked.size === 0} onClick={play}>
      <Play aria-hidden />
      {t('playPicked')}
    </Button>
  );
}
