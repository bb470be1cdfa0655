import { useRouter } from 'next/navigation';
import { useEffect, useEffectEvent, useRef } from 'react';
import { useTranslations } from 'use-intl';
import type { ClipQuery } from '#app/_client/clip-query.ts';
import { type ListPlace, queuedHref } from '#app/_client/clip-queue.ts';
import { usePlayOn } from '#app/_client/remembered.ts';
import { toast } from '#app/_ui/toast.ts';

interface Way {
  clipId: string;
  isPlayable: boolean;
  place: ListPlace;
  query: ClipQuery;
  queueName: string | null;
  /** Called with the clip that one goes to, before its page is asked for. */
  onLeave: (to: string) => void;
}

/**
 * From clip to clip: by hand, and at a clip's end by itself while “Play on” is on, past what cannot be played. The
 * address changes with the clip; Back leads to where the first one was opened.
 */
export function usePlayThrough({ clipId, isPlayable, place, query, queueName, onLeave }: Way) {
  const t = useTranslations('clip.neighbours');
  const router = useRouter();
  const playsOn = usePlayOn();
  const isPassing = useRef(false);

  const goTo = (which: 'previous' | 'next') => {
    const to = place[which];
    if (to === null) return false;
    onLeave(to);
    router.replace(queuedHref(to, query, queueName), { scroll: false });
    return true;
  };
  const onNeighbour = (which: 'previous' | 'next') => {
    isPassing.current = false;
    if (!goTo(which)) toast(t('none'));
  };
  const onEnd = () => {
    isPassing.current = playsOn && goTo('next');
  };

  const passUnplayable = useEffectEvent((canPlay: boolean) => {
    if (!isPassing.current) return;
    isPassing.current = !canPlay && goTo('next');
  });
  useEffect(() => {
    // Each clip that one comes to is looked at.
    void clipId;
    passUnplayable(isPlayable);
  }, [clipId, isPlayable]);
  return { onNeighbour, onEnd };
}
