import { readMasterName } from '#lib/masters/master-name-schemas.ts';
import type { MasterJson } from '#lib/masters/master-schemas.ts';

/** The masters of one game, as far as a list has them. */
export interface GameGroup {
  key: string;
  team: string;
  season: string;
  gameId: string;
  /** What a file name says: the other team, and the day. */
  opponent: string | null;
  gameDate: string | null;
  masters: MasterJson[];
}

/** Puts the masters of a list together by game, in the list's own order. */
export function groupByGame(masters: readonly MasterJson[]): GameGroup[] {
  const groups = new Map<string, GameGroup>();
  for (const master of masters) {
    const { team_code: team, season, game_id: gameId } = master;
    const key = [team, season, gameId].join(' ');
    const named = readMasterName(master.filename);
    const opponent = named.teams?.includes(team) ? named.teams.find((other) => other !== team) : undefined;
    const group = groups.get(key) ?? { key, team, season, gameId, opponent: null, gameDate: null, masters: [] };
    group.opponent ??= opponent ?? null;
    group.gameDate ??= named.gameDate ?? null;
    group.masters.push(master);
    groups.set(key, group);
  }
  return [...groups.values()];
}
