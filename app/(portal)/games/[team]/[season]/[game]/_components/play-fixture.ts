import type { PlayJson } from '#lib/plays/play-field-schemas.ts';

/** A pass of Suzuki's that no film shows, unless told otherwise. */
export const playOf = (known: Partial<PlayJson> = {}): PlayJson => ({
  ...{ id: 1, team_code: 'MTL', season: '2025-2026', game_id: '20031', source: 'playsequence', kind: 'event' },
  ...{ period: 1, clock_s: 0, end_clock_s: null, name: 'pass', shorthand: null, type: null, outcome: null, zone: null },
  ...{ strength: null, acting_team: 'MTL', player_id: '8480018', player_name: 'Nick Suzuki', named_ids: [] },
  ...{ on_ice: [], against: [], x_ft: null, y_ft: null, labels: [], free_text: null, video: null, clip_id: null },
  ...known,
});
