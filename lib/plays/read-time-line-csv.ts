import { unprocessable } from '#lib/errors.ts';
import { unescapedCell } from '#lib/http/csv.ts';
import { csvRows, OPEN_QUOTE } from './csv-rows.ts';
import { gatherPlays } from './gather-plays.ts';
import { namer, wordsOf } from './plain-values.ts';
import type { PlayLabel, PlayList } from './play.ts';
import { playOfInstance, timeLineOf } from './read-sportscode.ts';
import { delimiterOf, headerOf } from './sequence-columns.ts';
import { BETWEEN_WORDS, PLAIN_COLUMNS } from './time-line.ts';

const PLAIN: ReadonlySet<string> = new Set(PLAIN_COLUMNS.map((name) => name.toLowerCase()));

/** Whether a text begins as the table of a time line does. */
export const looksLikeTimeLine = (text: string): boolean =>
  /^"?start"?[,;\t]"?end"?[,;\t]"?code"?(?:[,;\t]|$)/i.test(headerOf(text));

/** The labels of a row: its free words, and those of each group. */
function labelsIn(header: readonly string[], record: readonly string[]): PlayLabel[] {
  return header.flatMap((name, index) => {
    const isFree = name.toLowerCase() === 'labels';
    const cell = unescapedCell(record[index] ?? '');
    if (cell === '' || (PLAIN.has(name.toLowerCase()) && !isFree)) return [];
    return cell.split(BETWEEN_WORDS).map((text) => ({ group: isFree ? null : name, text }));
  });
}

/**
 * Reads the table of a time line, one instance a row: start, end and code, and a column for each group of labels.
 * @throws AppError 422 `bad_columns`, `too_many_plays`.
 */
export async function readTimeLineCsv(text: string): Promise<PlayList> {
  const gathered = gatherPlays(null);
  const named = namer();
  let header: string[] | null = null;
  const onBroken = (line: number) => gathered.breakOff({ line, reason: OPEN_QUOTE });
  for await (const { record, info } of csvRows(text, delimiterOf(text), onBroken)) {
    if (header === null) {
      header = record.map((name) => unescapedCell(name.trim()));
      const doubled = header.find((name, index) => header?.indexOf(name) !== index);
      if (doubled !== undefined)
        throw unprocessable('bad_columns', `The column ${wordsOf(doubled, 100) ?? '(empty)'} is there twice.`);
      continue;
    }
    await gathered.row();
    const names = header;
    const cell = (name: string) => unescapedCell(record[names.findIndex((each) => each.toLowerCase() === name)] ?? '');
    const fields = {
      start: cell('start'),
      end: cell('end'),
      code: cell('code'),
      id: cell('id'),
      free_text: cell('notes'),
    };
    const play = playOfInstance({ line: info.lines, fields, labels: labelsIn(names, record) }, named);
    if (typeof play === 'string') gathered.skip(info.lines, play);
    else gathered.add(play);
  }
  return timeLineOf(gathered);
}
