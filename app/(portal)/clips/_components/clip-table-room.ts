import { GIVES_WAY } from '#app/_ui/table.tsx';

export const COLUMNS = [
  'event_type',
  'player_id',
  'period',
  'strength',
  'outcome',
  'zone',
  'team_code',
  'opponent_code',
  'game_date',
  'duration_s',
  'status',
  'tag',
  'game_id',
  'season',
  'created_at',
] as const;
export type Column = (typeof COLUMNS)[number];

/** How much room a column wants the table to have; what gives way first on a phone stands below the event there. */
export const ROOM: Partial<Record<Column, string>> = {
  player_id: GIVES_WAY[32],
  period: GIVES_WAY[32],
  strength: GIVES_WAY[32],
  outcome: GIVES_WAY[42],
  opponent_code: GIVES_WAY[48],
  game_date: GIVES_WAY[48],
  status: GIVES_WAY[56],
  team_code: GIVES_WAY[64],
  zone: GIVES_WAY[64],
  tag: GIVES_WAY[72],
  game_id: GIVES_WAY[80],
  season: GIVES_WAY[80],
  created_at: GIVES_WAY[96],
};
