import { unprocessable } from '#lib/errors.ts';

/** Columns that are read, by their names in lower case; the file may have any others. */
const COLUMNS = [
  ...['gameReferenceId', 'id', 'period', 'periodTime', 'timecode', 'shorthand', 'name', 'zone', 'type', 'outcome'],
  ...['xAdjCoord', 'yAdjCoord', 'team', 'playerJersey', 'playerPosition', 'playerFirstName', 'playerLastName'],
  ...['playerReferenceId', 'teamSkatersOnIce', 'teamForwardsOnIceRefs', 'teamDefencemenOnIceRefs'],
  ...['teamGoalieOnIceRef', 'opposingTeamSkatersOnIce', 'opposingTeamForwardsOnIceRefs'],
  ...['opposingTeamDefencemenOnIceRefs', 'opposingTeamGoalieOnIceRef'],
] as const;
export type SequenceColumn = (typeof COLUMNS)[number];

/** Without these a row is no play. */
const NEEDED: readonly SequenceColumn[] = ['period', 'periodTime', 'name'];

const DELIMITERS = [',', ';', '\t'] as const;

/** The first line of a table. */
export const headerOf = (text: string): string => /^[^\r\n]{0,20000}/.exec(text.trimStart())?.[0] ?? '';

const plainName = (name: string): string => name.replaceAll('"', '').trim().toLowerCase();

/** What stands between the cells: whatever divides the first line into most. */
export const delimiterOf = (text: string): string => {
  const header = headerOf(text);
  const counts = DELIMITERS.map((delimiter) => header.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
};

/** Whether a text begins as a play sequence does: with the names of two columns that it cannot be without. */
export function looksLikeSequence(text: string): boolean {
  const names = new Set(headerOf(text).split(delimiterOf(text)).map(plainName));
  return NEEDED.filter((column) => names.has(column.toLowerCase())).length >= 2;
}

/**
 * Where each column stands.
 * @throws AppError 422 `bad_columns` when one that is needed is missing, or one that is read is there twice.
 */
export function columnsOf(header: readonly string[]): { count: number; places: Map<SequenceColumn, number> } {
  const names = header.map(plainName);
  const at = (column: string) => names.indexOf(column.toLowerCase());
  const faults = COLUMNS.flatMap((column) => {
    if (at(column) === -1) return NEEDED.includes(column) ? `${column} is missing` : [];
    return at(column) === names.lastIndexOf(column.toLowerCase()) ? [] : `${column} is there twice`;
  });
  if (faults.length > 0) {
    throw unprocessable('bad_columns', `The columns are not those of a play sequence: ${faults.join(', ')}.`);
  }
  return { count: header.length, places: new Map(COLUMNS.map((column) => [column, at(column)])) };
}
