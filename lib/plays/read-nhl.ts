import { unprocessable } from '#lib/errors.ts';
import { isoDateSchema } from '#lib/word-schemas.ts';
import { gatherPlays, tooManyPlays } from './gather-plays.ts';
import { isBoundedJson } from './json-bounds.ts';
import { type NhlGame, type NhlPlay, nhlGameSchema, nhlPlaySchema, nhlRosterSpotSchema } from './nhl-schemas.ts';
import { placeOnRink, strengthIn } from './nhl-sides.ts';
import { MAX_CLOCK_S, MAX_IDS, periodOf, secondsOf, wordsOf } from './plain-values.ts';
import {
  blankPlay,
  type GameFacts,
  MAX_PLAYS,
  type Play,
  type PlayLabel,
  type PlayList,
  type RosterPlayer,
} from './play.ts';
import { NHL_NAMES } from './play-names.ts';

/** Whose play it is, by the first of these that a play has. */
const ACTORS = [
  ...['scoringPlayerId', 'shootingPlayerId', 'winningPlayerId', 'hittingPlayerId', 'committedByPlayerId'],
  'playerId',
] as const;

/** Facts of a play that are words, and kept as they are. */
const WORDS = ['reason', 'secondaryReason', 'descKey', 'typeCode', 'duration', 'awayScore', 'homeScore'] as const;

/** Shots of a shootout have names of their own, those of play sequences: they are none of the game's. */
const IN_SHOOTOUTS: Readonly<Record<string, string>> = {
  ...{ goal: 'sogoal', 'shot-on-goal': 'soshot', 'missed-shot': 'soshot', 'blocked-shot': 'soshot' },
  'failed-shot-attempt': 'soshot',
};

const ZONES: Readonly<Record<string, string>> = { O: 'oz', N: 'nz', D: 'dz' };
const OPPOSITE: Readonly<Record<string, string>> = { oz: 'dz', dz: 'oz' };

interface Sides {
  home: { id: number; abbrev: string };
  away: { id: number; abbrev: string };
  /** The team of each player, by the roster. */
  teamOf: ReadonlyMap<number, number>;
}

const idIn = (details: Readonly<Record<string, unknown>>, name: string): number | null => {
  const id = details[name];
  return typeof id === 'number' && Number.isInteger(id) && id > 0 && id < 1e12 ? id : null;
};

const numberIn = (details: Readonly<Record<string, unknown>>, name: string): number | null => {
  const value = details[name];
  return typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= 200 ? value : null;
};

const textIn = (details: Readonly<Record<string, unknown>>, name: string, max: number): string | null => {
  const value = details[name];
  return typeof value === 'string' || typeof value === 'number' ? wordsOf(String(value), max) : null;
};

const labelsOf = (details: Readonly<Record<string, unknown>>): PlayLabel[] =>
  WORDS.flatMap((group) => {
    const text = textIn(details, group, 255);
    return text === null ? [] : { group, text };
  });

/** Everybody whom the play names beside the actor: those who assist, lose a face-off, block, stand in goal. */
const othersIn = (details: Readonly<Record<string, unknown>>, actor: number | null): string[] => {
  const ids = Object.keys(details)
    .filter((name) => /PlayerId$|^goalieInNetId$/.test(name))
    .flatMap((name) => idIn(details, name) ?? []);
  return [...new Set(ids)]
    .filter((id) => id !== actor)
    .slice(0, MAX_IDS)
    .map(String);
};

/**
 * The team that acts, and whether the file holds the other one for the owner: of blocked shots it says now the shooter's,
 * now the blocker's, so the roster counts.
 */
function actingTeam({ home, away, teamOf }: Sides, details: Readonly<Record<string, unknown>>, actor: number | null) {
  const owner = idIn(details, 'eventOwnerTeamId');
  const id = (actor === null ? undefined : teamOf.get(actor)) ?? owner;
  const team = [home, away].find((each) => each.id === id) ?? null;
  return { team, isTurned: team !== null && owner !== null && owner !== team.id };
}

