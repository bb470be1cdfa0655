/** The 47 columns of a play sequence, in their order. */
export const SEQUENCE_COLUMNS = (
  'gameReferenceId,id,period,periodTime,gameTime,currentPossession,teamInPossession,currentPlayInPossession,' +
  'isPossessionEvent,isDefensiveEvent,isPossessionBreaking,isLastPlayOfPossession,frame,timecode,shorthand,name,zone,' +
  'type,outcome,flags,previousName,previousType,previousOutcome,xCoord,yCoord,xAdjCoord,yAdjCoord,scoreDifferential,' +
  'manpowerSituation,teamSkatersOnIce,teamForwardsOnIceRefs,teamDefencemenOnIceRefs,teamGoalieOnIceRef,' +
  'opposingTeamSkatersOnIce,opposingTeamForwardsOnIceRefs,opposingTeamDefencemenOnIceRefs,opposingTeamGoalieOnIceRef,' +
  'team,playerJersey,playerPosition,playerFirstName,playerLastName,playerReferenceId,playZone,playSection,' +
  'expectedGoalsOnNet,expectedGoalsAllShots'
).split(',');

/** What a row says, by its columns; what it lacks is empty. */
export type SequenceRow = Readonly<Record<string, string>>;

const quoted = (text: string, delimiter: string): string =>
  text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/** A play sequence as its vendor writes it. */
export const sequenceCsv = (
  rows: readonly SequenceRow[],
  { columns = SEQUENCE_COLUMNS, delimiter = ',', end = '\n' } = {},
): string =>
  [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))]
    .map((cells) => cells.map((text) => quoted(text, delimiter)).join(delimiter) + end)
    .join('');
