'use client';

import { useCallback, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { ClipQuery } from '#app/_client/clip-query.ts';
import { eventName } from '#app/_i18n/hockey-words.ts';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';
import type { ClipPages } from './live-clips.ts';
import { useLiveClips } from './use-live-clips.ts';

/** Follows the unfinished clips of the list; the text names those that became playable last, for screen readers. */
export const useClipNews = (query: ClipQuery, data: ClipPages | undefined): string => {
  const t = useTranslations('clips');
  const hockey = useTranslations('hockey');
  const [news, setNews] = useState('');
  const announce = useCallback(
    (finished: ClipJson[]) => {
      const ready = finished.filter((clip) => clip.processing_status === 'ready');
      if (ready.length === 0) return;
      setNews(t('nowReady', { clip: ready.map((clip) => eventName(hockey, clip.event_type)).join(', ') }));
    },
    [t, hockey],
  );
  useLiveClips(query, data, announce);
  return news;
};