/** The play of one item of the list, or why there is none. */
function playOf(item: NhlPlay, line: number, sides: Sides): Play | string {
  const told = wordsOf(item.typeDescKey, 100);
  if (told === null) return 'The play has no typeDescKey.';
  const isShootout = item.periodDescriptor.periodType === 'SO';
  const name = (isShootout && IN_SHOOTOUTS[told]) || told;
  const period = periodOf(item.periodDescriptor.number);
  if (period === null) return 'The period is not a number from 1 to 9.';
  const clock_s = secondsOf(item.timeInPeriod);
  if (clock_s === null || clock_s > MAX_CLOCK_S) return 'timeInPeriod is not MM:SS within a period.';
  const details = item.details ?? {};
  const actor = ACTORS.map((field) => idIn(details, field)).find((id) => id !== null) ?? null;
  const { team, isTurned } = actingTeam(sides, details, actor);
  const isHome = team === null ? null : team.id === sides.home.id;
  const toldZone = ZONES[textIn(details, 'zoneCode', 1) ?? ''] ?? null;
  const zone = toldZone !== null && isTurned ? (OPPOSITE[toldZone] ?? toldZone) : toldZone;
  const at = { x: numberIn(details, 'xCoord'), y: numberIn(details, 'yCoord') };
  return {
    ...blankPlay({ line, name, source_id: String(item.eventId), part: String(period) }),
    ...{ period, clock_s, zone },
    ...placeOnRink(at, { isHome, homeDefends: item.homeTeamDefendingSide, zone }),
    strength: strengthIn(item.situationCode ?? '', isHome),
    type: textIn(details, 'shotType', 50),
    acting_team: team && wordsOf(team.abbrev, 50),
    player_id: actor === null ? null : String(actor),
    named_ids: othersIn(details, actor),
    labels: labelsOf(details),
  };
}

function rosterOf({ rosterSpots, homeTeam, awayTeam }: NhlGame): (RosterPlayer & { teamId: number })[] {
  return rosterSpots.slice(0, 500).flatMap((spot) => {
    const { data } = nhlRosterSpotSchema.safeParse(spot);
    if (!data) return [];
    const team = [homeTeam, awayTeam].find(({ id }) => id === data.teamId);
    return {
      player_id: String(data.playerId),
      player_name: wordsOf(`${data.firstName?.default ?? ''} ${data.lastName?.default ?? ''}`, 255),
      jersey: data.sweaterNumber?.toString() ?? null,
      position: wordsOf(data.positionCode, 10),
      team: team?.abbrev ?? null,
      teamId: data.teamId,
    };
  });
}

function gameOf({ id, season, gameDate, homeTeam, awayTeam }: NhlGame): GameFacts {
  const years = /^(\d{4})(\d{4})$/.exec(String(season ?? ''));
  const facts = ({ abbrev, score }: NhlGame['homeTeam']) => ({ team: abbrev.toUpperCase(), goals: score ?? null });
  return {
    reference: wordsOf(String(id), 20),
    season: years ? `${years[1]}-${years[2]}` : null,
    date: isoDateSchema.safeParse(gameDate).data ?? null,
    teams: [awayTeam.abbrev.toUpperCase(), homeTeam.abbrev.toUpperCase()],
    home: facts(homeTeam),
    away: facts(awayTeam),
  };
}

function parseGame(text: string): NhlGame {
  const refused = (detail: string, cause?: unknown) => unprocessable('bad_json', detail, undefined, cause);
  if (!isBoundedJson(text)) throw refused('This JSON is larger or deeper than any play-by-play.');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw refused('The JSON is not whole: the file may have been cut off. Load it again.', error);
  }
  const game = nhlGameSchema.safeParse(value);
  if (game.success) return game.data;
  const where = game.error.issues.slice(0, 5).map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw refused(`This is not the NHL’s play-by-play. ${where.join(' ')}`);
}

/**
 * Reads the NHL's public play-by-play, one item of `plays` a play (docs/adr/0054).
 * @throws AppError 422 `bad_json`, `too_many_plays`.
 */
export async function readNhl(text: string): Promise<PlayList> {
  const game = parseGame(text);
  if (game.plays.length > MAX_PLAYS) throw tooManyPlays();
  const gathered = gatherPlays(NHL_NAMES);
  const roster = rosterOf(game);
  const teamOf = new Map(roster.map(({ player_id, teamId }) => [Number(player_id), teamId]));
  const names = new Map(roster.map(({ player_id, player_name }) => [player_id, player_name]));
  for (const { teamId: _, ...player } of roster) gathered.addPlayer(player);
  const sides = { home: game.homeTeam, away: game.awayTeam, teamOf };
  for (const [index, value] of game.plays.entries()) {
    await gathered.row();
    const item = nhlPlaySchema.safeParse(value);
    const play = item.success
      ? playOf(item.data, index + 1, sides)
      : `It has no sound ${item.error.issues[0]?.path.join('.') ?? ''}.`;
    if (typeof play === 'string') gathered.skip(index + 1, play);
    else gathered.add({ ...play, player_name: names.get(play.player_id ?? '') ?? null });
  }
  return gathered.list(gameOf(game));
}
