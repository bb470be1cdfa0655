/** Which clips are ticked: some by id, or everything that the list's filters find. */
export interface Selection {
  ids: ReadonlySet<string>;
  everything: boolean;
  /** The clip that was ticked or unticked last: where a range with Shift starts. */
  anchor: string | null;
}

export const NOTHING_SELECTED: Selection = { ids: new Set(), everything: false, anchor: null };

/** What is ticked one by one: of everything, the clips that are loaded. */
const idsOf = (selection: Selection, loaded: readonly string[]): Set<string> =>
  new Set(selection.everything ? loaded : selection.ids);

/** Ticks one clip, or unticks it. */
export function toggleClip(selection: Selection, loaded: readonly string[], clipId: string): Selection {
  const ids = idsOf(selection, loaded);
  if (!ids.delete(clipId)) ids.add(clipId);
  return { ids, everything: false, anchor: clipId };
}

/** Gives every clip from the anchor to this one the anchor's state, as file lists do with Shift. */
export function extendTo(selection: Selection, loaded: readonly string[], clipId: string): Selection {
  const from = selection.anchor === null ? -1 : loaded.indexOf(selection.anchor);
  const to = loaded.indexOf(clipId);
  if (from < 0 || to < 0) return toggleClip(selection, loaded, clipId);
  const ids = idsOf(selection, loaded);
  const tick = ids.has(loaded[from] ?? '');
  for (const id of loaded.slice(Math.min(from, to), Math.max(from, to) + 1)) {
    if (tick) ids.add(id);
    else ids.delete(id);
  }
  return { ids, everything: false, anchor: clipId };
}

/** Every loaded clip, or none when all of them are ticked already. */
export function toggleLoaded(selection: Selection, loaded: readonly string[]): Selection {
  const all = selection.everything || loaded.every((id) => selection.ids.has(id));
  return all ? NOTHING_SELECTED : { ids: new Set(loaded), everything: false, anchor: null };
}
