import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { queryKeys } from '#app/_client/query-keys.ts';
import { inverseOf, type ReelChange, withChange } from '#app/_client/reel-changes.ts';
import { addToReel, changeItems, type PatchReelBody, patchReel } from '#app/_client/reel-mutations.ts';
import { fetchReel } from '#app/_client/reel-queries.ts';
import { toast } from '#app/_ui/toast.ts';
import type { ReelItemJson, ReelJson } from '#lib/reels/reel-schemas.ts';

/** What takes one's last change back: another change, or what was taken out, put where it was. */
type Undo = { kind: 'change'; change: ReelChange } | { kind: 'restore'; item: ReelItemJson; before: string | null };

/** A clip of an item that was taken out, with its trim and note, before the item that it stood before. */
async function restore(reel: ReelJson, item: ReelItemJson, before: string | null): Promise<ReelJson> {
  if (item.clip_id === null) return reel;
  const [added] = (await addToReel(reel.id, [item.clip_id])).items;
  const fresh = await fetchReel(reel.id);
  if (!added) return fresh;
  const { in_s, out_s, note } = item;
  const edited = await changeItems(fresh, { kind: 'edit', id: added.id, facts: { in_s, out_s, note } });
  return before === null ? edited : changeItems(edited, { kind: 'move', id: added.id, before });
}

/**
 * One's own changes of a reel: shown at once, sent one after the other, and made again on what others have changed
 * meanwhile. What cannot be saved is told, and the reel is shown as it is.
 */
export function useReelEdits(known: ReelJson) {
  const t = useTranslations('reels.page');
  const client = useQueryClient();
  const [pending, setPending] = useState<readonly ReelChange[]>([]);
  const [undos, setUndos] = useState<readonly Undo[]>([]);
  const line = useRef<Promise<unknown>>(Promise.resolve());
  const reel = { ...known, items: pending.reduce<ReelItemJson[]>(withChange, known.items) };
  const key = queryKeys.reel(known.id);
  const newest = () => client.getQueryData<ReelJson>(key) ?? known;
  const keep = (saved: ReelJson) => {
    // What is on its way is older.
    void client.cancelQueries({ queryKey: key });
    client.setQueryData<ReelJson>(key, saved);
    void client.invalidateQueries({ queryKey: queryKeys.reelLists });
  };

  const inLine = (work: () => Promise<ReelJson>): Promise<boolean> => {
    const done = line.current.then(work).then(
      (saved) => {
        keep(saved);
        return true;
      },
      (error: Error) => {
        toast.error(t('saveFailed', { reason: error.message }));
        void client.invalidateQueries({ queryKey: key });
        return false;
      },
    );
    line.current = done;
    return done;
  };

  const send = (change: ReelChange) => {
    setPending((all) => [...all, change]);
    return inLine(() => changeItems(newest(), change)).finally(() =>
      setPending((all) => all.filter((other) => other !== change)),
    );
  };

  /** Makes a change, which `undo` takes back. */
  const change = (made: ReelChange) => {
    const at = reel.items.findIndex(({ id }) => id === made.id);
    const item = reel.items[at];
    const back = inverseOf(reel.items, made);
    if (back) setUndos((all) => [...all, { kind: 'change', change: back }]);
    else if (item && item.clip_id !== null) {
      setUndos((all) => [...all, { kind: 'restore', item, before: reel.items[at + 1]?.id ?? null }]);
    }
    return send(made);
  };

  const undo = async (): Promise<boolean> => {
    const last = undos.at(-1);
    if (!last) return false;
    setUndos((all) => all.slice(0, -1));
    if (last.kind === 'change') return send(last.change);
    return inLine(() => restore(newest(), last.item, last.before));
  };

  return {
    reel,
    change,
    undo,
    canUndo: undos.length > 0,
    patch: (patch: PatchReelBody) => inLine(() => patchReel(newest(), patch)),
    add: (clipIds: readonly string[]) =>
      inLine(async () => {
        await addToReel(known.id, clipIds);
        return fetchReel(known.id);
      }),
  };
}
export type ReelEdits = ReturnType<typeof useReelEdits>;
