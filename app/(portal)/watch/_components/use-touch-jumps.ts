import { type RefObject, useState } from 'react';
import type { PlayerAction } from './player-keys.ts';
import { useTouchGestures } from './use-touch-gestures.ts';

/** A jump by double tap; `count` tells one from the next. */
export interface TouchJump {
  seconds: number;
  count: number;
}

const JUMP_S = 5;

interface TouchActions {
  onSwipe: (to: 'previous' | 'next') => void;
  perform: (action: PlayerAction) => void;
}

/** Swipes to the side, and double taps that jump back or forward. Answers the last jump, to be shown. */
export function useTouchJumps(playerRef: RefObject<HTMLElement | null>, { onSwipe, perform }: TouchActions) {
  const [jump, setJump] = useState<TouchJump | null>(null);
  useTouchGestures(playerRef, {
    onSwipe,
    onDoubleTap: (side) => {
      const seconds = side === 'left' ? -JUMP_S : JUMP_S;
      perform({ kind: 'seek-by', seconds });
      setJump((old) => ({ seconds, count: (old?.count ?? 0) + 1 }));
    },
  });
  return jump;
}
