import { useRef } from 'react';
import { type FrameRate, formatClock, formatFrame, frameAt } from '#app/_client/timecode.ts';
import type { Playhead } from './frame-steps.ts';

/**
 * Writes the master's timecode of the frame on screen. Past React: sixty times a second is too often to render.
 * @param startS where the clip begins in its master.
 */
export function useTimecode(startS: number, frameRate: FrameRate | null) {
  const timecodeRef = useRef<HTMLOutputElement>(null);
  const showTimecode = ({ currentTimeS, shownFrameS, durationS }: Playhead) => {
    const output = timecodeRef.current;
    if (!output) return;
    const atS = Math.min(shownFrameS ?? currentTimeS, Number.isFinite(durationS) ? durationS : Number.MAX_VALUE);
    if (!frameRate) output.value = formatClock(startS + atS);
    else output.value = formatFrame(frameAt(startS, frameRate) + frameAt(atS, frameRate), frameRate);
  };
  return { timecodeRef, showTimecode };
}
