/** What a file of plays can be; told by what is in it, never by its name. */
export const PLAY_FORMATS = ['playsequence', 'sportscode', 'nhl'] as const;
export type PlayFormat = (typeof PLAY_FORMATS)[number];

/** A word about a play, in the file's own terms; several of one group are several words. */
export interface PlayLabel {
  group: string | null;
  text: string;
}

/** One play as every format tells it: what a file does not say is null. Names are the columns' of `media.plays`. */
export interface Play {
  /** Where it stands in the file: the line, or of JSON the place in its list, from 1. */
  line: number;
  /** Its name among the plays of the same game and format: an import again finds it by that. */
  source_id: string;
  /** What a newer file of the same format replaces as a whole: a period, or of a time line a code. */
  part: string;
  /** A shift lasts from one moment to another, and is derived from who is on the ice. */
  kind: 'event' | 'shift';
  /** 1 to 3, then overtime. */
  period: number | null;
  /** Seconds of the game clock since the period began. */
  clock_s: number | null;
  end_clock_s: number | null;
  /** The file's own video time: of a play sequence since the period's opening face-off, of a time line since its zero. */
  video_s: number | null;
  end_video_s: number | null;
  name: string;
  shorthand: string | null;
  type: string | null;
  outcome: string | null;
  /** Of the acting team: oz, nz, dz. */
  zone: string | null;
  /** Skaters of the acting team, v, skaters of the other: 5v4. */
  strength: string | null;
  /** Who acts, as the file calls the team. */
  acting_team: string | null;
  player_id: string | null;
  player_name: string | null;
  /** Everybody else whom the play names. */
  named_ids: string[];
  /** The acting team's on the ice, goalie last. */
  on_ice: string[];
  against: string[];
  /** Feet from centre ice, the acting team attacking towards +x. */
  x_ft: number | null;
  y_ft: number | null;
  labels: PlayLabel[];
  free_text: string | null;
}

/** A play of which nothing is known but what every one has. */
export const blankPlay = (known: Pick<Play, 'line' | 'source_id' | 'part' | 'name'>): Play => ({
  ...known,
  ...{ kind: 'event', period: null, clock_s: null, end_clock_s: null, video_s: null, end_video_s: null },
  ...{ shorthand: null, type: null, outcome: null, zone: null, strength: null, acting_team: null },
  ...{ player_id: null, player_name: null, named_ids: [], on_ice: [], against: [], x_ft: null, y_ft: null },
  ...{ labels: [], free_text: null },
});

/** A player as far as the file names one. */
export interface RosterPlayer {
  player_id: string;
  player_name: string | null;
  jersey: string | null;
  position: string | null;
  /** As the file calls it. */
  team: string | null;
}

export interface SkippedRow {
  line: number;
  reason: string;
}

/** What a file says of the game that it is of. */
export interface GameFacts {
  /** The game's own number there, which need not be the club's. */
  reference: string | null;
  season: string | null;
  /** `YYYY-MM-DD` */
  date: string | null;
  /** Team codes, or the file's names for teams. */
  teams: string[];
  home: { team: string; goals: number | null } | null;
  away: { team: string; goals: number | null } | null;
}

export const NO_GAME_FACTS: GameFacts = {
  ...{ reference: null, season: null, date: null, teams: [], home: null, away: null },
};

/** What is in a file of plays. */
export interface PlayList {
  /** Rows that the file has, skipped ones included. */
  read: number;
  plays: Play[];
  skipped: SkippedRow[];
  /** False when the file ends in the middle: what it does not name may be in the part that is missing. */
  isWhole: boolean;
  /** Names that this format is not known to have; their plays are taken all the same. */
  unknownNames: string[];
  players: RosterPlayer[];
  game: GameFacts;
}

/** A game has some 4,000 rows. What has many times as many is no game. */
export const MAX_PLAYS = 20_000;
