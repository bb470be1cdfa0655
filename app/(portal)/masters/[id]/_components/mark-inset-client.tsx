'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Maximize2, X } from 'lucide-react';
import { useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { clipDetailOptions } from '#app/_client/clip-queries.ts';
import { formatDuration } from '#app/_i18n/clip-formats.ts';
import { isPlayable } from '#app/(portal)/_clips/clip-assets.ts';
import { makeVideo } from '#app/(portal)/watch/_components/begun-store.ts';
import type { FilmElement } from '#app/(portal)/watch/_components/film-element.ts';
import { playAsAllowed } from '#app/(portal)/watch/_components/play-as-allowed.ts';
import type { StreamEvents } from '#app/(portal)/watch/_components/stream-parts.ts';
import { startClip } from '#app/(portal)/watch/_components/stream-source.ts';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';

interface MarkInsetProps {
  /** As it was when it was marked. */
  clip: ClipJson;
  onOpen: () => void;
  onClose: () => void;
}

/** The clip that was marked last, in a corner of the film, which goes on: without sound, from its first frame at once. */
export function MarkInset({ clip: made, onOpen, onClose }: MarkInsetProps) {
  const t = useTranslations('film.inset');
  const { data: clip } = useQuery({ ...clipDetailOptions(made.clip_id), initialData: made });
  const { boxRef, hasFault } = useInsetFilm(clip);
  const endAt = formatDuration(clip.end_timecode_s);
  return (
    <section aria-label={t('label')} className="mark-inset" data-clip-id={clip.clip_id}>
      <div ref={boxRef} className="mark-inset-picture" />
      {isPlayable(clip) ? null : <p className="mark-inset-words">{t('later', { at: endAt })}</p>}
      {hasFault ? <p className="mark-inset-words">{t('fault')}</p> : null}
      <button type="button" className="mark-inset-open" aria-label={t('open')} onClick={onOpen}>
        <Maximize2 aria-hidden />
      </button>
      <button type="button" className="mark-inset-close" aria-label={t('close')} onClick={onClose}>
        <X aria-hidden />
      </button>
    </section>
  );
}

/** Plays a clip in an element of its own, as soon as there is something of it. */
function useInsetFilm(clip: ClipJson) {
  const queryClient = useQueryClient();
  const boxRef = useRef<HTMLDivElement>(null);
  const [faulty, setFaulty] = useState<string | null>(null);
  const { clip_id: clipId } = clip;
  const canPlay = isPlayable(clip);
  const start = useEffectEvent((video: FilmElement, events: StreamEvents) =>
    startClip(queryClient, video, { clip, playlists: null, startS: 0, isAhead: false }, events),
  );
  useLayoutEffect(() => {
    if (!canPlay) return;
    const video = makeVideo();
    video.muted = true;
    boxRef.current?.append(video);
    const play = () => void playAsAllowed(video);
    video.addEventListener('loadeddata', play, { once: true });
    const stream = start(video, {
      onFrameRate: () => {},
      onFault: (fault) => setFaulty(fault === null ? null : clipId),
    });
    return () => {
      stream?.stop();
      video.remove();
    };
  }, [clipId, canPlay]);
  return { boxRef, hasFault: faulty === clipId };
}
