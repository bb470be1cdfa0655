'use client';

import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { eventName } from '#app/_i18n/hockey-words.ts';
import { type ClipPages, finishedSince } from './live-clips.ts';

/** Names the clips of the list that became playable last, for screen readers. */
export const useClipNews = (data: ClipPages | undefined): string => {
  const t = useTranslations('clips');
  const hockey = useTranslations('hockey');
  const [news, setNews] = useState('');
  const before = useRef(data);
  useEffect(() => {
    const ready = finishedSince(before.current, data).filter((clip) => clip.processing_status === 'ready');
    before.current = data;
    if (ready.length === 0) return;
    setNews(t('nowReady', { clip: ready.map((clip) => eventName(hockey, clip.event_type)).join(', ') }));
  }, [data, t, hockey]);
  return news;
};
