import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
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

/** Changes of anchors, one after the other, each of which can be taken back. */
export function useAnchorChanges() {
  const client = useQueryClient();
  const router = useRouter();
  const line = useRef<Promise<unknown>>(Promise.resolve());
  const waiting = useRef(0);
  const [isChanging, setIsChanging] = useState(false);
  const [undoable, setUndoable] = useState<readonly Before[]>([]);

  /** All that is placed by anchors is asked for again: a period's in one master counts for the others, too. */
  const refresh = async () => {
    router.refresh();
    await Promise.all([
      client.invalidateQueries({ queryKey: queryKeys.allAnchors }),
      client.invalidateQueries({ queryKey: queryKeys.plays }),
    ]);
  };
  const write = async (masterId: string, anchors: readonly Anchor[]): Promise<boolean> => {
    waiting.current += 1;
    setIsChanging(true);
    const { queryKey } = anchorsOptions(masterId);
    // What comes next builds on it, whether or not the server has answered.
    await client.cancelQueries({ queryKey });
    client.setQueryData<AnchorListJson>(queryKey, { anchors: anchors.map((anchor) => ({ ...anchor, is_set: true })) });
    const put = line.current.then(() => putAnchors(masterId, anchors));
    line.current = put.catch(() => {});
    try {
      await put;
      return true;
    } catch (error) {
      toast.error(error instanceof Error ? error.message : '');
      return false;
    } finally {
      waiting.current -= 1;
      if (waiting.current === 0) {
        await refresh();
        setIsChanging(false);
      }
    }
  };
  /** The anchors of a master, as they are or are about to be: somebody else may have set some meanwhile. */
  const known = (masterId: string) =>
    client.fetchQuery({ ...anchorsOptions(masterId), staleTime: waiting.current > 0 ? Number.POSITIVE_INFINITY : 0 });
  const change = async (masterId: string, anchors: readonly Anchor[]): Promise<boolean> => {
    const before = { masterId, anchors: setAnchorsOf(await known(masterId)) };
    const isDone = await write(masterId, anchors);
    if (isDone) setUndoable((old) => [...old, before]);
    return isDone;
  };
  const undo = async (): Promise<boolean> => {
    const last = undoable.at(-1);
    if (!last) return false;
    const isDone = await write(last.masterId, last.anchors);
    if (isDone) setUndoable((old) => old.slice(0, -1));
    return isDone;
  };
  return { known, change, undo, canUndo: undoable.length > 0, isChanging };
}
