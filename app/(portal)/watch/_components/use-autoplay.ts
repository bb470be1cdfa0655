import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { isOpenedByAddress } from './opened-by-address.ts';

/** What a browser answers that wants a click before there is sound (HTML §4.8.11.8). */
const isForbidden = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'name' in error && error.name === 'NotAllowedError';

/** Plays with sound, or without it where the browser forbids sound. Answers whether it took the sound away. */
async function playAsAllowed(video: HTMLVideoElement): Promise<boolean> {
  try {
    await video.play();
    return false;
  } catch (error) {
    if (video.muted || !isForbidden(error)) return false;
  }
  video.muted = true;
  try {
    await video.play();
    return true;
  } catch {
    video.muted = false;
    return false;
  }
}

/**
 * Plays what is opened from within the portal, and whatever comes next in the same player while that one was playing.
 * A clip that was opened by its address waits: nobody has asked for sound.
 */
export function useAutoplay(videoRef: RefObject<HTMLVideoElement | null>) {
  const isWanted = useRef<boolean | null>(null);
  const [isSilenced, setIsSilenced] = useState(false);

  useEffect(() => {
    const video = videoRef.current;
    if (!video) return;
    isWanted.current ??= !isOpenedByAddress();
    const onMetadata = () => {
      if (!isWanted.current) return;
      isWanted.current = false;
      void playAsAllowed(video).then((tookSound) => tookSound && setIsSilenced(true));
    };
    const onVolume = () => {
      if (!video.muted) setIsSilenced(false);
    };
    video.addEventListener('loadedmetadata', onMetadata);
    video.addEventListener('volumechange', onVolume);
    return () => {
      video.removeEventListener('volumechange', onVolume);
      video.removeEventListener('loadedmetadata', onMetadata);
    };
  }, [videoRef]);

  /** Called before another clip takes the place of this one. One that never began hands its wish on. */
  const carryOver = useCallback((video: HTMLVideoElement) => {
    if (video.readyState > 0) isWanted.current = !video.paused || video.ended;
  }, []);
  return { isSilenced, carryOver };
}
