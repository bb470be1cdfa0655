import { type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { FrameRate } from '#app/_client/timecode.ts';
import { watchFrames } from './frame-clock.ts';
import { nextSpeed, type Playhead, seekTarget, shownMoment, stepTarget } from './frame-steps.ts';
import { type LoopRange, loopJump, NO_LOOP, withLoopEnd } from './loop-range.ts';

/** The last frame that the browser told of, and whether it is still the one on screen. */
interface ShownFrame {
  atS: number | null;
  isSettled: boolean;
}

const playheadOf = (video: HTMLVideoElement, shown: ShownFrame): Playhead => ({
  currentTimeS: video.currentTime,
  shownFrameS: shown.atS,
  isSettled: shown.isSettled && !video.seeking,
  durationS: video.duration,
});

const NOTHING_SHOWN: ShownFrame = { atS: null, isSettled: false };

/** The loop of one film; another film in the same player starts with its own. */
function useLoop(film: string, first: LoopRange) {
  const [held, setHeld] = useState({ film, loop: first });
  const loop = held.film === film ? held.loop : first;
  const setLoop = (next: (old: LoopRange) => LoopRange) =>
    setHeld((old) => ({ film, loop: next(old.film === film ? old.loop : first) }));
  return { loop, setLoop };
}

/** A jump to a part's beginning may end a frame before it. */
const NEARLY_S = 0.1;
const isWithin = ({ fromS, toS }: { fromS: number; toS: number }, atS: number) => atS >= fromS - NEARLY_S && atS < toS;

interface PlayheadOptions {
  videoRef: RefObject<HTMLVideoElement | null>;
  frameRate: FrameRate | null;
  /** Names what is played. */
  film: string;
  /** The loop to start with. */
  firstLoop?: LoopRange;
  onFrame: (playhead: Playhead) => void;
  /** Called at the end of what is not looped. */
  onEnd?: () => void;
}

/** Everything that moves the playhead by the frame: steps, jumps, speed and the A-B loop. */
export function usePlayhead({ videoRef, frameRate, film, firstLoop = NO_LOOP, onFrame, onEnd }: PlayheadOptions) {
  const shownFrame = useRef<ShownFrame>(NOTHING_SHOWN);
  const { loop, setLoop } = useLoop(film, firstLoop);

  /** Where playing stops, and where that was asked for; whoever leaves what lies between plays on. */
  const part = useRef<{ fromS: number; toS: number } | null>(null);

  const keepToPart = (video: HTMLVideoElement): boolean => {
    if (!part.current || video.seeking || video.currentTime < part.current.toS) return false;
    part.current = null;
    video.pause();
    return true;
  };
  const keepLooping = useEffectEvent((video: HTMLVideoElement, ended: boolean) => {
    if ((video.paused && !ended) || keepToPart(video)) return;
    const jump = loopJump(loop, video.currentTime, video.duration, ended);
    if (jump === null && ended) onEnd?.();
    if (jump === null) return;
    video.currentTime = jump;
    if (ended) void video.play().catch(() => {});
  });
  const showFrame = useEffectEvent((video: HTMLVideoElement) => onFrame(playheadOf(video, shownFrame.current)));

  useEffect(() => {
    const video = videoRef.current;
    if (!video) return;
    const stopWatching = watchFrames(video, (frameS) => {
      if (frameS !== null) shownFrame.current = { atS: frameS, isSettled: !video.seeking };
      keepLooping(video, false);
      showFrame(video);
    });
    const onEnded = () => keepLooping(video, true);
    const onSeeking = () => {
      shownFrame.current = { ...shownFrame.current, isSettled: false };
      if (part.current && !isWithin(part.current, video.currentTime)) part.current = null;
    };
    const onEmptied = () => {
      part.current = null;
      shownFrame.current = NOTHING_SHOWN;
    };
    video.addEventListener('ended', onEnded);
    video.addEventListener('seeking', onSeeking);
    video.addEventListener('emptied', onEmptied);
    return () => {
      stopWatching();
      video.removeEventListener('emptied', onEmptied);
      video.removeEventListener('seeking', onSeeking);
      video.removeEventListener('ended', onEnded);
    };
  }, [videoRef]);

  /** Runs `move` once there is something to move in. */
  const withVideo = (move: (video: HTMLVideoElement) => void) => () => {
    const video = videoRef.current;
    if (video && Number.isFinite(video.duration)) move(video);
  };
  return {
    loop,
    /** The first moment of the frame on screen, in seconds. */
    shownS: (): number => {
      const video = videoRef.current;
      return video ? shownMoment(playheadOf(video, shownFrame.current), frameRate) : 0;
    },
    step: (direction: 1 | -1) =>
      withVideo((video) => {
        video.pause();
        if (frameRate) video.currentTime = stepTarget(playheadOf(video, shownFrame.current), direction, frameRate);
      })(),
    seekBy: (seconds: number) =>
      withVideo((video) => {
        video.currentTime = seekTarget(video.currentTime, seconds, video.duration, frameRate);
      })(),
    goTo: (seconds: number) =>
      withVideo((video) => {
        video.currentTime = seekTarget(0, seconds, video.duration, frameRate);
      })(),
    playPart: (fromS: number, toS: number) =>
      withVideo((video) => {
        video.currentTime = seekTarget(0, fromS, video.duration, frameRate);
        part.current = { fromS, toS };
        void video.play().catch(() => {});
      })(),
    seekTenth: (tenth: number) =>
      withVideo((video) => {
        video.currentTime = seekTarget(0, (video.duration * tenth) / 10, video.duration, frameRate);
      })(),
    changeSpeed: (direction: 1 | -1) =>
      withVideo((video) => {
        video.playbackRate = nextSpeed(video.playbackRate, direction);
      })(),
    setLoopEnd: (end: 'start' | 'end') =>
      withVideo((video) => {
        const atS = video.currentTime;
        setLoop((old) => withLoopEnd(old, end, atS));
      })(),
    clearLoop: () => setLoop(() => NO_LOOP),
  };
}
