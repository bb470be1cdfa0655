import { type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { FrameRate } from '#app/_client/timecode.ts';
import { watchFrames } from './frame-clock.ts';
import { nextSpeed, type Playhead, seekTarget, stepTarget } from './frame-steps.ts';
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

/** Everything that moves the playhead by the frame: steps, jumps, speed and the A-B loop. */
export function usePlayhead(
  videoRef: RefObject<HTMLVideoElement | null>,
  frameRate: FrameRate | null,
  onFrame: (playhead: Playhead) => void,
) {
  const shownFrame = useRef<ShownFrame>({ atS: null, isSettled: false });
  const [loop, setLoop] = useState<LoopRange>(NO_LOOP);

  const keepLooping = useEffectEvent((video: HTMLVideoElement, ended: boolean) => {
    if (video.paused && !ended) return;
    const jump = loopJump(loop, video.currentTime, video.duration, ended);
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
    };
    video.addEventListener('ended', onEnded);
    video.addEventListener('seeking', onSeeking);
    return () => {
      stopWatching();
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
    step: (direction: 1 | -1) =>
      withVideo((video) => {
        video.pause();
        if (frameRate) video.currentTime = stepTarget(playheadOf(video, shownFrame.current), direction, frameRate);
      })(),
    seekBy: (seconds: number) =>
      withVideo((video) => {
        video.currentTime = seekTarget(video.currentTime, seconds, video.duration, frameRate);
      })(),
    seekTenth: (tenth: number) =>
      withVideo((video) => {
        video.currentTime = (video.duration * tenth) / 10;
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
    clearLoop: () => setLoop(NO_LOOP),
  };
}
