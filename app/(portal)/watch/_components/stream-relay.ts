import type { StreamEvents } from './stream-parts.ts';
import type { PlaybackFault } from './url-renewal.ts';

/** Events of a stream that is started before anybody listens: the last word on each is kept for who does. */
export function relayEvents() {
  let listener: StreamEvents | null = null;
  let frameRate: number | null = null;
  let lastFault: PlaybackFault | null = null;
  const events: StreamEvents = {
    onFrameRate: (framesPerSecond) => {
      frameRate = framesPerSecond;
      listener?.onFrameRate(framesPerSecond);
    },
    onFault: (fault) => {
      lastFault = fault;
      listener?.onFault(fault);
    },
  };
  const listen = (next: StreamEvents) => {
    listener = next;
    if (frameRate !== null) next.onFrameRate(frameRate);
    if (lastFault) next.onFault(lastFault);
  };
  return { events, listen };
}
