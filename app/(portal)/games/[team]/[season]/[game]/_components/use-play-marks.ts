import { useRef, useState } from 'react';
import type { PlayJson } from '#lib/plays/play-field-schemas.ts';
import { rangeOf } from './mark-range.ts';

interface PlayMarksOptions {
  plays: readonly PlayJson[];
  index: number;
  move: (by: number) => void;
}

/** Plays that are marked one by one, or from one to another. */
export function usePlayMarks({ plays, index, move }: PlayMarksOptions) {
  const [marks, setMarks] = useState<ReadonlySet<number>>(new Set());
  /** Where a range began, and what was marked before it. */
  const began = useRef<{ at: number; others: ReadonlySet<number> } | null>(null);
  const toggle = (play: PlayJson) => {
    began.current = null;
    setMarks((old) => {
      const next = new Set(old);
      if (!next.delete(play.id)) next.add(play.id);
      return next;
    });
  };
  /** Goes on, and marks all from where that began. */
  const extend = (by: 1 | -1) => {
    const to = Math.min(plays.length - 1, Math.max(0, index + by));
    began.current ??= { at: Math.max(0, index), others: marks };
    const { at, others } = began.current;
    setMarks(new Set([...others, ...rangeOf(plays, at, to)]));
    move(by);
  };
  /** A range ends where one goes on without it. */
  const endRange = () => {
    began.current = null;
  };
  const clear = () => {
    endRange();
    setMarks(new Set());
  };
  /** Those of the marked that are shown, in their order; without any, the one that is looked at. */
  const chosen = (): number[] => {
    const marked = plays.filter(({ id }) => marks.has(id)).map(({ id }) => id);
    const here = plays[index];
    return marked.length > 0 || !here ? marked : [here.id];
  };
  return { marks, toggle, extend, endRange, clear, chosen };
}
export type PlayMarks = ReturnType<typeof usePlayMarks>;
