import { setImmediate } from 'node:timers/promises';
import { unprocessable } from '#lib/errors.ts';
import { type GameFacts, MAX_PLAYS, type Play, type PlayList, type RosterPlayer, type SkippedRow } from './play.ts';

/** After so many rows whoever else waits for this process has a turn. */
const ROWS_A_TURN = 1000;

const mergedPlayer = (known: RosterPlayer, row: RosterPlayer): RosterPlayer => ({
  player_id: known.player_id,
  player_name: known.player_name ?? row.player_name,
  jersey: known.jersey ?? row.jersey,
  position: known.position ?? row.position,
  team: known.team ?? row.team,
});

export const tooManyPlays = () =>
  unprocessable('too_many_plays', `A game has some 4,000 plays; this file has more than ${MAX_PLAYS}.`);

/**
 * Gathers what a reader finds, row by row, in the same way for all formats: each id once, and no more rows than a game
 * can have.
 * @param knownNames what plays are called in this format; `null` where people choose the names.
 */
export function gatherPlays(knownNames: ReadonlySet<string> | null) {
  const plays: Play[] = [];
  const skipped: SkippedRow[] = [];
  const lines = new Map<string, number>();
  const unknown = new Set<string>();
  const players = new Map<string, RosterPlayer>();
  let read = 0;
  let isWhole = true;
  return {
    /** Counts a row. @throws AppError 422 `too_many_plays` */
    async row(): Promise<void> {
      read += 1;
      if (read > MAX_PLAYS) throw tooManyPlays();
      if (read % ROWS_A_TURN === 0) await setImmediate();
    },
    skip: (line: number, reason: string): void => {
      skipped.push({ line, reason });
    },
    /** The rest of the file is missing. @param row the one in which it ends, when that was begun. */
    breakOff: (row?: SkippedRow): void => {
      isWhole = false;
      if (!row) return;
      read += 1;
      skipped.push(row);
    },
    /** False for a play whose id was there before: it is skipped. */
    add(play: Play): boolean {
      const earlier = lines.get(play.source_id);
      if (earlier !== undefined) {
        skipped.push({ line: play.line, reason: `The id ${play.source_id} is that of line ${earlier} already.` });
        return false;
      }
      lines.set(play.source_id, play.line);
      plays.push(play);
      if (knownNames && !knownNames.has(play.name)) unknown.add(play.name);
      return true;
    },
    /** Of several rows on one player, each fact is the first one that there is. */
    addPlayer(row: RosterPlayer): void {
      const known = players.get(row.player_id);
      players.set(row.player_id, known ? mergedPlayer(known, row) : row);
    },
    list: (game: GameFacts): PlayList => ({
      ...{ read, plays, skipped, isWhole, game },
      unknownNames: [...unknown],
      players: [...players.values()],
    }),
  };
}
export type Gathered = ReturnType<typeof gatherPlays>;
