import type { SequenceRow } from '#lib/plays/play-files-fixture.ts';
import { sequenceCsv, sequenceRow, stoppageRow } from '#lib/plays/play-files-fixture.ts';
import { accountOf } from './accounts.ts';
import { type Api, apiOf } from './api.ts';
import type { RunningPortal } from './portal-state.ts';

/** A play every so many seconds of film, and after each dozen of them a stoppage. */
const EVERY_S = 2;
const FLOW = 12;
const STOPPED_S = 6;

const FLOWING: readonly SequenceRow[] = [
  { name: 'lpr', shorthand: 'LPR+', zone: 'dz' },
  { name: 'pass', shorthand: 'OUTLET PASS+', type: 'outlet', zone: 'dz' },
  { name: 'reception', shorthand: 'RECEPTION', zone: 'nz' },
  { name: 'carry', shorthand: 'CONTROLLED ENTRY INTO OZ', zone: 'oz' },
  { name: 'pass', shorthand: 'SLOT PASS-', type: 'slot', outcome: 'failed', zone: 'oz' },
  { name: 'check', shorthand: 'CHECK', zone: 'dz' },
  { name: 'dumpout', shorthand: 'DUMP OUT', zone: 'dz' },
  { name: 'shot', shorthand: 'SLOT SHOT FOR ONNET', type: 'slot', zone: 'oz' },
];
const PLAYERS: readonly SequenceRow[] = [
  { playerFirstName: 'Nick', playerLastName: 'Suzuki', playerReferenceId: '\t8480018.0' },
  { playerFirstName: 'Théo', playerLastName: 'Côté', playerReferenceId: '\t9000001.0' },
  { playerFirstName: 'Mike', playerLastName: 'Matheson', playerReferenceId: '\t8476875.0' },
];

const timecodeOf = (frames: number): string => {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${two(frames / 108_000)}:${two((frames / 1800) % 60)}:${two((frames / 30) % 60)}:${two(frames % 30)}`;
};

/** The rows of a period that lasts so many seconds of film, in its order; the third shot is a goal. */
function periodRows(period: number, lastsS: number, everyS: number): SequenceRow[] {
  const rows: SequenceRow[] = [];
  let [atS, clockS, shots] = [0, 0, 0];
  const put = (row: SequenceRow) => {
    const id = String(period * 10_000 + rows.length);
    const timing = {
      period: String(period),
      periodTime: clockS.toFixed(3),
      timecode: timecodeOf(Math.round(atS * 30)),
    };
    rows.push({ ...row, ...timing, id });
  };
  while (atS < lastsS) {
    put(stoppageRow({ name: 'faceoff', shorthand: 'Face-Off' }));
    for (let nth = 0; nth < FLOW && atS + everyS < lastsS; nth++) {
      atS += everyS;
      clockS += everyS;
      const flowing = FLOWING[nth % FLOWING.length] ?? {};
      if (flowing.name === 'shot') shots += 1;
      const isGoal = flowing.name === 'shot' && shots === 3;
      const at = { xAdjCoord: String(-60 + ((nth * 17) % 150)), yAdjCoord: String(-35 + ((nth * 23) % 70)) };
      put(sequenceRow({ ...flowing, ...PLAYERS[nth % PLAYERS.length], ...at, ...(isGoal ? { name: 'goal' } : {}) }));
    }
    put(stoppageRow({ name: 'whistle', shorthand: 'WHISTLE' }));
    atS += STOPPED_S;
  }
  return rows;
}

/** The text of a play sequence of so many periods, each of so many seconds of film. */
export const gameCsv = (periods: number, lastsS: number, everyS = EVERY_S): string =>
  sequenceCsv(Array.from({ length: periods }, (_, index) => periodRows(index + 1, lastsS, everyS)).flat());

interface GamePlaysOptions {
  season: string;
  gameId?: string;
  csv: string;
}

/** Brings a play sequence into a game of MTL's. */
export async function bringGame(home: RunningPortal, { season, gameId = '1', csv }: GamePlaysOptions): Promise<Api> {
  const coach = apiOf(accountOf('coach', 'MTL'), home);
  const query = new URLSearchParams({ team_code: 'MTL', season, game_id: gameId, confirm: 'true' });
  const answer = await coach.call('POST', `/plays/import?${query}`, {
    rawBody: csv,
    headers: { 'Content-Type': 'text/csv' },
  });
  if (answer.status !== 200) throw new Error(`POST /plays/import: ${answer.status} ${answer.text}`);
  return coach;
}

/** Says that a period's opening face-off is on a master's first picture. */
export async function anchorPeriod(api: Api, masterId: string, period: number): Promise<void> {
  const answer = await api.call('PUT', `/masters/${masterId}/anchors`, { body: [{ period, clock_s: 0, video_s: 0 }] });
  if (answer.status !== 200) throw new Error(`PUT anchors: ${answer.status} ${answer.text}`);
}
