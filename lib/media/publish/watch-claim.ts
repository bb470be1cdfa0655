import type { ClaimedClip, ClipWork } from '#lib/media/clip-work.ts';
import { ClaimLostError } from './write-delivery.ts';

/** A deleted clip's cut ends about this much later, however little there is to report of it. */
const LOOK_EVERY_MS = 2000;

export interface ClaimWatch extends Disposable {
  /** Ends with a `ClaimLostError` when another worker has taken the clip, or somebody deleted it. */
  signal: AbortSignal;
  lose(): void;
}

/** Asks every two seconds whether the claim on a clip still holds, while it is worked on. */
export function watchClaim(clips: Pick<ClipWork, 'holdsClaim'>, clip: ClaimedClip): ClaimWatch {
  const lost = new AbortController();
  const lose = () => lost.abort(new ClaimLostError(clip.clipId));
  let isAsking = false;
  const look = async () => {
    if (isAsking || lost.signal.aborted) return;
    isAsking = true;
    try {
      if (!(await clips.holdsClaim(clip))) lose();
    } catch {
      // The database does not answer; whether the claim held is asked again, by the publication at the latest.
    } finally {
      isAsking = false;
    }
  };
  const timer = setInterval(() => void look(), LOOK_EVERY_MS);
  return { signal: lost.signal, lose, [Symbol.dispose]: () => clearInterval(timer) };
}
