import { useEffect, useEffectEvent, useRef } from 'react';
import { whenIdle } from '#app/_ui/when-idle.ts';
import type { PlayJson } from '#lib/plays/play-field-schemas.ts';

/** Where one mostly goes from a play, in places of the list. */
const NEAR = [1, 2, -1, 3];

interface PlayChoiceOptions {
  plays: readonly PlayJson[];
  playId: number | null;
  onChoose: (play: PlayJson) => void;
  /** Called with the play that the address names, when it is there. */
  onFound: (play: PlayJson) => void;
  /** Called with the play that is looked at when something else is known of it. */
  onNews: (play: PlayJson) => void;
  /** Called with those that one may look at next. */
  onNear: (plays: PlayJson[]) => void;
}

/** Which play is looked at, and how one goes on from it. */
export function usePlayChoice({ plays, playId, onChoose, onFound, onNews, onNear }: PlayChoiceOptions) {
  const index = playId === null ? -1 : plays.findIndex(({ id }) => id === playId);
  const selected = plays[index] ?? null;
  const foundId = useRef<number | null>(null);
  const find = useEffectEvent((play: PlayJson) => {
    if (foundId.current === play.id) return onNews(play);
    foundId.current = play.id;
    onFound(play);
  });
  useEffect(() => {
    if (selected) find(selected);
  }, [selected]);
  const near = useEffectEvent(() => onNear(NEAR.map((by) => plays[index + by]).filter((play) => play !== undefined)));
  // Once the one that is looked at is on its way.
  useEffect(() => (index < 0 && plays.length === 0 ? undefined : whenIdle(near)), [index, plays]);
  const choose = (play: PlayJson) => {
    foundId.current = play.id;
    onChoose(play);
  };
  /** Goes so many plays on; from none to the first. */
  const move = (by: number) => {
    const last = plays.length - 1;
    // From none, or one that the filters have taken away, to the first or the last.
    const next = index < 0 ? (by > 0 && by !== Number.POSITIVE_INFINITY ? 0 : last) : index + by;
    const play = plays[Math.min(last, Math.max(0, next))];
    if (play && play !== selected) choose(play);
  };
  return { index, selected, choose, move };
}
export type PlayChoice = ReturnType<typeof usePlayChoice>;
