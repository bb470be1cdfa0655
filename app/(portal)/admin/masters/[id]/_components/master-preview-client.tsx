'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowLeftToLine, ArrowRightToLine, StepBack, StepForward, VideoOff } from 'lucide-react';
import { type RefObject, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { LAG_S, LEAD_S } from '#app/_client/cut-range.ts';
import { masterPlaybackOptions } from '#app/_client/master-queries.ts';
import { type FrameRate, formatTimecode } from '#app/_client/timecode.ts';
import { Button, IconButton } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { Kbd } from '#app/_ui/kbd.tsx';
import { Spinner } from '#app/_ui/spinner.tsx';
import { filmOfMaster } from '#app/(portal)/_masters/master-film.ts';
import { NO_MOMENT } from '#app/(portal)/watch/_components/clip-moment.ts';
import { FilmPlayer, type PlayerHandle } from '#app/(portal)/watch/_components/film-player-client.tsx';
import { type Playhead, seekTarget } from '#app/(portal)/watch/_components/frame-steps.ts';
import type { PlayerAction } from '#app/(portal)/watch/_components/player-keys.ts';
import { performOnVideo } from '#app/(portal)/watch/_components/use-player-actions.ts';
import { type PageKey, usePlayerKeys } from '#app/(portal)/watch/_components/use-player-keys.ts';
import { usePlayhead } from '#app/(portal)/watch/_components/use-playhead.ts';

type Mark = 'in' | 'out' | 'around';

interface MasterPreviewProps {
  masterId: string;
  src: string;
  rate: FrameRate;
  /** Whether there is something of it that is played from its segments. */
  isPrepared: boolean;
  title: string;
  servedAtMs: number;
  /** Called with a moment in the frame on screen, in seconds. */
  onMark: (mark: Mark, atS: number) => void;
  /** The moments that are set, for jumping back to them. */
  marks: { inS: number | null; outS: number | null };
  /** Asks for a fresh URL when this one no longer works. */
  onExpired: () => Promise<string>;
}

/** The keys that mark, as the player hears them and its table tells of them. */
function useMarkKeys(mark: (mark: Mark) => void): PageKey[] {
  const t = useTranslations('masters.preview');
  const around = t('around', { lead: String(LEAD_S), lag: String(LAG_S) });
  return [
    { key: 'i', cap: 'I', text: t('setIn'), act: () => mark('in') },
    { key: 'o', cap: 'O', text: t('setOut'), act: () => mark('out') },
    { key: 'e', cap: 'E', text: around, act: () => mark('around') },
  ];
}

/**
 * The master as it is prepared, by the player of all films; its own file, where nothing of it is. A file that is shown already
 * stays when segments come, with its place and its marks.
 */
export function MasterPreview(props: MasterPreviewProps) {
  const [isFileUsed, setIsFileUsed] = useState(false);
  if (props.isPrepared && !isFileUsed) return <PreparedPreview {...props} />;
  return <FilePreview {...props} onUsed={() => setIsFileUsed(true)} />;
}

function PreparedPreview({ masterId, title, servedAtMs, rate, onMark, marks }: MasterPreviewProps) {
  const t = useTranslations('masters.preview');
  const playerRef = useRef<PlayerHandle>(null);
  const queryClient = useQueryClient();
  const { data: playback = null } = useQuery(masterPlaybackOptions(masterId));
  const mark = (which: Mark) => {
    const { atS } = playerRef.current?.moment() ?? {};
    if (typeof atS === 'number') onMark(which, atS + rate.den / rate.num / 2);
  };
  return (
    <div>
      <FilmPlayer
        ref={playerRef}
        film={{ ...filmOfMaster(queryClient, masterId, playback), plays: false }}
        title={title}
        servedAtMs={servedAtMs}
        moment={NO_MOMENT}
        waiting={<Spinner label={t('label')} />}
        onNeighbour={() => {}}
        onEnd={() => {}}
        onFrameRate={() => {}}
        pageKeys={useMarkKeys(mark)}
      />
      <fieldset className="mt-2 flex flex-wrap items-center gap-1.5">
        <legend className="sr-only">{t('label')}</legend>
        <MarkButtons
          marks={marks}
          onMark={mark}
          onGoTo={(atS) => atS !== null && playerRef.current?.goTo(atS + rate.den / rate.num / 2)}
        />
      </fieldset>
    </div>
  );
}

interface FilePreviewProps extends MasterPreviewProps {
  /** Called once there is a picture of the file. */
  onUsed: () => void;
}

/** The file itself, where the browser can play it, and the buttons that mark it. */
function FilePreview({ masterId, src, rate, onMark, marks, onExpired, onUsed }: FilePreviewProps) {
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

interface PreviewBarProps {
  isDisabled: boolean;
  timecodeRef: RefObject<HTMLOutputElement | null>;
  rate: FrameRate;
  marks: MasterPreviewProps['marks'];
  onStep: (direction: 1 | -1) => void;
  onMark: (mark: Mark) => void;
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
      <MarkButtons marks={marks} onMark={onMark} onGoTo={onGoTo} />
    </fieldset>
  );
}

function MarkButtons({ marks, onMark, onGoTo }: Pick<PreviewBarProps, 'marks' | 'onMark' | 'onGoTo'>) {
  const t = useTranslations('masters.preview');
  return (
    <>
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
    </>
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
