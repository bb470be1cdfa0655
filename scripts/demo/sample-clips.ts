/** The game of the sample library. Players and ids are invented; the league's own ids start with 8. */
export const SAMPLE_GAME = {
  gameId: '20031',
  gameDate: '2025-10-11',
  season: '2025-2026',
  home: 'MTL',
  away: 'CHI',
} as const;

/** Where the portal shows it. */
export const SAMPLE_GAME_PATH = `/games/${SAMPLE_GAME.home}/${SAMPLE_GAME.season}/${SAMPLE_GAME.gameId}`;

export interface SamplePlayer {
  playerId: string;
  name: string;
  team: 'MTL' | 'CHI';
}

export const SAMPLE_PLAYERS = {
  lavallee: { playerId: '9000001', name: 'Antoine Lavallée', team: 'MTL' },
  bergstrom: { playerId: '9000002', name: 'Nils Bergström', team: 'MTL' },
  okafor: { playerId: '9000003', name: 'Daniel Okafor', team: 'MTL' },
  tremblay: { playerId: '9000004', name: 'Félix Tremblay-Roy', team: 'MTL' },
  kowalczyk: { playerId: '9000005', name: 'Marek Kowalczyk', team: 'CHI' },
  whitfield: { playerId: '9000006', name: 'Cole Whitfield', team: 'CHI' },
} as const satisfies Record<string, SamplePlayer>;

type PlayerKey = keyof typeof SAMPLE_PLAYERS;

/** Start and length in seconds; then what the clip shows. */
type Row = readonly [
  startS: number,
  lengthS: number,
  player: PlayerKey,
  event: string,
  outcome: 'successful' | 'failed' | 'undetermined',
  zone: 'oz' | 'nz' | 'dz',
  strength: string,
  tags: readonly string[],
];

