import { csvText } from '#lib/http/csv.ts';
import type { PlayLabel } from './play.ts';

/** One instance of a time line: what an analyst's program shows of a play or a clip. */
export interface TimeLineInstance {
  id: string;
  /** Seconds from the zero of the file; `null` where nothing shows it. */
  start_s: number | null;
  end_s: number | null;
  code: string;
  labels: PlayLabel[];
  free_text: string | null;
}

/** What Sportscode refuses, even escaped (formats.md, chapter 2), and what no XML may hold. */
const plainWords = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll('&', ' and ')
    .replaceAll(/[<>\p{Cc}\uFFFE\uFFFF]+/gu, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim();

const element = (name: string, text: string | number | null): string =>
  text === null ? '' : `<${name}>${typeof text === 'number' ? text : plainWords(text)}</${name}>`;

const seconds = (value: number): number => Math.round(value * 1000) / 1000;

const labelXml = ({ group, text }: PlayLabel): string =>
  `<label>${element('group', group)}${element('text', text)}</label>`;

/** One colour a code, far from each other, as red, green and blue up to 65535. */
const COLOURS = [
  ...[
    [65_535, 9766, 0],
    [0, 30_000, 65_535],
    [0, 45_000, 20_000],
    [65_535, 45_000, 0],
    [40_000, 0, 50_000],
    [0, 50_000, 50_000],
  ],
];

const rowXml = (code: string, index: number): string => {
  const [red = 0, green = 0, blue = 0] = COLOURS[index % COLOURS.length] ?? [];
  return `<row>${element('sort_order', index + 1)}${element('code', code)}<R>${red}</R><G>${green}</G><B>${blue}</B></row>`;
};

const instanceXml = ({ id, start_s, end_s, code, labels, free_text }: TimeLineInstance): string[] => {
  // No place, no instance: the format has no other way to say so.
  if (start_s === null || end_s === null) return [];
  const times = `${element('start', seconds(start_s))}${element('end', seconds(end_s))}`;
  const rest = `${element('code', code)}${labels.map(labelXml).join('')}${element('free_text', free_text)}`;
  return [`<instance>${element('ID', id)}${times}${rest}</instance>`];
};

/** A time line that Sportscode and its kin open. Instances without a place are left out. */
export function sportscodeXml(instances: readonly TimeLineInstance[]): string {
  const placed = instances.flatMap(instanceXml);
  const codes = [...new Set(instances.filter(({ start_s }) => start_s !== null).map(({ code }) => code))];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<file>',
    '<ALL_INSTANCES>',
    ...placed,
    '</ALL_INSTANCES>',
    '<ROWS>',
    ...codes.map(rowXml),
    '</ROWS>',
    '</file>',
    '',
  ].join('\n');
}

/** Between several words of one group in a cell. */
export const BETWEEN_WORDS = ' | ';
/** Columns that are no group of labels. */
export const PLAIN_COLUMNS = ['start', 'end', 'code', 'ID', 'Labels', 'Notes'] as const;

/** A table of instances: start, end and code, then a column for each group of labels. */
export function timeLineCsv(instances: readonly TimeLineInstance[]): string {
  const groups = [...new Set(instances.flatMap(({ labels }) => labels.flatMap(({ group }) => group ?? [])))];
  const wordsOf = (labels: readonly PlayLabel[], group: string | null): string =>
    labels
      .filter((label) => label.group === group)
      .map(({ text }) => text)
      .join(BETWEEN_WORDS);
  const rows = instances.map(({ id, start_s, end_s, code, labels, free_text }) => [
    ...[start_s === null ? null : seconds(start_s), end_s === null ? null : seconds(end_s), code, id],
    ...[wordsOf(labels, null), free_text, ...groups.map((group) => wordsOf(labels, group))],
  ]);
  return csvText([...PLAIN_COLUMNS, ...groups], rows, { header: true });
}

/** How an export is handed over. */
export const headersOfExport = (format: 'sportscode' | 'csv', name: string): Record<string, string> =>
  format === 'csv'
    ? {
        'Content-Type': 'text/csv; charset=utf-8; header=present',
        'Content-Disposition': `attachment; filename="${name}.csv"`,
      }
    : {
        'Content-Type': 'application/xml; charset=utf-8',
        'Content-Disposition': `attachment; filename="${name}.xml"`,
      };
