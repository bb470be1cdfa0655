'use client';

import { StepBack, StepForward, VideoOff } from 'lucide-react';
import { type RefObject, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { type FrameRate, formatTimecode } from '#app/_client/timecode.ts';
import { IconButton } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { type Playhead, seekTarget } from '#app/(portal)/watch/_components/frame-steps.ts';
import type { PlayerAction } from '#app/(portal)/watch/_components/player-keys.ts';
import { performOnVideo } from '#app/(portal)/watch/_components/use-player-actions.ts';
import { usePlayerKeys } from '#app/(portal)/watch/_components/use-player-keys.ts';
import { usePlayhead } from '#app/(portal)/watch/_components/use-playhead.ts';
import { type Mark, MarkButtons, type MarkButtonsProps, useMarkKeys } from './mark-buttons-client.tsx';

export interface FilePreviewProps {
  masterId: string;
  src: string;
  rate: FrameRate;
  /** Called with a moment in the frame on screen, in seconds. */
  onMark: (mark: Mark, atS: number) => void;
  marks: MarkButtonsProps['marks'];
  /** Asks for a fresh URL when this one no longer works. */
  onExpired: () => Promise<string>;
  /** Called once there is a picture of the file. */
  onUsed: () => void;
}

/** The file itself, where the browser can play it, and the buttons that mark it. */
export function FilePreview({ masterId, src, rate, onMark, marks, onExpired, onUsed }: FilePreviewProps) {
  const t = useTranslations('masters.preview');
  const videoRef = useRef<HTMLVideoElement>(null);
  const timecodeRef = useRef<HTMLOutputElement>(null);
  const [isUnplayable, setIsUnplayable] = useState(false);
  const showTimecode = ({ currentTimeS, shownFrameS }: Playhead) => {
    if (timecodeRef.current) timecodeRef.current.value = formatTimecode(shownFrameS ?? currentTimeS, rate);
  };
  const playhead = usePlayhead({ videoRef, frameRate: rate, film: masterId, onFrame: showTimecode });
  const mark = (which: Mark) => {
    if (videoRef.current && !isUnplayable) onMark(which, videoRef.current.currentTime);
  };
  const perform = (action: PlayerAction) => {
    const video = videoRef.current;
    if (!video || isUnplayable) return;
    if (action.kind === 'toggle-mute') video.muted = !video.muted;
    else performOnVideo(action, video, playhead);
  };
  usePlayerKeys(perform, useMarkKeys(mark));
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
          onUsed={onUsed}
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

interface PreviewBarProps extends MarkButtonsProps {
  isDisabled: boolean;
  timecodeRef: RefObject<HTMLOutputElement | null>;
  rate: FrameRate;
  onStep: (direction: 1 | -1) => void;
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
      <MarkButtons marks={marks} onMark={onMark} onGoTo={onGoTo} />
    </fieldset>
  );
}

interface PreviewVideoProps {
  videoRef: RefObject<HTMLVideoElement | null>;
  src: string;
  label: string;
  onExpired: () => Promise<string>;
  onUsed: () => void;
  onUnplayable: () => void;
}

/**
 * Keeps the URL that it began with: a newer one of the same file would begin anew. A file that played and stops playing
 * has lost its URL; the newest goes on from the same frame, and plays on if it played.
 */
function PreviewVideo({ videoRef, src, label, onExpired, onUsed, onUnplayable }: PreviewVideoProps) {
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
    onUsed();
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
