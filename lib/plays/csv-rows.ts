import { Readable } from 'node:stream';
import { type CsvError, parse } from 'csv-parse';
import type { SkippedRow } from './play.ts';

/** No row of a table of plays comes near it: a quote that is never closed would swallow the rest of the file. */
const MAX_ROW_CHARS = 65_536;
const CHUNK_CHARS = 65_536;

function* chunksOf(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += CHUNK_CHARS) yield text.slice(at, at + CHUNK_CHARS);
}

/** What is said of a row that the file cannot be read beyond. */
const OPEN_QUOTE = 'A quote is opened from here on and not closed: nothing after it could be read.';
const LONG_ROW =
  'A row from here on is longer than 65,536 characters, as when a quote in it is never closed: nothing after it could be read.';

/** One row of a table, and the line that it ends on. */
export interface CsvRow {
  record: string[];
  info: { lines: number };
}

const isCsvError = (error: unknown): error is CsvError =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_');

/** Rows as they are; `onBroken` is told where the file cannot be read any further, and why. */
export async function* csvRows(
  text: string,
  delimiter: string,
  onBroken: (broken: SkippedRow) => void,
): AsyncGenerator<CsvRow> {
  const parser = parse({
    ...{ delimiter, bom: true, info: true, relax_quotes: true, relax_column_count: true, skip_empty_lines: true },
    max_record_size: MAX_ROW_CHARS,
  });
  let line = 1;
  try {
    for await (const row of Readable.from(chunksOf(text)).pipe(parser)) {
      line = row.info.lines;
      yield row;
    }
  } catch (error) {
    if (!isCsvError(error)) throw error;
    onBroken({ line: line + 1, reason: error.code === 'CSV_MAX_RECORD_SIZE' ? LONG_ROW : OPEN_QUOTE });
  }
}
