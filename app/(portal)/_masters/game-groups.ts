import type { MasterJson } from '#lib/masters/master-schemas.ts';
import { factsOfMaster } from './new-clip.ts';

type GroupedMaster = Pick<MasterJson, 'team_code' | 'season' | 'game_id' | 'filename' | 'period'>;

/** The masters of one game, as far as a list has them. */
export interface GameGroup<Master> {
  key: string;
  team: string;
  season: string;
  gameId: string;
  /** What a file name says: the other team, and the day. */
  opponent: string | null;
  gameDate: string | null;
  masters: Master[];
}

/** Puts the masters of a list together by game, in the list's own order. */
export function groupByGame<Master extends GroupedMaster>(masters: readonly Master[]): GameGroup<Master>[] {
  const groups = new Map<string, GameGroup<Master>>();
  for (const master of masters) {
    const { team_code: team, season, game_id: gameId } = master;
    const key = [team, season, gameId].join(' ');
    const { opponent_code, game_date } = factsOfMaster(master);
    const group = groups.get(key) ?? { key, team, season, gameId, opponent: null, gameDate: null, masters: [] };
    group.opponent ??= opponent_code || null;
    group.gameDate ??= game_date || null;
    group.masters.push(master);
    groups.set(key, group);
  }
  return [...groups.values()];
}