/** Rows by period; a period's master lasts a minute. */
const ROWS: Readonly<Record<1 | 2 | 3, readonly Row[]>> = {
  1: [
    [0, 5, 'tremblay', 'faceoff', 'successful', 'nz', '5v5', ['opening draw']],
    [3, 6, 'lavallee', 'zoneentry', 'successful', 'oz', '5v5', ['carry-in']],
    [7.5, 5, 'bergstrom', 'breakout', 'successful', 'dz', '5v5', []],
    [11, 4.5, 'kowalczyk', 'forecheck', 'failed', 'oz', '5v5', ['2-1-2']],
    [14, 6, 'lavallee', 'shot', 'failed', 'oz', '5v5', ['wrist shot']],
    [18.2, 5, 'okafor', 'puckprotection', 'successful', 'oz', '5v5', ['cycle']],
    [22, 4, 'whitfield', 'penalty', 'undetermined', 'nz', '5v5', ['hooking']],
    [25, 7, 'bergstrom', 'zoneentry', 'successful', 'oz', '5v4', ['power-play entry', 'drop pass']],
    [30, 6, 'tremblay', 'zoneentry', 'failed', 'nz', '5v4', ['power-play entry']],
    [34.5, 5, 'lavallee', 'goal', 'successful', 'oz', '5v4', ['one-timer', 'highlight']],
    [39, 5, 'kowalczyk', 'zoneentry', 'successful', 'oz', '5v5', ['rush']],
    [44, 4, 'okafor', 'block', 'successful', 'dz', '5v5', []],
    [49, 6, 'whitfield', 'shot', 'failed', 'oz', '5v5', ['screen']],
    [54, 5, 'tremblay', 'dumpout', 'successful', 'dz', '5v5', []],
  ],
  2: [
    [1, 5, 'kowalczyk', 'faceoff', 'successful', 'nz', '5v5', []],
    [4, 6, 'whitfield', 'zoneentry', 'failed', 'nz', '5v5', ['carry-in']],
    [8, 5, 'bergstrom', 'takeaway', 'successful', 'nz', '5v5', []],
    [12, 7, 'okafor', 'breakout', 'failed', 'dz', '5v5', ['rim']],
    [16, 5, 'kowalczyk', 'goal', 'successful', 'oz', '5v5', ['rebound', 'highlight']],
    [21, 4, 'lavallee', 'check', 'successful', 'oz', '5v5', ['finish the hit']],
    [25.4, 5, 'tremblay', 'penalty', 'undetermined', 'dz', '5v5', ['tripping']],
    [29, 6, 'bergstrom', 'block', 'successful', 'dz', '4v5', ['penalty kill']],
    [33, 5, 'okafor', 'dumpout', 'successful', 'dz', '4v5', ['penalty kill']],
    [37, 6, 'whitfield', 'shot', 'failed', 'oz', '5v4', ['point shot']],
    [42, 5, 'lavallee', 'breakaway', 'failed', 'oz', '4v5', ['short-handed', 'highlight']],
    [47, 6, 'bergstrom', 'zoneentry', 'successful', 'oz', '5v5', ['carry-in']],
    [53, 6, 'kowalczyk', 'turnover', 'failed', 'nz', '5v5', []],
  ],
  3: [
    [0.5, 5, 'tremblay', 'faceoff', 'failed', 'nz', '5v5', []],
    [4, 6, 'lavallee', 'forecheck', 'successful', 'oz', '5v5', ['1-2-2']],
    [9, 5, 'okafor', 'shot', 'failed', 'oz', '5v5', ['slot']],
    [13, 7, 'whitfield', 'breakout', 'successful', 'dz', '5v5', ['stretch pass']],
    [18, 5, 'bergstrom', 'save', 'undetermined', 'dz', '5v5', ['big save']],
    [22, 6, 'lavallee', 'zoneentry', 'successful', 'oz', '4v4', ['carry-in']],
    [27, 5, 'okafor', 'goal', 'successful', 'oz', '4v4', ['tip', 'highlight']],
    [31.6, 6, 'kowalczyk', 'zoneentry', 'successful', 'oz', '5v5', ['rush']],
    [36, 4, 'tremblay', 'takeaway', 'successful', 'dz', '5v5', []],
    [40, 8, 'bergstrom', 'shift', 'undetermined', 'nz', '5v5', ['long shift']],
    [46, 5, 'whitfield', 'faceoff', 'successful', 'oz', '6v5', ['empty net']],
    [49, 6, 'lavallee', 'block', 'successful', 'dz', '5v6', ['empty net']],
    [54, 5.5, 'okafor', 'goal', 'successful', 'oz', '5v6', ['empty net', 'highlight']],
  ],
};

export const SAMPLE_PERIODS = [1, 2, 3] as const;
export type SamplePeriod = (typeof SAMPLE_PERIODS)[number];

/** `p1-20251011-NHL-MTLvsCHI-20252026-20031.mp4` */
export const sampleFilename = (period: SamplePeriod): string => {
  const { gameDate, season, home, away, gameId } = SAMPLE_GAME;
  return `p${period}-${gameDate.replaceAll('-', '')}-NHL-${home}vs${away}-${season.replace('-', '')}-${gameId}.mp4`;
};

/** A clip request without its master, as `createClipSchema` reads it. */
function toRequest(period: SamplePeriod, row: Row, index: number) {
  const [startS, lengthS, key, event, outcome, zone, strength, tags] = row;
  const { playerId, name, team } = SAMPLE_PLAYERS[key];
  const { gameId, gameDate, season, home, away } = SAMPLE_GAME;
  return {
    clip_id: `${team.toLowerCase()}-${gameId}-p${period}-${String(index + 1).padStart(4, '0')}`,
    start_timecode_s: startS,
    end_timecode_s: startS + lengthS,
    player_id: playerId,
    player_name: name,
    team_code: team,
    opponent_code: team === home ? away : home,
    season,
    game_id: gameId,
    game_date: gameDate,
    period,
    event_type: event,
    outcome,
    zone,
    strength,
    tags: [...tags],
  };
}
export type SampleClip = ReturnType<typeof toRequest>;

/** The clips of one period. Their ids follow from the data, so that a second run finds what the first one made. */
export const sampleClipsOf = (period: SamplePeriod): SampleClip[] =>
  ROWS[period].map((row, index) => toRequest(period, row, index));
