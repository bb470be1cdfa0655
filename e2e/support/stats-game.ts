import type { SequenceRow } from '#lib/plays/play-files-fixture.ts';
import { sequenceCsv, sequenceRow, stoppageRow } from '#lib/plays/play-files-fixture.ts';
import { accountOf } from './accounts.ts';
import { apiOf } from './api.ts';
import type { RunningPortal } from './portal-state.ts';

const BEDARD: SequenceRow = {
  ...{ team: 'CHI', playerReferenceId: '8484144', playerFirstName: 'Connor', playerLastName: 'Bedard' },
  ...{ teamSkatersOnIce: '4', opposingTeamSkatersOnIce: '5' },
};

const OUTCOMES = ['successful', 'failed', 'undetermined'] as const;

/** What each team does again and again, at places all over its rink. */
const KINDS: readonly SequenceRow[] = [
  { name: 'shot', shorthand: 'SLOT SHOT FOR ONNET' },
  { name: 'shot', shorthand: 'OUTSIDE SHOT BLOCKED' },
  { name: 'carry', shorthand: 'CONTROLLED ENTRY INTO OZ' },
  { name: 'dumpin', shorthand: 'DUMP IN' },
  { name: 'carry', shorthand: 'CONTROLLED EXIT FROM DZ' },
  { name: 'pass', shorthand: 'OUTLET PASS' },
];

function rowsOfGame(): SequenceRow[] {
  const rows: SequenceRow[] = [];
  const put = (row: SequenceRow) => {
    const nth = rows.length;
    const timing = { period: String(1 + Math.floor(nth / 200)), periodTime: String((nth * 6) % 1200), timecode: '' };
    rows.push({ ...row, ...timing, id: String(nth + 1) });
  };
  const won = { name: 'faceoff', shorthand: 'OZ FACE OFF+', outcome: 'successful' };
  const lost = { name: 'faceoff', shorthand: 'OZ FACE OFF-', outcome: 'failed' };
  for (let nth = 0; nth < 80; nth++) {
    if (nth % 10 === 0) {
      put(stoppageRow({ name: 'faceoff', shorthand: 'Face-Off' }));
      put(sequenceRow({ ...(nth % 20 ? won : lost), xAdjCoord: '69', yAdjCoord: '22' }));
      put(sequenceRow({ ...BEDARD, ...(nth % 20 ? lost : won), xAdjCoord: '-69', yAdjCoord: '-22' }));
    }
    const outcome = OUTCOMES[Math.floor(nth / KINDS.length) % OUTCOMES.length] ?? 'undetermined';
    const at = { xAdjCoord: String(-55 + ((nth * 37) % 150)), yAdjCoord: String(-40 + ((nth * 23) % 80)) };
    for (const side of [{}, BEDARD]) put(sequenceRow({ ...KINDS[nth % KINDS.length], outcome, ...at, ...side }));
  }
  for (const y of ['0', '4', '-5'])
    put(sequenceRow({ name: 'shot', shorthand: 'SLOT SHOT FOR ONNET', xAdjCoord: '80', yAdjCoord: y }));
  put(sequenceRow({ name: 'goal', shorthand: 'GOAL', xAdjCoord: '80', yAdjCoord: '4' }));
  return rows;
}

/** A game that is counted: a season of its own, so that no other test has plays in it. */
export const COUNTED = { team_code: 'MTL', season: '1997-1998', game_id: '20071' };

/** Imports it, and a second game of the same plays. */
export async function bringCountedGames(home: RunningPortal): Promise<void> {
  const coach = apiOf(accountOf('coach', 'MTL'), home);
  for (const game_id of [COUNTED.game_id, '20072']) {
    const query = new URLSearchParams({ ...COUNTED, game_id, confirm: 'true' });
    const answer = await coach.call('POST', `/plays/import?${query}`, {
      rawBody: sequenceCsv(rowsOfGame()),
      headers: { 'Content-Type': 'text/csv' },
    });
    if (answer.status !== 200) throw new Error(`POST /plays/import: ${answer.status} ${answer.text}`);
  }
}
