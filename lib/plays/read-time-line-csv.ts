import { unprocessable } from '#lib/errors.ts';
import { unescapedCell } from '#lib/http/csv.ts';
import { csvRows } from './csv-rows.ts';
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

/** Where the columns stand: found once, as there may be thousands, beside rows of three cells. */
interface Layout {
  /** By the names of plain ones, in lower case. */
  places: ReadonlyMap<string, number>;
  /** For each column the group of its labels: `null` of free words, `undefined` where there are none. */
  groups: readonly (string | null | undefined)[];
}

/** @throws AppError 422 `bad_columns` */
function layoutOf(header: readonly string[]): Layout {
  const seen = new Set<string>();
  const places = new Map<string, number>();
  for (const [index, name] of header.entries()) {
    if (seen.has(name)) {
      throw unprocessable('bad_columns', `The column ${wordsOf(name, 100) ?? '(empty)'} is there twice.`);
    }
    seen.add(name);
    const plain = name.toLowerCase();
    if (!places.has(plain)) places.set(plain, index);
  }
  const groups = header.map((name) => {
    if (name.toLowerCase() === 'labels') return null;
    return PLAIN.has(name.toLowerCase()) ? undefined : name;
  });
  return { places, groups };
}

/** The labels of a row: its free words, and those of each group. */
const labelsIn = (groups: Layout['groups'], record: readonly string[]): PlayLabel[] =>
  record.flatMap((raw, index) => {
    const group = groups[index];
    const cell = unescapedCell(raw);
    return cell === '' || group === undefined ? [] : cell.split(BETWEEN_WORDS).map((text) => ({ group, text }));
  });

/**
 * Reads the table of a time line, one instance a row: start, end and code, and a column for each group of labels.
 * @throws AppError 422 `bad_columns`, `too_many_plays`.
 */
export async function readTimeLineCsv(text: string): Promise<PlayList> {
  const gathered = gatherPlays(null);
  const named = namer();
  let layout: Layout | null = null;
  for await (const { record, info } of csvRows(text, delimiterOf(text), gathered.breakOff)) {
    if (layout === null) {
      layout = layoutOf(record.map((name) => unescapedCell(name.trim())));
      continue;
    }
    await gathered.row();
    const { places, groups } = layout;
    const cell = (name: string) => unescapedCell(record[places.get(name) ?? -1] ?? '');
    const fields = {
      start: cell('start'),
      end: cell('end'),
      code: cell('code'),
      id: cell('id'),
      free_text: cell('notes'),
    };
    const play = playOfInstance({ line: info.lines, fields, labels: labelsIn(groups, record) }, named);
    if (typeof play === 'string') gathered.skip(info.lines, play);
    else gathered.add(play);
  }
  return timeLineOf(gathered);
}
