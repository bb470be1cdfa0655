/** The library that every run starts with: two numbered masters and eight clips, cut by the real worker. */
export const LIBRARY_MASTERS = {
  mtl: { rate: '30', seconds: 8, team_code: 'MTL', season: '2025-2026', game_id: '20031', period: 1 },
  chi: { rate: '30000/1001', seconds: 8, team_code: 'CHI', season: '2025-2026', game_id: '20044', period: 2 },
} as const;

interface LibraryClip {
  clip_id: string;
  master: keyof typeof LIBRARY_MASTERS;
  start_timecode_s: number;
  end_timecode_s: number;
  player_id: string;
  player_name: string;
  event_type: string;
  outcome: string;
  zone: string;
  strength: string;
  tags: string[];
}

const clip = (
  [master, number]: [keyof typeof LIBRARY_MASTERS, number],
  [start_timecode_s, end_timecode_s]: [number, number],
  [player_id, player_name]: [string, string],
  event_type: string,
  facts: { outcome: string; zone: string; strength: string },
  tags: string[] = [],
): LibraryClip => ({
  clip_id: `lib-${master}-${number}`,
  master,
  start_timecode_s,
  end_timecode_s,
  player_id,
  player_name,
  event_type,
  ...facts,
  tags,
});

/** The players who have an account (`accounts.ts`), and one of each club who has none. */
const MTL_PLAYER: [string, string] = ['9000001', 'Nick Durand'];
const MTL_OTHER: [string, string] = ['9000002', 'Cole Bouchard'];
const CHI_PLAYER: [string, string] = ['9100001', 'Alex Brandt'];
const CHI_OTHER: [string, string] = ['9100002', 'Connor Weiss'];

const POWER_PLAY = { outcome: 'successful', zone: 'oz', strength: '5v4' };
const EVEN = { outcome: 'failed', zone: 'nz', strength: '5v5' };
const SHORT = { outcome: 'undetermined', zone: 'dz', strength: '4v5' };

export const LIBRARY_CLIPS: readonly LibraryClip[] = [
  clip(['mtl', 1], [0, 2], MTL_PLAYER, 'controlledentry', POWER_PLAY, ['power play']),
  clip(['mtl', 2], [1, 3], MTL_PLAYER, 'shot', EVEN),
  clip(['mtl', 3], [2, 4], MTL_OTHER, 'shot', POWER_PLAY, ['power play']),
  clip(['mtl', 4], [4, 6], MTL_OTHER, 'goal', EVEN),
  clip(['mtl', 5], [5.5, 8], MTL_OTHER, 'faceoff', SHORT),
  clip(['chi', 1], [0, 2], CHI_PLAYER, 'shot', EVEN),
  clip(['chi', 2], [3, 5], CHI_PLAYER, 'save', SHORT),
  clip(['chi', 3], [3.003, 5.005], CHI_OTHER, 'dumpin', EVEN),
];
