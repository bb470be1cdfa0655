import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { toast } from 'sonner';
import { anchorsOptions, putAnchors } from '#app/_client/anchor-queries.ts';
import { queryKeys } from '#app/_client/query-keys.ts';
import type { Anchor, AnchorListJson } from '#lib/plays/anchor-schemas.ts';
import { setAnchorsOf } from './tie-clock.ts';

/** What the anchors of a master were before a change. */
interface Before {
  masterId: string;
  anchors: Anchor[];
}

/** What a change makes of the anchors of a master; `null` where it makes nothing. */
type Make = (known: AnchorListJson) => readonly Anchor[] | null;

/** Changes of anchors, one after the other, each of which can be taken back. */
export function useAnchorChanges() {
  const client = useQueryClient();
  const line = useRef<Promise<unknown>>(Promise.resolve());
  const waiting = useRef(0);
  // Beside the state, as a notice that was shown before its change was kept undoes that one.
  const undoable = useRef<readonly Before[]>([]);
  const [canUndo, setCanUndo] = useState(false);
  const keep = (all: readonly Before[]) => {
    undoable.current = all;
    setCanUndo(all.length > 0);
  };

  /** All that is placed by anchors is asked for again: a period's in one master counts for the others, too. */
  const refresh = async () => {
    await Promise.all([
      client.invalidateQueries({ queryKey: queryKeys.allGames }),
      client.invalidateQueries({ queryKey: queryKeys.allAnchors }),
      client.invalidateQueries({ queryKey: queryKeys.plays }),
    ]);
  };
  /** Builds on what is there, which somebody else may have changed meanwhile. @returns the anchors of before. */
  const write = async (masterId: string, make: Make): Promise<Anchor[] | null> => {
    const options = anchorsOptions(masterId);
    const known = await client.fetchQuery({ ...options, staleTime: 0 });
    const anchors = make(known);
    if (anchors === null) return null;
    client.setQueryData(options.queryKey, await putAnchors(masterId, anchors));
    return setAnchorsOf(known);
  };
  const inLine = async (masterId: string, make: Make): Promise<Anchor[] | null> => {
    waiting.current += 1;
    const turn = line.current.then(() => write(masterId, make));
    line.current = turn.catch(() => {});
    try {
      return await turn;
    } catch (error) {
      toast.error(error instanceof Error ? error.message : '');
      return null;
    } finally {
      waiting.current -= 1;
      // Of changes that come close together the last one asks for all that is placed by them.
      if (waiting.current === 0) void refresh();
    }
  };
  /** @returns whether anything was changed. */
  const change = async (masterId: string, make: Make): Promise<boolean> => {
    const anchors = await inLine(masterId, make);
    if (anchors) keep([...undoable.current, { masterId, anchors }]);
    return anchors !== null;
  };
  /** Takes the last change back. */
  const undo = async (): Promise<'undone' | 'nothing' | 'failed'> => {
    const last = undoable.current.at(-1);
    if (!last) return 'nothing';
    keep(undoable.current.slice(0, -1));
    if (await inLine(last.masterId, () => last.anchors)) return 'undone';
    keep([...undoable.current, last]);
    return 'failed';
  };
  return { change, undo, canUndo };
}
