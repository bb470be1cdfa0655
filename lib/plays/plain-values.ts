/* Cells and texts of files that programs wrote: what they mean, or null. */

/** Control characters, and what turns the direction of writing: `textSchema` refuses them of people. */
const UNSEEN = /[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]+/gu;

/** Most words are of plain letters, in which there is nothing to compose or to take out. */
const PLAIN = /^[ -~]*$/;

/** The words without what cannot be seen, cut to a length; `null` when nothing is left. */
export function wordsOf(value: string | null | undefined, max: number): string | null {
  if (!value) return null;
  if (PLAIN.test(value)) return value.trim().slice(0, max).trim() || null;
  const words = value.toWellFormed().normalize('NFC').replace(UNSEEN, ' ').trim().slice(0, max).trim();
  return words === '' ? null : words.toWellFormed();
}

/** A decimal number, with a point or a comma; `null` for anything else, as for what no double holds. */
export function numberOf(value: string | null | undefined): number | null {
  const text = (value ?? '').trim();
  if (text.length > 30 || !/^[+-]?\d+([.,]\d+)?(e[+-]?\d{1,2})?$/i.test(text)) return null;
  const number = Number(text.replace(',', '.'));
  // Not -0, which is another value to whoever compares.
  return Number.isFinite(number) ? number + 0 : null;
}

/** Feet from centre ice; `null` for what lies beyond any rink. */
export function feetOf(value: string): number | null {
  const feet = numberOf(value);
  return feet !== null && Math.abs(feet) <= 200 ? feet : null;
}

/** The id of a player. Spreadsheets put a TAB in front of a number, or `.0` behind it. */
export function playerIdOf(value: string | null | undefined): string | null {
  const id = wordsOf(value, 40)?.replace(/^(\d+)\.0+$/, '$1') ?? null;
  return id === null || id.length > 20 ? null : id;
}

/** So many are on the ice for a team, or named by a play, at the very most: a bench is twenty. */
export const MAX_IDS = 30;

/** Ids with commas between; each once, and no more than a play can have. */
export const playerIdsOf = (value: string | null | undefined): string[] =>
  [...new Set((value ?? '').split(/[,;\s]+/).flatMap((part) => playerIdOf(part) ?? []))].slice(0, MAX_IDS);

/** A period is at most an hour of the clock: leagues play 15 to 25 minutes. */
export const MAX_CLOCK_S = 3600;
/** No recording lasts longer. */
export const MAX_VIDEO_S = 86_400;

/** A period as the portal numbers them, or null. */
export function periodOf(value: string | number | null | undefined): number | null {
  const period = typeof value === 'number' ? value : numberOf(value);
  return period !== null && Number.isInteger(period) && period >= 1 && period <= 9 ? period : null;
}

const CLOCK = /^(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2}(?:[.,]\d{1,9})?)$/;

/** Seconds of `MM:SS` or `HH:MM:SS.mmm`, or of a plain number; `null` for anything else, and below zero. */
export function secondsOf(value: string | null | undefined): number | null {
  const [all, hours = '0', minutes = '0', seconds = '0'] = CLOCK.exec((value ?? '').trim()) ?? [];
  const total =
    all === undefined ? numberOf(value) : Number(hours) * 3600 + Number(minutes) * 60 + (numberOf(seconds) ?? 0);
  return total === null || total < 0 ? null : total;
}

/** Frames of a play sequence's time code last a thirtieth of a second, whatever the recording has. */
const TIMECODE_FPS = 30;
const TIMECODE = /^(\d{1,2}):(\d{2}):(\d{2})[:;](\d{2})$/;

/** Seconds of `HH:MM:SS:FF`; `null` for anything else. */
export function timecodeOf(value: string): number | null {
  const [all, ...parts] = TIMECODE.exec(value.trim()) ?? [];
  const [hours = 0, minutes = 0, seconds = 0, frames = 0] = parts.map(Number);
  if (all === undefined || minutes > 59 || seconds > 59 || frames >= TIMECODE_FPS) return null;
  return hours * 3600 + minutes * 60 + seconds + frames / TIMECODE_FPS;
}

/** Names for what has none of its own: the same words a second time get another. */
export function namer(): (words: string) => string {
  const seen = new Map<string, number>();
  return (words) => {
    const count = (seen.get(words) ?? 0) + 1;
    seen.set(words, count);
    return count === 1 ? words : `${words}#${count}`;
  };
}
