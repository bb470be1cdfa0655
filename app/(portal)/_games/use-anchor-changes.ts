import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { anchorsOptions, putAnchors } from '#app/_client/anchor-queries.ts';
import { isApiError } from '#app/_client/api-fetch.ts';
import { queryKeys } from '#app/_client/query-keys.ts';
import { toast } from '#app/_ui/toast.ts';
import type { Anchor, AnchorListJson } from '#lib/plays/anchor-schemas.ts';
import { setAnchorsOf } from './tie-clock.ts';

/** What the anchors of a master were before a change, and which version the change has made. */
interface Before {
  masterId: string;
  anchors: Anchor[];
  version: string;
}

const isStale = (error: unknown): boolean => isApiError(error) && error.status === 412;

/** What a change makes of the anchors of a master; `null` where it makes nothing. */
type Make = (known: AnchorListJson) => readonly Anchor[] | null;

/** Changes of anchors, one after the other, each of which can be taken back. */
export function useAnchorChanges() {
  const client = useQueryClient();
  const t = useTranslations('playSync');
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
  /** Builds on what the page shows: what somebody else has set since is shown first, and lost by nothing. */
  const write = async (masterId: string, make: Make, ifVersion?: string): Promise<Before | null> => {
    const options = anchorsOptions(masterId);
    const known = await client.ensureQueryData(options);
    const anchors = make(known);
    if (anchors === null) return null;
    // An answer that is on its way knows nothing of this change.
    await client.cancelQueries({ queryKey: options.queryKey });
    const set = await putAnchors(masterId, anchors, ifVersion ?? known.version);
    client.setQueryData(options.queryKey, set);
    return { masterId, anchors: setAnchorsOf(known), version: set.version };
  };
  const inLine = async (
    masterId: string,
    make: Make,
    ifVersion?: string,
  ): Promise<Before | 'stale' | 'failed' | null> => {
    waiting.current += 1;
    const turn = line.current.then(() => write(masterId, make, ifVersion));
    line.current = turn.catch(() => {});
    try {
      return await turn;
    } catch (error) {
      toast.error(isStale(error) ? t('tiedMeanwhile') : error instanceof Error ? error.message : '');
      // What comes behind it in the line builds on what is newer.
      if (!isStale(error)) return 'failed';
      await client.refetchQueries({ queryKey: queryKeys.anchors(masterId) });
      // To take back what was before would take away what somebody else has set.
      keep(undoable.current.filter((before) => before.masterId !== masterId));
      return 'stale';
    } finally {
      waiting.current -= 1;
      // Of changes that come close together the last one asks for all that is placed by them.
      if (waiting.current === 0) void refresh();
    }
  };
  /** @returns whether anything was changed. */
  const change = async (masterId: string, make: Make): Promise<boolean> => {
    const before = await inLine(masterId, make);
    const isChanged = before !== null && typeof before === 'object';
    if (isChanged) keep([...undoable.current, before]);
    return isChanged;
  };
  /** Takes the last change back. */
  const undo = async (): Promise<'undone' | 'nothing' | 'failed'> => {
    const last = undoable.current.at(-1);
    if (!last) return 'nothing';
    keep(undoable.current.slice(0, -1));
    const done = await inLine(last.masterId, () => last.anchors, last.version);
    if (done !== null && typeof done === 'object') return 'undone';
    if (done !== 'stale') keep([...undoable.current, last]);
    return 'failed';
  };
  return { change, undo, canUndo };
}
