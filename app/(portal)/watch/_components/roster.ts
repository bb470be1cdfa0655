import type { ClipFacetsJson } from '#lib/clips/clip-filter-schemas.ts';
import type { FactDraft } from './fact-draft.ts';

/** A player that the library knows; without a name where no clip of theirs has one. */
export interface RosterPlayer {
  id: string;
  name: string | null;
}

/** The players on clips of the team that the facets are of: by name, then those of whom only the number is known. */
export function rosterOf(facets: Pick<ClipFacetsJson, 'player_id'> | undefined): RosterPlayer[] {
  const players = (facets?.player_id ?? []).map(({ value, label }) => ({ id: value, name: label }));
  return players.sort((a, b) => {
    if (a.name === null || b.name === null) return Number(a.name === null) - Number(b.name === null);
    return a.name.localeCompare(b.name) || a.id.localeCompare(b.id);
  });
}

/** What choosing a player changes in a form: a known one brings their name along. */
export function playerChange(roster: readonly RosterPlayer[], id: string): Partial<FactDraft> {
  const known = roster.find((player) => player.id === id);
  return known?.name ? { player_id: id, player_name: known.name } : { player_id: id };
}
