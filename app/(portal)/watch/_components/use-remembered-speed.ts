import { type RefObject, useEffect } from 'react';
import { recall, remember } from '#app/_client/remembered.ts';
import { speedOf } from './frame-steps.ts';

/** Plays at the speed that was chosen last, in this clip and in the ones that follow it in the same element. */
export function useRememberedSpeed(videoRef: RefObject<HTMLVideoElement | null>): void {
  useEffect(() => {
    const video = videoRef.current;
    if (!video) return;
    // A new source begins at the default speed.
    video.defaultPlaybackRate = speedOf(recall('speed'));
    video.playbackRate = video.defaultPlaybackRate;
    const onRate = () => {
      if (video.playbackRate === video.defaultPlaybackRate) return;
      video.defaultPlaybackRate = video.playbackRate;
      remember('speed', String(video.playbackRate));
    };
    video.addEventListener('ratechange', onRate);
    return () => video.removeEventListener('ratechange', onRate);
  }, [videoRef]);
}
