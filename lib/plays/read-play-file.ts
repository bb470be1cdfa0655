import { unprocessable } from '#lib/errors.ts';
import { decodeText } from './decode-text.ts';
import type { PlayFormat, PlayList } from './play.ts';
import { readNhl } from './read-nhl.ts';
import { readPlaySequence } from './read-play-sequence.ts';
import { readSportscode } from './read-sportscode.ts';
import { looksLikeTimeLine, readTimeLineCsv } from './read-time-line-csv.ts';
import { looksLikeSequence } from './sequence-columns.ts';

/** A file of plays, read. */
export interface PlayFile extends PlayList {
  format: PlayFormat;
  /** What its bytes were, as the WHATWG calls it: utf-8, utf-16le, windows-1252. */
  encoding: string;
}

const READERS: Readonly<Record<PlayFormat, (text: string) => Promise<PlayList>>> = {
  playsequence: readPlaySequence,
  // A time line as a table is one, too.
  sportscode: (text) => (text.trimStart().startsWith('<') ? readSportscode(text) : readTimeLineCsv(text)),
  nhl: readNhl,
};

/** The first characters say what a file is: a time line's first element, the list of a play-by-play, columns. */
const HEAD_CHARS = 100_000;

/** What a text is by what is in it; `null` when it is none of these. */
function formatOf(text: string): PlayFormat | null {
  const start = text.trimStart();
  if (start.startsWith('<')) {
    const head = start.slice(0, HEAD_CHARS).toLowerCase();
    return head.includes('<all_instances') || head.includes('<instance') ? 'sportscode' : null;
  }
  if (start.startsWith('{')) return start.includes('"plays"') && start.includes('"homeTeam"') ? 'nhl' : null;
  if (looksLikeTimeLine(start)) return 'sportscode';
  return looksLikeSequence(start) ? 'playsequence' : null;
}

/**
 * Reads a file of plays, whatever it is called.
 * @param format what it is said to be; by default whatever it is.
 * @throws AppError 422 `unknown_format`, `other_format`, `no_plays`, and what the readers throw.
 */
export async function readPlayFile(bytes: Uint8Array, format: PlayFormat | 'auto' = 'auto'): Promise<PlayFile> {
  const { text, encoding } = decodeText(bytes);
  const found = formatOf(text);
  if (found === null) {
    const known =
      'a play sequence (CSV), a Sportscode, Nacsport or LongoMatch time line (XML), or the NHL’s play-by-play (JSON)';
    throw unprocessable('unknown_format', `This file is none that plays are read from: ${known}.`);
  }
  if (format !== 'auto' && format !== found) {
    throw unprocessable('other_format', `This file is not ${format} but ${found}.`);
  }
  const list = await READERS[found](text);
  if (list.plays.length === 0) {
    const [first] = list.skipped;
    const why = first ? ` Line ${first.line}: ${first.reason}` : '';
    throw unprocessable('no_plays', `No play could be read from this file.${why}`);
  }
  return { format: found, encoding, ...list };
}
