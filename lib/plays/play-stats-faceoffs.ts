import { type Counted, cellOf, countIn, nameIn, rateOf, type SideOfTeam, valuesIn } from './play-count.ts';
import type { Cell } from './play-query.ts';
import { DOT_NAMES, type FaceoffsRow, type PlayCount } from './play-stats-schemas.ts';
import { FACE_OFF_NAMES } from './play-stats-words.ts';
import { FACE_OFF_DOTS, turnedBox } from './rink-schemas.ts';

interface WonAndLost {
  won: PlayCount;
  lost: PlayCount;
}

const FACE_OFF: Cell = { name: [...FACE_OFF_NAMES] };

/** A play sequence has a row of each side: what one wins the other loses, and each says so of itself. */
function byOutcome(counted: Counted, side: SideOfTeam, narrower: Cell): WonAndLost {
  const cell = { ...cellOf(side), ...FACE_OFF, ...narrower };
  return {
    won: countIn(counted, 'faceoffs', { ...cell, outcome: ['successful'] }),
    lost: countIn(counted, 'faceoffs', { ...cell, outcome: ['failed'] }),
  };
}

/** The NHL has one row, the winner's: what a side loses, the other one wins, who sees the dot from the other end. */
function byWinner(counted: Counted, side: SideOfTeam, { rink }: Cell): WonAndLost {
  const { team_code, others } = side;
  return {
    won: countIn(counted, 'faceoffs', { ...cellOf(side), ...FACE_OFF, ...(rink && { rink }) }),
    lost: countIn(counted, 'faceoffs', {
      ...{ team_code: [team_code], acting_team: others, ...FACE_OFF },
      ...(rink && { rink: turnedBox(rink) }),
    }),
  };
}

const rowOf = (
  { team_code, side }: SideOfTeam,
  row: Pick<FaceoffsRow, 'by' | 'key' | 'player_name'>,
  { won, lost }: WonAndLost,
): FaceoffsRow => {
  const taken = won.value + lost.value;
  return { team_code, side, ...row, won, lost, taken, rate: rateOf(won.value, taken) };
};

/** Whoever took one for a side. The NHL's losers are named in the rows of the others. */
function playersOf(counted: Counted, side: SideOfTeam): string[] {
  const acting = valuesIn(counted, 'faceoffs', cellOf(side), 'player_id');
  if (counted.source !== 'nhl') return acting;
  const lost: Cell = { team_code: [side.team_code], acting_team: side.others };
  return [...new Set([...acting, ...valuesIn(counted, 'named', lost, 'named_ids')])];
}

function ofPlayer(counted: Counted, side: SideOfTeam, id: string): WonAndLost {
  if (counted.source !== 'nhl') return byOutcome(counted, side, { player_id: [id] });
  const { team_code, others } = side;
  return {
    won: countIn(counted, 'faceoffs', { ...cellOf(side), ...FACE_OFF, player_id: [id] }),
    lost: countIn(counted, 'named', { team_code: [team_code], acting_team: others, ...FACE_OFF, named_ids: [id] }),
  };
}

const nameOf = (counted: Counted, id: string): string | null =>
  nameIn(counted, 'faceoffs', id) ?? nameIn(counted, 'named', id);

/** Face-offs of a side: all, by dot as the side sees it, and by player, those who took most first. */
export function faceoffRows(counted: Counted, side: SideOfTeam): FaceoffsRow[] {
  const at = counted.source === 'nhl' ? byWinner : byOutcome;
  const dots = DOT_NAMES.map((key) =>
    rowOf(side, { by: 'dot', key, player_name: null }, at(counted, side, { rink: FACE_OFF_DOTS[key] })),
  );
  const players = playersOf(counted, side).map((key) =>
    rowOf(side, { by: 'player', key, player_name: nameOf(counted, key) }, ofPlayer(counted, side, key)),
  );
  const taken = [...dots, ...players.toSorted((a, b) => b.taken - a.taken)].filter((row) => row.taken > 0);
  return [rowOf(side, { by: 'all', key: null, player_name: null }, at(counted, side, {})), ...taken];
}
