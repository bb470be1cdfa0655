import { stringify } from 'csv-stringify/sync';

/** What a spreadsheet would calculate. */
const FORMULA = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;

/** A text that a spreadsheet would calculate gets a `'` in front of it, as OWASP's "CSV Injection" asks; a number is one. */
const plain = (cell: string | number | null): string => {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  return FORMULA.test(cell) ? `'${cell}` : cell;
};

/** A cell as it was before `csvText` wrote it. */
export const unescapedCell = (cell: string): string =>
  cell.startsWith("'") && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell;

/**
 * RFC 4180, lines ending in CR LF, behind a byte order mark, without which a spreadsheet takes "é" for two letters.
 * @param options.header whether this is the beginning of the table: its columns stand there, and the mark.
 */
export const csvText = (
  columns: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
  { header }: { header: boolean },
): string =>
  stringify(
    rows.map((row) => row.map(plain)),
    // The library quotes whole line ends; a CR or an LF alone has to be quoted as well.
    { header, bom: header, columns: [...columns.map(plain)], record_delimiter: 'windows', quoted_match: /[\r\n]/ },
  );
