import { gameIdSchema, isoDateSchema, seasonSchema, teamCodeSchema } from '#lib/word-schemas.ts';

/** What a HeartBeat file name says about a master; a part that is missing or impossible is left out. */
export interface MasterName {
  period?: number;
  /** `YYYY-MM-DD` */
  gameDate?: string;
  /** Home first. */
  teams?: [home: string, away: string];
  teamCode?: string;
  opponentCode?: string;
  /** `2025-2026`, read or derived from the date. */
  season?: string;
  gameId?: string;
}

const PERIOD = /^p([1-9])$/i;
const TEAMS = /^([a-z]{2,4})vs([a-z]{2,4})$/i;
const EIGHT_DIGITS = /^(\d{4})(\d{2})(\d{2})$/;
const SEASON = /^((?:19|20)\d{2})((?:19|20)\d{2})$/;
const GAME_ID = /^\d{5,10}$/;
/** The league year turns over on July 1. */
const FIRST_MONTH_OF_SEASON = 7;

const dateOf = (part: string): string | undefined => {
  const date = part.replace(EIGHT_DIGITS, '$1-$2-$3');
  return EIGHT_DIGITS.test(part) && isoDateSchema.safeParse(date).success ? date : undefined;
};

/** The season that a day belongs to. */
function seasonOfDate(date: string): string | undefined {
  const year = Number(date.slice(0, 4));
  const first = Number(date.slice(5, 7)) >= FIRST_MONTH_OF_SEASON ? year : year - 1;
  const season = `${first}-${first + 1}`;
  return seasonSchema.safeParse(season).success ? season : undefined;
}

// "20252026" is never a date: no month is called 19 or 20. So the two kinds of eight digits cannot be confused.
const isSeasonPart = (part: string) => SEASON.test(part);

/** The season that is written, when it spans one year and holds the date; else the date's own. */
function readSeason(parts: string[], gameDate: string | undefined): string | undefined {
  const written = parts.find(isSeasonPart);
  const fromDate = gameDate === undefined ? undefined : seasonOfDate(gameDate);
  if (written === undefined) return fromDate;
  const season = written.replace(SEASON, '$1-$2');
  const holds = seasonSchema.safeParse(season).success && (fromDate === undefined || fromDate === season);
  return holds ? season : undefined;
}

/** `MTLvsCHI`, where both are codes that a team can have. */
function teamsOf(part: string): [home: string, away: string] | undefined {
  const [home, away] = (TEAMS.exec(part)?.slice(1) ?? []).map((code) => teamCodeSchema.safeParse(code).data);
  return home && away ? [home, away] : undefined;
}

/** The number right after the season, or else any number that is neither date nor season. */
function readGameId(parts: string[]): string | undefined {
  const isGameId = (part: string) => GAME_ID.test(part) && !EIGHT_DIGITS.test(part);
  const season = parts.findIndex(isSeasonPart);
  const afterSeason = season === -1 ? undefined : parts[season + 1];
  const found = afterSeason !== undefined && isGameId(afterSeason) ? afterSeason : parts.find(isGameId);
  return found !== undefined && gameIdSchema.safeParse(found).success ? found : undefined;
}

/**
 * Reads `p1-20251011-MTLvsCHI.mp4` or `p1-20251011-NHL-MTLvsCHI-20252026-20031.mp4` to pre-fill a form. Parts may come
 * in any order, in any case, with others between them. Never throws; never guesses beyond what is written, but for the
 * season, which follows from the date (July 1 starts a new one).
 */
export function readMasterName(filename: string): MasterName {
  const base = filename.slice(Math.max(filename.lastIndexOf('/'), filename.lastIndexOf('\\')) + 1, 1024);
  const parts = base
    .replace(/\.[a-z0-9]{1,5}$/i, '')
    .split(/[-_.\s]+/)
    .filter(Boolean);
  const period = parts.map((part) => PERIOD.exec(part)?.[1]).find(Boolean);
  const gameDate = parts.map(dateOf).find(Boolean);
  const teams = parts.map(teamsOf).find(Boolean);
  const season = readSeason(parts, gameDate);
  const gameId = readGameId(parts);
  return {
    ...(period ? { period: Number(period) } : {}),
    ...(gameDate ? { gameDate } : {}),
    ...(teams ? { teams, teamCode: teams[0], opponentCode: teams[1] } : {}),
    ...(season ? { season } : {}),
    ...(gameId ? { gameId } : {}),
  };
}
