import type { ReelItemJson } from '#lib/reels/reel-schemas.ts';

/** One change of a reel's items, said by their ids, so that it can be made again on an order that others have changed since. */
export type ReelChange =
  | {
      kind: 'move';
      id: string;
      /** The item that it is to stand before; `null` for the end. */
      before: string | null;
    }
  | { kind: 'edit'; id: string; facts: Partial<Pick<ReelItemJson, 'in_s' | 'out_s' | 'note'>> }
  | { kind: 'remove'; id: string };

/** Items with one change made. What the change is about may be gone meanwhile: then nothing is changed. */
export function withChange<Item extends ReelItemJson>(items: readonly Item[], change: ReelChange): Item[] {
  const found = items.find(({ id }) => id === change.id);
  if (!found) return [...items];
  if (change.kind === 'edit') {
    return items.map((item) => (item.id === change.id ? { ...item, ...change.facts } : item));
  }
  const others = items.filter(({ id }) => id !== change.id);
  if (change.kind === 'remove') return others;
  const at = change.before === null ? -1 : others.findIndex(({ id }) => id === change.before);
  return at < 0 ? [...others, found] : [...others.slice(0, at), found, ...others.slice(at)];
}

/** What takes a change back; `null` where nothing was changed, or what was taken out has to be added anew. */
export function inverseOf(items: readonly ReelItemJson[], change: ReelChange): ReelChange | null {
  const at = items.findIndex(({ id }) => id === change.id);
  const item = items[at];
  if (!item || change.kind === 'remove') return null;
  if (change.kind === 'move') return { kind: 'move', id: item.id, before: items[at + 1]?.id ?? null };
  const { in_s, out_s, note } = item;
  return { kind: 'edit', id: item.id, facts: { in_s, out_s, note } };
}

/** What `PUT /reels/{id}/items` takes. */
export const itemsBody = (items: readonly ReelItemJson[]) => ({
  items: items.map(({ id, in_s, out_s, note }) => ({ id, in_s, out_s, note })),
});

/** How long an item plays; 0 for what is gone. */
export function lengthOf({ clip, in_s, out_s }: Pick<ReelItemJson, 'clip' | 'in_s' | 'out_s'>): number {
  return clip ? Math.max(0, (out_s ?? clip.duration_s) - (in_s ?? 0)) : 0;
}

/** How long all of it plays. */
export const lengthOfAll = (items: readonly ReelItemJson[]): number =>
  items.reduce((sum, item) => sum + lengthOf(item), 0);
