/* Files of plays as vendors write them, made from what is known of the formats; none of these is anybody's own. */

import type { SequenceRow } from './write-play-sequence.ts';

export { SEQUENCE_COLUMNS, type SequenceRow, sequenceCsv } from './write-play-sequence.ts';

const ON_ICE: SequenceRow = {
  ...{ teamSkatersOnIce: '5', teamForwardsOnIceRefs: '\t8477444, 8477479, 8480018' },
  ...{ teamDefencemenOnIceRefs: '\t8476875, 8482087', teamGoalieOnIceRef: '8478470.0', opposingTeamSkatersOnIce: '4' },
  ...{ opposingTeamForwardsOnIceRefs: '\t8484144, 8483493', opposingTeamDefencemenOnIceRefs: '\t8481568, 8476882' },
  opposingTeamGoalieOnIceRef: '',
};

/** A row of a controlled entry, 83.5 s into the first period, unless told otherwise. */
export const sequenceRow = (overrides: SequenceRow = {}): SequenceRow => ({
  ...{ gameReferenceId: '98765', id: '1', period: '1', periodTime: '83.5', gameTime: '83.5', frame: '18422' },
  ...{ timecode: '00:01:23:15', shorthand: 'CONTROLLED ENTRY INTO OZ', name: 'carry', zone: 'oz', type: 'regular' },
  ...{ outcome: 'successful', xCoord: '-27.5', yCoord: '12', xAdjCoord: '27.5', yAdjCoord: '-12' },
  ...{ manpowerSituation: 'powerPlay', ...ON_ICE, team: 'MTL', playerJersey: '14.0', playerPosition: 'F' },
  ...{ playerFirstName: 'Nick', playerLastName: 'Suzuki', playerReferenceId: '\t8480018.0' },
  ...overrides,
});

/** A stoppage has no team and no player. */
export const stoppageRow = (overrides: SequenceRow = {}): SequenceRow => ({
  ...{ gameReferenceId: '98765', id: '2', period: '1', periodTime: '90', timecode: '00:01:30:00', name: 'whistle' },
  ...overrides,
});

/** A play sequence's time of its own, of whole seconds below an hour. */
export const timecodeAt = (seconds: number): string =>
  `00:${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}:00`;

/** So many rows, each with an id of its own, in three periods. */
export const manyRows = (count: number): SequenceRow[] =>
  Array.from({ length: count }, (_, index) => {
    const second = (index * 3) % 1200;
    return sequenceRow({
      id: String(index + 1),
      period: String(1 + Math.floor((index * 3) / count)),
      periodTime: String(second),
      timecode: timecodeAt(second),
    });
  });

/** A time line of Sportscode around these instances. */
export const timeLine = (instances: string, head = '<?xml version="1.0" encoding="UTF-8"?>\n'): string =>
  `${head}<file>
<SESSION_INFO><start_time>2018-01-30 16:56:08.76 +0100</start_time></SESSION_INFO>
<ALL_INSTANCES>
${instances}
</ALL_INSTANCES>
<ROWS><row><sort_order>1</sort_order><code>Zone entry</code><R>65535</R><G>9766</G><B>0</B></row></ROWS>
</file>`;

export const instance = (
  { id = '5', start = '352.836', end = '370.836', code = 'Zone entry' } = {},
  rest = '<label><group>Player</group><text>Nick Suzuki</text></label><label><text>free label</text></label>',
): string => `<instance><ID>${id}</ID><start>${start}</start><end>${end}</end><code>${code}</code>${rest}</instance>`;

/** A play of the NHL's list: a shot of the home team, unless told otherwise. */
export const nhlPlay = (overrides: object = {}) => ({
  ...{ eventId: 102, sortOrder: 11, timeInPeriod: '01:23', timeRemaining: '18:37', situationCode: '1451' },
  ...{ homeTeamDefendingSide: 'right', typeCode: 506, typeDescKey: 'shot-on-goal' },
  periodDescriptor: { number: 1, periodType: 'REG', maxRegulationPeriods: 3 },
  details: {
    ...{ xCoord: -62, yCoord: 18, zoneCode: 'O', shotType: 'wrist', eventOwnerTeamId: 8 },
    ...{ shootingPlayerId: 8480018, goalieInNetId: 8481519 },
  },
  ...overrides,
});

/** The NHL's play-by-play of a game in Montreal against Chicago. */
export const nhlGame = (plays: readonly unknown[] = [nhlPlay()], overrides: object = {}) => ({
  ...{ id: 2025020031, season: 20252026, gameType: 2, gameDate: '2025-10-11' },
  awayTeam: { id: 16, abbrev: 'CHI', score: 2 },
  homeTeam: { id: 8, abbrev: 'MTL', score: 3 },
  rosterSpots: [
    {
      ...{ teamId: 8, playerId: 8480018, sweaterNumber: 14, positionCode: 'C' },
      ...{ firstName: { default: 'Nick' }, lastName: { default: 'Suzuki' } },
    },
    {
      ...{ teamId: 16, playerId: 8481568, sweaterNumber: 44, positionCode: 'D' },
      ...{ firstName: { default: 'Wyatt' }, lastName: { default: 'Kaiser' } },
    },
  ],
  plays,
  ...overrides,
});

export const bytesOf = (text: string, encoding: BufferEncoding = 'utf8'): Buffer => Buffer.from(text, encoding);
