'use client';

import { ArrowLeftToLine, ArrowRightToLine, StepBack, StepForward, VideoOff } from 'lucide-react';
import { type RefObject, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { LAG_S, LEAD_S } from '#app/_client/cut-range.ts';
import { type FrameRate, formatTimecode } from '#app/_client/timecode.ts';
import { Button, IconButton } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { Kbd } from '#app/_ui/kbd.tsx';
import { type Playhead, seekTarget } from '#app/(portal)/watch/_components/frame-steps.ts';
import type { PlayerAction } from '#app/(portal)/watch/_components/player-keys.ts';
import { performOnVideo } from '#app/(portal)/watch/_components/use-player-actions.ts';
import { usePlayerKeys } from '#app/(portal)/watch/_components/use-player-keys.ts';
import { usePlayhead } from '#app/(portal)/watch/_components/use-playhead.ts';

interface MasterPreviewProps {
  masterId: string;
  src: string;
  rate: FrameRate;
  /** Called with the moment at the playhead, in seconds. */
  onMark: (mark: 'in' | 'out' | 'around', atS: number) => void;
  /** The moments that are set, for jumping back to them. */
  marks: { inS: number | null; outS: number | null };
  /** Asks for a fresh URL when this one no longer works. */
  onExpired: () => Promise<string>;
}

/** The master itself, where the browser can play it, and the buttons that mark it. */
export function MasterPreview({ masterId, src, rate, onMark, marks, onExpired }: MasterPreviewProps) {
  const t = useTranslations('masters.preview');
  const videoRef = useRef<HTMLVideoElement>(null);
  const timecodeRef = useRef<HTMLOutputElement>(null);
  const [isUnplayable, setIsUnplayable] = useState(false);
  const showTimecode = ({ currentTimeS, shownFrameS }: Playhead) => {
    if (timecodeRef.current) timecodeRef.current.value = formatTimecode(shownFrameS ?? currentTimeS, rate);
  };
  const playhead = usePlayhead({ videoRef, frameRate: rate, film: masterId, onFrame: showTimecode });
  const mark = (which: 'in' | 'out' | 'around') => {
    if (videoRef.current && !isUnplayable) onMark(which, videoRef.current.currentTime);
  };
  const perform = (action: PlayerAction) => {
    const video = videoRef.current;
    if (!video || isUnplayable) return;
    if (action.kind === 'toggle-mute') video.muted = !video.muted;
    else performOnVideo(action, video, playhead);
  };
  usePlayerKeys(perform, { i: () => mark('in'), o: () => mark('out'), e: () => mark('around') });
  const goTo = (atS: number | null) => {
    const video = videoRef.current;
    if (!video || atS === null) return;
    video.currentTime = seekTarget(0, atS + rate.den / rate.num / 2, video.duration, rate);
  };

  return (
    <div>
      <div className="relative aspect-video overflow-hidden rounded-lg border border-line bg-black">
        <PreviewVideo
          key={masterId}
          videoRef={videoRef}
          src={src}
          label={t('label')}
          onExpired={onExpired}
          onUnplayable={() => setIsUnplayable(true)}
        />
        {isUnplayable ? (
          <div className="absolute inset-0 flex items-center justify-center bg-surface">
            <EmptyState
              className="py-4"
              icon={<VideoOff />}
              title={t('unsupportedTitle')}
              description={t('unsupported')}
            />
          </div>
        ) : null}
      </div>
      <PreviewBar
        isDisabled={isUnplayable}
        timecodeRef={timecodeRef}
        rate={rate}
        marks={marks}
        onStep={playhead.step}
        onMark={mark}
        onGoTo={goTo}
      />
      <p className="mt-1.5 text-xs text-faint">{t('hint')}</p>
    </div>
  );
}

interface PreviewBarProps {
  isDisabled: boolean;
  timecodeRef: RefObject<HTMLOutputElement | null>;
  rate: FrameRate;
  marks: MasterPreviewProps['marks'];
  onStep: (direction: 1 | -1) => void;
  onMark: (mark: 'in' | 'out' | 'around') => void;
  onGoTo: (atS: number | null) => void;
}

/** Steps, marks, and the timecode at the playhead. */
function PreviewBar({ isDisabled, timecodeRef, rate, marks, onStep, onMark, onGoTo }: PreviewBarProps) {
  const t = useTranslations('masters.preview');
  return (
    <fieldset disabled={isDisabled} className="mt-2 flex flex-wrap items-center gap-1.5">
      <legend className="sr-only">{t('label')}</legend>
      <IconButton label={t('frameBack')} size="sm" onClick={() => onStep(-1)}>
        <StepBack aria-hidden />
      </IconButton>
      <IconButton label={t('frameForward')} size="sm" onClick={() => onStep(1)}>
        <StepForward aria-hidden />
      </IconButton>
      <output
        ref={timecodeRef}
        aria-label={t('timecode')}
        aria-live="off"
        className="mr-1.5 min-w-24 rounded bg-raised px-2 py-1 text-center font-mono text-[0.8125rem]"
      >
        {formatTimecode(0, rate)}
      </output>
      <Button size="sm" onClick={() => onMark('in')}>
        {t('setIn')} <Kbd>I</Kbd>
      </Button>
      <Button size="sm" onClick={() => onMark('out')}>
        {t('setOut')} <Kbd>O</Kbd>
      </Button>
      <Button size="sm" onClick={() => onMark('around')}>
        {t('around', { lead: String(LEAD_S), lag: String(LAG_S) })} <Kbd>E</Kbd>
      </Button>
      <span className="flex-1" />
      <IconButton label={t('goIn')} size="sm" disabled={marks.inS === null} onClick={() => onGoTo(marks.inS)}>
        <ArrowLeftToLine aria-hidden />
      </IconButton>
      <IconButton label={t('goOut')} size="sm" disabled={marks.outS === null} onClick={() => onGoTo(marks.outS)}>
        <ArrowRightToLine aria-hidden />
      </IconButton>
    </fieldset>
  );
}

interface PreviewVideoProps {
  videoRef: RefObject<HTMLVideoElement | null>;
  src: string;
  label: string;
  onExpired: () => Promise<string>;
  onUnplayable: () => void;
}

/**
 * Keeps the URL that it began with: a newer one of the same file would begin anew. A file that played and stops playing
 * has lost its URL; the newest goes on from the same frame, and plays on if it played.
 */
function PreviewVideo({ videoRef, src, label, onExpired, onUnplayable }: PreviewVideoProps) {
  const [source, setSource] = useState(src);
  const place = useRef({ atS: 0, plays: false });
  const hasPlayed = useRef(false);
  const onError = () => {
    const video = videoRef.current;
    if (!hasPlayed.current || !video) return onUnplayable();
    place.current = { atS: video.currentTime, plays: !video.paused };
    hasPlayed.current = false;
    onExpired().then(setSource, onUnplayable);
  };
  const onLoadedMetadata = () => {
    const video = videoRef.current;
    if (!video) return;
    // Sound alone is no preview: the picture's codec is one that this browser does not have.
    if (video.videoWidth === 0) return onUnplayable();
    hasPlayed.current = true;
    const { atS, plays } = place.current;
    if (atS > 0) video.currentTime = atS;
    if (plays) void video.play().catch(() => {});
  };
  return (
    <video
      ref={videoRef}
      src={source}
      controls
      muted
      playsInline
      preload="auto"
      aria-label={label}
      onError={onError}
      onLoadedMetadata={onLoadedMetadata}
      className="size-full object-contain"
    />
  );
}
