'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Check, CloudDownload } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { reelPlaylistsOptions } from '#app/_client/reel-queries.ts';
import { Button } from '#app/_ui/button.tsx';
import { toast } from '#app/_ui/toast.ts';
import type { KeptItems } from '#app/(portal)/_reels/kept-items.ts';
import type { ReelJson } from '#lib/reels/reel-schemas.ts';

/** The rendition that fits the screen; more would be fetched for nothing. */
const screenHeightPx = () => Math.round(Math.min(window.screen.width, window.screen.height) * window.devicePixelRatio);

/** Fetches all of the reel beforehand, so that it plays without a network for as long as the page is open. */
export function KeepButton({ reel, kept }: { reel: ReelJson; kept: KeptItems }) {
  const t = useTranslations('reels.page');
  const client = useQueryClient();
  const [done, setDone] = useState<number | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const clips = [...new Map(reel.items.flatMap(({ clip }) => (clip?.playback ? [[clip.clip_id, clip]] : []))).values()];
  const keep = async () => {
    const controller = new AbortController();
    running.current = controller;
    try {
      for (const [at, clip] of clips.entries()) {
        setDone(at);
        const { clip_id: clipId, playback } = clip;
        if (!playback) continue;
        const fetchTexts = async () => (await client.fetchQuery(reelPlaylistsOptions(reel.id, clipId))).playlists;
        await kept.keep({ clipId, url: playback.url, fetchTexts }, screenHeightPx(), controller.signal);
      }
    } catch {
      if (!controller.signal.aborted) toast.error(t('keepFailed'));
    }
    running.current = null;
    setDone(null);
  };
  if (clips.length === 0) return null;
  if (done !== null) {
    return (
      <Button onClick={() => running.current?.abort()} title={t('stopKeeping')}>
        <CloudDownload aria-hidden />
        <span role="status">{t('keeping', { done, of: clips.length })}</span>
      </Button>
    );
  }
  const isKept = clips.every(({ clip_id }) => kept.has(clip_id));
  return (
    <Button disabled={isKept} onClick={() => void keep()}>
      {isKept ? <Check aria-hidden /> : <CloudDownload aria-hidden />}
      {isKept ? t('kept') : t('keep')}
    </Button>
  );
}
