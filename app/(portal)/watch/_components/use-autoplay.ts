import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { isOpenedByAddress } from './opened-by-address.ts';
import { playAsAllowed } from './play-as-allowed.ts';

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
    // What was begun ahead may be there already.
    if (video.readyState >= HTMLMediaElement.HAVE_METADATA) onMetadata();
    video.addEventListener('loadedmetadata', onMetadata);
    video.addEventListener('volumechange', onVolume);
    return () => {
      video.removeEventListener('volumechange', onVolume);
      video.removeEventListener('loadedmetadata', onMetadata);
    };
  }, [videoRef]);

  /** Called with a clip that plays already; answers later whether its sound was taken away. */
  const goOn = (silenced: Promise<boolean>) => {
    isWanted.current = false;
    // That of an address is over.
    isOpenedByAddress();
    void silenced.then((tookSound) => tookSound && setIsSilenced(true));
  };

  /** Says whether what comes next plays by itself. */
  const wish = (plays: boolean) => {
    isWanted.current = plays;
  };

  /** Called before another clip takes the place of this one. One that never began hands its wish on. */
  const carryOver = useCallback((video: HTMLVideoElement) => {
    if (video.readyState > 0) isWanted.current = !video.paused || video.ended;
  }, []);
  return { isSilenced, goOn, wish, carryOver };
}
